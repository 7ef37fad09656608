"""What the controller has not heard yet, on disk and in order.

Three kinds of things wait here, each until the controller has acknowledged it:

- a *wish* for a number that was sent and not answered.  Its id is written before it is sent; when
  nobody waits for the answer any more it is withdrawn, so that no number that nobody holds stays
  in line.  It holds nothing about a person.
- a *number* of the controller's whose end (printed, shown, void) it does not know.
- a number that this kiosk *gave* out alone: whose it is (keyed hash and masked name, for the
  limits), what for and since when.  It is told once its end is known; one that reached nobody is
  never told.  What it says of the person is gone from the disk when it was told, and in any case
  at the day's purge.

A number is written before it is printed and struck off when the controller knows its end, so that
no power cut leaves one silently counted.
"""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kiosk.ledger import Ledger
from kiosk.session.model import Outcome


@dataclass(frozen=True, slots=True)
class Given:
    """A number that was given out alone.  `ticket` is its id, hall day included; `at` the hall's
    time in milliseconds."""

    ticket: str
    request_id: str
    code: str
    at: int
    items: tuple[str, ...]
    bundle: str | None = None
    priority: str | None = None
    key: str | None = field(default=None, repr=False)
    masked: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be told.  `id` is a ticket's, or the request id of a `wish`."""

    id: str
    wish: bool = False
    outcome: Outcome | None = None
    given: Given | None = None


class Outbox:
    """An append-only file, emptied whenever nothing is open.  Any thread.

    Every call is durable when it returns, and raises OSError if it cannot be.
    """

    def __init__(self, path: Path) -> None:
        """Read what an earlier run left open; all its wishes are lost."""
        self._lock = threading.Lock()
        self._ledger = Ledger(path)
        self._open: dict[str, Entry] = {}
        self._asking: set[str] = set()
        self._personal = False
        for row in self._ledger.rows:
            self._fold(row)
        self._ledger.rows.clear()
        if not self._open:
            self._tidy()

    # -- wishes -----------------------------------------------------------------

    def wish(self, request_id: str) -> None:
        """A number is asked for."""
        with self._lock:
            self._asking.add(request_id)
            self._append({"wish": request_id})

    def answered(self, request_id: str, ticket: str | None) -> None:
        """The answer: this number, whose end is open now, or none."""
        with self._lock:
            self._asking.discard(request_id)
            if request_id in self._open:
                self._append({"wish": request_id, "ticket": ticket})

    def lost(self, request_id: str) -> None:
        """Nobody waits for the answer any more."""
        with self._lock:
            self._asking.discard(request_id)

    # -- numbers ----------------------------------------------------------------

    def note(self, ticket: str) -> None:
        """This number exists and its end is not known."""
        with self._lock:
            self._append({"ticket": ticket})

    def give(self, given: Given) -> None:
        """This kiosk gives a number out alone; its end is not known."""
        with self._lock:
            self._append({"ticket": given.ticket, "given": asdict(given)})

    def settle(self, ticket: str, outcome: Outcome) -> None:
        """This number ended so.  One that this kiosk gave out and nobody got is forgotten."""
        with self._lock:
            known = self._open.get(ticket)
            if known is not None and known.given is not None and outcome is Outcome.VOID:
                self._append({"ticket": ticket, "done": True})
            else:
                self._append({"ticket": ticket, "outcome": outcome.value})

    def done(self, ticket: str, outcome: Outcome) -> None:
        """The controller knows the number, and that it ended so.  A newer end that it has not
        heard stays."""
        with self._lock:
            known = self._open.get(ticket)
            if known is not None and known.outcome is outcome:
                self._append({"ticket": ticket, "done": True})
            elif known is not None and known.given is not None:
                self._append({"ticket": ticket, "told": True})

    def strike(self, entry_id: str) -> None:
        """The controller will never want it."""
        with self._lock:
            known = self._open.get(entry_id)
            if known is not None:
                self._append({"wish" if known.wish else "ticket": entry_id, "done": True})

    def forget_persons(self) -> None:
        """The day is over: nothing here may tell whose a number was."""
        with self._lock:
            for entry in self._open.values():
                if entry.given is not None:
                    nobody = replace(entry.given, key=None, masked=None, priority=None)
                    self._open[entry.id] = replace(entry, given=nobody)
            if self._personal:
                self._ledger.rewrite(_rows(self._open))
                self._personal = False

    # -- reading ----------------------------------------------------------------

    def entries(self) -> tuple[Entry, ...]:
        """What is to be told, oldest first; without wishes that somebody waits for."""
        with self._lock:
            return tuple(e for e in self._open.values() if e.id not in self._asking)

    def pending(self) -> dict[str, Outcome | None]:
        """The numbers, oldest first; None for one whose end nobody recorded."""
        with self._lock:
            return {e.id: e.outcome for e in self._open.values() if not e.wish}

    def given(self) -> tuple[Given, ...]:
        """The numbers given out alone that the controller does not know, oldest first."""
        with self._lock:
            return tuple(e.given for e in self._open.values() if e.given is not None)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- the file ---------------------------------------------------------------

    def _append(self, row: dict[str, Any]) -> None:
        self._ledger.append(row)
        self._fold(row)
        if not self._open:
            self._tidy()

    def _tidy(self) -> None:
        """Nothing is open: forget all, and leave no trace of a person."""
        self._ledger.rewrite(()) if self._personal else self._ledger.empty()
        self._personal = False

    def _fold(self, row: dict[str, Any]) -> None:
        """What a line changes; one that makes no sense changes nothing."""
        try:
            self._fold_known(row)
        except (KeyError, TypeError, ValueError):
            return

    def _fold_known(self, row: dict[str, Any]) -> None:
        found = self._open
        if "wish" in row:
            wish, ticket = str(row["wish"]), row.get("ticket")
            if "ticket" not in row and not row.get("done"):
                found[wish] = Entry(wish, wish=True)
                return
            found.pop(wish, None)
            if ticket is not None:
                found[ticket] = Entry(ticket)
            return
        ticket = str(row["ticket"])
        known = found.get(ticket, Entry(ticket))
        if row.get("done"):
            found.pop(ticket, None)
        elif "given" in row:
            self._personal = self._personal or row["given"].get("key") is not None
            given = Given(**(row["given"] | {"items": tuple(row["given"]["items"])}))
            found[ticket] = replace(known, given=given)
        elif row.get("told"):
            found[ticket] = replace(known, given=None)
        elif "outcome" in row:
            found[ticket] = replace(known, outcome=Outcome(row["outcome"]))
        else:
            found[ticket] = known


def _rows(entries: dict[str, Entry]) -> list[dict[str, Any]]:
    """The fewest lines that say the same."""
    rows: list[dict[str, Any]] = []
    for entry in entries.values():
        if entry.wish:
            rows.append({"wish": entry.id})
            continue
        given = {} if entry.given is None else {"given": asdict(entry.given)}
        rows.append({"ticket": entry.id, **given})
        if entry.outcome is not None:
            rows.append({"ticket": entry.id, "outcome": entry.outcome.value})
    return rows
