"""Who says which call in which zone: claims, granted once and for ever (law 6).

A sounding is one call, or one recall, in one zone. An announcer claims it before it makes a sound
and says afterwards how that ended. A claim is durable before it is told, so that two announcers
never say the same, and one that died while it sounded does not say it again: that call is then an
alarm, since nobody knows whether it was heard.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from controller.hall.instants import SECOND, Instant
from controller.journal.base import AnnouncementRow, Row
from controller.views.board import Call

CLAIM_S = 40
"""A sounding takes nine seconds; a claim without an end after so many is a doubtful one."""
TAKEN, OVER = "taken", "over"
SAID, CUT, FAILED = "said", "cut", "failed"
"""How a sounding ended: whole; cut off since the person had come; not heard."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """Call number `call`, said for the `times`-th time, in a zone."""

    call: int
    times: int
    zone: str

    @property
    def id(self) -> str:
        """Its name in the journal."""
        return f"{self.call}.{self.times}.{self.zone}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a claim: the row to keep if it is granted; else why not, and whose it is."""

    row: AnnouncementRow | None = None
    why: str | None = None
    before: AnnouncementRow | None = None


@dataclass(slots=True)
class Announcements:
    """All claims of the day, from durable rows."""

    rows: dict[str, AnnouncementRow] = field(default_factory=dict)

    def apply(self, row: Row) -> None:
        """Take over a row that has become durable."""
        if isinstance(row, AnnouncementRow):
            self.rows[row.id] = row

    def forget(self, before_day: str) -> None:
        """Follow a purge (`Journal.purge`)."""
        self.rows = {key: row for key, row in self.rows.items() if row.day >= before_day}

    def claim(
        self, calls: Iterable[Call], wanted: Sounding, device: str, day: str, now: Instant
    ) -> Verdict:
        """Whether `device` may say it: nobody has claimed it, and the call still stands."""
        before = self.rows.get(wanted.id)
        if before is not None:
            return Verdict(why=TAKEN, before=before)
        if not any(_stands(call, wanted) for call in calls):
            return Verdict(why=OVER)
        row = AnnouncementRow(
            wanted.id, day, wanted.call, wanted.times, wanted.zone, device, now, ""
        )
        return Verdict(row)

    def confirm(self, wanted: Sounding, device: str, outcome: str) -> AnnouncementRow | None:
        """The row with its end; None if `device` has not claimed it. The first end stands."""
        row = self.rows.get(wanted.id)
        if row is None or row.device != device:
            return None
        return row if row.outcome else replace(row, outcome=outcome)

    def doubtful(self, calls: Iterable[Call], now: Instant) -> Iterator[tuple[Call, list[str]]]:
        """Calls that stand and that nobody may have heard, with the zones where."""
        for call in calls:
            mine = [
                row.zone
                for zone in dict.fromkeys((call.ticket_zone, call.zone))
                if (row := self.rows.get(Sounding(call.id, call.times, zone).id)) is not None
                and call.state == "called"
                and _in_doubt(row, now)
            ]
            if mine:
                yield call, mine


def _stands(call: Call, wanted: Sounding) -> bool:
    newest = (call.id, call.times) == (wanted.call, wanted.times)
    return newest and call.state == "called" and wanted.zone in (call.zone, call.ticket_zone)


def _in_doubt(row: AnnouncementRow, now: Instant) -> bool:
    late = not row.outcome and now - row.at > CLAIM_S * SECOND
    return row.outcome == FAILED or late
