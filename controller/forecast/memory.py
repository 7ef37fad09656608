"""What was foretold and what came true, day by day: kept in memory, and in one small file.

Nothing of a person or a ticket is in it: five numbers for each ticket that was told a wait. It is
no part of the truth of the hall, so it is a file of its own and not in the journal: if it is lost
or damaged, waits are told uncorrected until days have passed.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from controller.forecast.calibrate import Calibration, Pair, calibrated
from controller.forecast.sample import Raw
from controller.hall.day_events import DayOpened
from controller.hall.events import TicketCalled, TicketIssued
from controller.hall.evolve import Applied
from controller.hall.instants import MINUTE
from controller.hall.model import Ticket

FORMAT = "jiaohao-forecasts/1"
DAYS_KEPT = 10
MOST_A_DAY = 1000
"""When there are more pairs every other one is dropped."""

Row = tuple[float, float, float, int, float]  # point, low, high, waits, actual


class Memory:
    """Pairs of the last days. `changed` says that they should be written."""

    def __init__(self, path: Path | None = None) -> None:
        """`path`: the file, or None to forget everything with the process."""
        self._path = path
        self._days: dict[str, list[Row]] = _read(path)
        self._told: dict[str, tuple[Raw, Ticket]] = {}
        self.day = ""
        self.changed = False

    def tell(self, ticket: Ticket, raw: Raw) -> None:
        """A wait was told to somebody who took this ticket."""
        self._told[ticket.id] = raw, ticket

    def fold(self, applied: Applied) -> bool:
        """Follow the hall; whether a new day began."""
        event = applied.event
        if isinstance(event, DayOpened):
            self._told.clear()
            self.day = event.day
            return True
        told = None if applied.ticket is None else self._told.get(applied.ticket.id)
        if told is not None and not isinstance(event, TicketIssued):
            if isinstance(event, TicketCalled):
                self._keep(*told, applied.at)
            if event.type not in _PAPER:
                del self._told[told[1].id]
        return False

    def _keep(self, raw: Raw, ticket: Ticket, called: int) -> None:
        waited = max(0, called - max(ticket.issued_at, ticket.seniority)) / MINUTE
        row = (raw.point, raw.low, raw.high, int(raw.waits), waited)
        rows = self._days.setdefault(self.day, [])
        rows.append(tuple(round(x, 2) for x in row))  # type: ignore[arg-type]
        if len(rows) > MOST_A_DAY:
            del rows[::2]
        self.changed = True

    def pairs(self, before: str | None = None) -> list[Pair]:
        """Everything remembered, of the days before `before`."""
        days = sorted(d for d in self._days if before is None or d < before)
        return [
            Pair(Raw(point, low, high, bool(waits)), actual)
            for day in days
            for point, low, high, waits, actual in self._days[day]
        ]

    def calibration(self) -> Calibration:
        """What the days before today teach."""
        return calibrated(self.pairs(self.day))

    def text(self) -> str:
        """What is written to the file; the oldest days are forgotten."""
        for day in sorted(self._days)[:-DAYS_KEPT]:
            del self._days[day]
        self.changed = False
        return json.dumps({"format": FORMAT, "days": self._days}, separators=(",", ":"))

    def write(self, text: str) -> None:
        """Write the file in one piece. Blocks. Raises OSError."""
        if self._path is None:
            return
        draft = self._path.with_suffix(".draft")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)


_PAPER = frozenset({"ticket.printed", "ticket.unproven"})
"""What becomes of the paper ends no wait."""


def _read(path: Path | None) -> dict[str, list[Row]]:
    """The days in the file; none if it is not there, damaged or of another format."""
    try:
        data = json.loads("{}" if path is None else path.read_text(encoding="utf-8"))
        if data.get("format") != FORMAT:
            return {}
        return {str(day): [_row(row) for row in rows] for day, rows in data["days"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _row(numbers: Iterable[float]) -> Row:
    point, low, high, waits, actual = (float(x) for x in numbers)
    return point, low, high, int(waits), actual
