"""Numbers of this kiosk that the controller knew, until the hall day turns.

A controller that was restored from a backup knows only what was told before that, and gave only
some of the numbers that people hold.  It says which numbers it holds set aside for this kiosk, or
in doubt; one of them that it knew once was forgotten, while somebody stands in the hall with it,
and is told again.  Nothing here says whose a number was: it stands in line again as it stood, and
what the card proved is the guide desk's to add.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from kiosk.ledger import Ledger
from kiosk.outbox import Given
from kiosk.session.model import Outcome

AGAIN = "-r"
"""Ends the id of a request that tells a number again."""

WAITS_MS = 2 * 3600 * 1000
"""Whoever got a number longer ago was called, or has gone: the guide desk takes the slip in."""


class Told:
    """One file.  Any thread; every change is durable when a call returns, or raises OSError."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._ledger = Ledger(path)
        self._known: dict[str, tuple[Given, Outcome]] = {}
        self._asked: dict[str, Given] = {}
        for row in self._ledger.rows:
            with suppress(KeyError, TypeError, ValueError):  # a line that makes no sense
                given = Given(**(row["given"] | {"items": tuple(row["given"]["items"])}))
                self._known[given.ticket] = given, Outcome(row["outcome"])
        self._ledger.rows.clear()

    def got(self, given: Given) -> None:
        """The controller gave this number.  In memory only, until it is known how it ended."""
        with self._lock:
            self._asked[given.ticket] = given

    def ended(self, ticket: str, outcome: Outcome) -> None:
        """How a number ended that the controller gave, or knows; one that reached nobody is of no
        interest."""
        with self._lock:
            known, _ = self._known.get(ticket, (None, None))
            given = self._asked.get(ticket, known)
        if given is not None and outcome is not Outcome.VOID:
            self.note(given, outcome)
        with self._lock:
            self._asked.pop(ticket, None)

    def find(self, ticket: str) -> tuple[Given, Outcome] | None:
        """A number that the controller knew once, and how it ended; None for any other."""
        with self._lock:
            return self._known.get(ticket)

    def note(self, given: Given, outcome: Outcome) -> None:
        """The controller is about to know this number, and that it ended so."""
        # told again it says less, so it is another request
        again = given.request_id.removesuffix(AGAIN) + AGAIN
        nobody = replace(given, request_id=again, key=None, masked=None, priority=None)
        with self._lock:
            if self._known.get(given.ticket) != (nobody, outcome):
                self._ledger.append({"given": asdict(nobody), "outcome": outcome.value})
                self._known[given.ticket] = nobody, outcome

    def among(
        self, day: str, blocks: Iterable[tuple[str, int, int]], now_ms: int
    ) -> list[tuple[Given, Outcome]]:
        """The numbers told that lie in these blocks (letter, first, last) of a hall day, and whose
        holders may still wait, in the order in which they were given."""
        with self._lock:
            known = [one for one in self._known.values() if now_ms - one[0].at <= WAITS_MS]
        found = [one for block in blocks for one in known if _within(one[0].ticket, day, block)]
        return sorted(found, key=lambda one: one[0].at)

    def forget(self, day: str) -> None:
        """Keep nothing of any other day."""
        with self._lock:
            kept = {t: one for t, one in self._known.items() if t.startswith(f"{day}-")}
            if len(kept) == len(self._known):
                return
            self._known = kept
            rows = ({"given": asdict(g), "outcome": o.value} for g, o in self._known.values())
            self._ledger.rewrite(rows)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._ledger.close()


def _within(ticket: str, day: str, block: tuple[str, int, int]) -> bool:
    letter, first, last = block
    number = ticket.removeprefix(f"{day}-{letter}")
    return number.isdecimal() and first <= int(number) <= last
