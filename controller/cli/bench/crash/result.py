"""What a run found, as numbers and as words."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from controller.cli.bench.crash.checker.records import KINDS, Finding
from controller.cli.bench.crash.faults import Tally
from controller.simulate.figures import quantile

MOST_TOLD = 50


@dataclass(slots=True)
class Result:
    """The outcome of a run. `skipped`: faults that cannot be played here, with the reason."""

    tally: Tally
    seed: int
    seconds: float
    lives: int
    deeds: Counter[str]
    restarts_s: list[float]
    found: list[Finding]
    skipped: dict[str, str] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Whether nothing was wrong."""
        return not self.found

    def json(self) -> dict[str, Any]:
        """One object: what was done, what was wrong."""
        kinds = Counter(finding.kind for finding in self.found)
        return {
            **asdict(self.tally),
            "issued": self.deeds["issue"],
            "called": self.deeds["call"],
            **{kind: kinds[kind] for kind in KINDS},
            "restart_p95_s": round(quantile(self.restarts_s, 0.95), 2),
            "lives": self.lives,
            "deeds": sum(self.deeds.values()),
            "seconds": round(self.seconds, 1),
            "seed": self.seed,
            "skipped": self.skipped,
            "wrong": [f"{f.kind}: {f.text}" for f in self.found[:MOST_TOLD]],
        }

    def table(self) -> str:
        """The same for people."""
        found = self.json()
        wrong, skipped = found.pop("wrong"), found.pop("skipped")
        lines = [f"{name:16}{value:>12}" for name, value in found.items()]
        lines += [f"skipped {name}: {why}" for name, why in skipped.items()]
        lines += wrong
        if len(self.found) > len(wrong):
            lines.append(f"… and {len(self.found) - len(wrong)} more")
        lines.append("nothing was lost, doubled or unexplained" if self.good else "NOT GOOD")
        return "\n".join(lines)
