"""What the kiosk's bench found, for programs and for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from controller.cli.bench.kiosk.offline import OfflineFigures
from controller.cli.bench.kiosk.visits import Visits

TOP8, ANY, PAPER_MS, RSS_MIB = 2, 4, 1000, 120
"""What a kiosk is built to keep."""


@dataclass(frozen=True, slots=True)
class Result:
    """All of it. `faults` as `kiosk.trial` counts them."""

    visits: Visits
    faults: Mapping[str, int]
    offline: OfflineFigures

    @property
    def good(self) -> bool:
        """Whether every number is accounted for. How fast it was is no matter of good or bad."""
        alone = self.offline
        return not (self.faults["unaccounted"] or alone.lost or alone.doubled or alone.out_of_order)

    def json(self) -> dict[str, Any]:
        """One object."""
        return {
            "tap_to_paper_p95_ms": self.visits.papers.ticket.p95,
            "taps_top8": self.visits.taps.top8,
            "taps_any": self.visits.taps.any,
            "offline": asdict(self.offline),
            "printer_faults": {key: self.faults[key] for key in ("runs", "unaccounted")},
            "rss_mib": self.visits.rss_mib,
        }

    def table(self) -> str:
        """A plain text table."""
        taps, papers = self.visits.taps, self.visits.papers
        ticket, floor, broken = papers.ticket, papers.floor, self.faults
        return "\n".join(
            (
                f"{'':36}{'found':>10}{'target':>10}",
                _row("taps after the card, eight most used", taps.top8, f"≤ {TOP8}"),
                _row(f"taps after the card, any of {taps.services}", taps.any, f"≤ {ANY}"),
                _row("kiosk process, most memory, MiB", self.visits.rss_mib, f"≤ {RSS_MIB}"),
                "",
                f"{'ms':36}{'p50':>10}{'p95':>10}{'max':>10}",
                f"{'last tap to the ticket cut':36}{ticket.p50:>10}{ticket.p95:>10}{ticket.max:>10}"
                f"   of {ticket.calls}; target p95 ≤ {PAPER_MS}",
                f"{'floor: its bytes, one socket':36}{floor.p50:>10}{floor.p95:>10}{floor.max:>10}"
                f"   ratio of p95: {papers.ratio}",
                "",
                f"printer faults: {broken['runs']}, of which {broken['printed']} printed, "
                f"{broken['shown']} shown, {broken['void']} void; "
                f"{broken['unaccounted']} unaccounted for",
                _alone(self.offline),
            )
        )


def _row(what: str, found: float, target: str) -> str:
    return f"{what:36}{found:>10}{target:>10}"


def _alone(found: OfflineFigures) -> str:
    return (
        f"offline: {found.tickets} tickets; {found.lost} lost, {found.doubled} doubled, "
        f"{found.out_of_order} out of order"
    )
