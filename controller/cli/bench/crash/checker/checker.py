"""Compares the journal with what clients were answered and what screens heard and show."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from controller.cli.bench.crash.checker.chain import (
    GENESIS,
    Row,
    digest_at,
    kept_answer,
    linked,
    numbers,
    reading,
    rows,
)
from controller.cli.bench.crash.checker.claims import Claim, Happened, Ledger, claim_of
from controller.cli.bench.crash.checker.fold import Hall
from controller.cli.bench.crash.checker.kept import beside
from controller.cli.bench.crash.checker.life import APPOINTMENTS, REFUSALS
from controller.cli.bench.crash.checker.meant import answer_of, unlike
from controller.cli.bench.crash.checker.plan import Plan
from controller.cli.bench.crash.checker.records import (
    UNEXPLAINED,
    Asked,
    Finding,
    Heard,
    Json,
    Page,
    Shown,
)
from controller.cli.bench.crash.checker.views import board_of, board_shown, differences, page_of

MOST_OF_A_DEED = 6
"""So many events at most belong to one deed."""


class Checker:
    """Follows one journal from check to check; `found` is everything that was ever wrong.

    Between two checks it remembers where it was: a check reads what is new, after a look whether
    what it knows is still there.
    """

    def __init__(self, plan: Plan) -> None:
        self.found: list[Finding] = []
        self._plan = plan
        self._ledger = Ledger()
        self._told: set[Finding] = set()
        self._due: dict[int, list[Asked]] = {}
        self._heard: dict[int, list[Heard]] = {}
        self._numbers: list[tuple[int, str, str, int]] = []
        self._bodies: dict[int, Json] = {}
        """Of the last events."""
        self._owners: dict[str, str] = {}
        """Who has which appointment, as a keyed hash."""
        self._begin()

    @property
    def seq(self) -> int:
        """The last event it has read."""
        return self._hall.seq

    def counts(self) -> Counter[str]:
        """How many deeds of each kind were granted and are in the journal."""
        return Counter(claim.deed for claim in self._ledger.claims.values())

    def check(
        self,
        journal: Path,
        asked: Sequence[Asked],
        heard: Iterable[Heard] = (),
    ) -> list[Finding]:
        """Check what is new since the last check, when everybody who asked has been answered.

        `asked` and `heard` are those since then. Returns, and adds to `found`, what is wrong there.
        """
        before = len(self.found)
        self._due, self._heard = _by_seq(asked), {}
        for one in heard:
            self._heard.setdefault(one.seq, []).append(one)
        try:
            with reading(journal) as connection:
                self._read(connection, asked)
        except sqlite3.Error as error:
            self._wrong(f"the journal cannot be read: {error}")
        return self.found[before:]

    def compare(self, shown: Iterable[Shown], pages: Iterable[Page] = ()) -> list[Finding]:
        """Compare the boards of screens and the pages of the staff with the hall after the last
        event that was read."""
        before = len(self.found)
        for screen in shown:
            self._compare_board(screen)
        for page in pages:
            for difference in differences(page_of(self._hall, page), page.told):
                self._wrong(f"{page.kind} {page.window or ''} at {page.seq}: {difference}")
        return self.found[before:]

    def check_all(self, journal: Path) -> list[Finding]:
        """Read the whole journal once more from its first event, against all deeds ever granted."""
        before, made = len(self.found), self._ledger.restart()
        self._begin()
        self._due, self._heard = {}, {}
        with reading(journal) as connection:
            self._follow(connection, made)
            if numbers(connection) != self._numbers:
                self._wrong("the numbers that are kept are not those of the events")
        return self.found[before:]

    # --- one reading ----------------------------------------------------------------------------

    def _begin(self) -> None:
        self._hall, self._digest = Hall(self._plan), GENESIS
        self._numbers.clear()

    def _read(self, connection: sqlite3.Connection, asked: Sequence[Asked]) -> None:
        made: list[Claim] = []
        if self.seq and digest_at(connection, self.seq) != self._digest:
            self._wrong(f"event {self.seq}, which was there before, is gone or is another now")
            made = self._ledger.restart()
            self._begin()
        before, opened = self.seq, self._hall.opened
        self._follow(connection, made)
        settled = before > 0 and opened == self._hall.opened
        for finding in beside(connection, self._hall, self._owners, settled):
            self.find(finding)
        for one in asked:
            self._check_answers(connection, one)

    def _follow(self, connection: sqlite3.Connection, made: Iterable[Claim]) -> None:
        """Read on; `made` are claims that were accepted before and must be so again."""
        after = self.seq
        self._settle(after)
        for row in rows(connection, after):
            self._take(row)
            self._settle(row.seq)
        for claim in made:
            self._accept(claim)
        for late in sorted(self._due):
            for asked in self._due[late]:
                self._claim(asked)
        for seq in sorted(self._heard):
            for heard in self._heard[seq]:
                self._compare_late(heard)
        for finding in self._ledger.unclaimed(after):
            self.find(finding)

    def _take(self, row: Row) -> None:
        if row.seq != self.seq + 1:
            self._wrong(f"event {self.seq + 1} is missing, the next is {row.seq}")
        if linked(self._digest, row) != row.digest:
            self._wrong(f"event {row.seq} does not match its digest")
        self._digest = row.digest
        body: Json = {}
        try:
            body = json.loads(row.body)
            for finding in self._hall.take(row, body):
                self.find(finding)
            if row.type == "ticket.issued":
                self._numbers.append((row.seq, row.day, body["series"], body["ordinal"]))
        except (KeyError, IndexError, TypeError, ValueError) as error:
            self._wrong(f"event {row.seq} {row.type} cannot be read ({error!r})")
        self._bodies[row.seq] = body
        self._bodies.pop(row.seq - MOST_OF_A_DEED, None)
        about = (body.get("ticket"), body.get("window"), body.get("booking"))
        self._ledger.happened(row.seq, Happened(row.type, row.actor, *about))

    # --- answers --------------------------------------------------------------------------------

    def _settle(self, seq: int) -> None:
        """What was answered and heard at `seq`, where the hall is now."""
        for asked in self._due.pop(seq, ()):
            self._claim(asked)
            self._compare_answer(asked)
        for heard in self._heard.pop(seq, ()):
            self._compare_heard(heard)

    def _claim(self, asked: Asked) -> None:
        if asked.deed == "book" and asked.body.get("bookings"):
            self._owners[(asked.granted or {})["booking"]["id"]] = asked.body["bookings"][0]
        claim = claim_of(asked)
        if claim is not None:
            self._accept(claim)

    def _accept(self, claim: Claim) -> None:
        finding = self._ledger.accept(claim)
        if finding is not None:
            self.find(finding)

    def _compare_answer(self, asked: Asked) -> None:
        """An answer against the hall right after its last event, and against what was asked."""
        for difference in differences(answer_of(self._hall, asked), asked.granted):
            self._wrong(f"{asked.deed} (request {asked.id}) was answered wrongly: {difference}")
        mine = self._ledger.events_of(asked.id, self.seq, MOST_OF_A_DEED)
        for difference in unlike(self._hall, asked, [self._bodies[seq] for seq in mine]):
            self._wrong(f"{asked.deed} (request {asked.id}) did something else: {difference}")

    def _check_answers(self, connection: sqlite3.Connection, asked: Asked) -> None:
        """That it was answered, alike every time, and that this is what is kept for repeats."""
        first = asked.answer
        if first is None:
            self._wrong(f"{asked.deed} (request {asked.id}) was never answered")
            return
        if any(again != first for again in asked.answers):
            self._wrong(f"{asked.deed} (request {asked.id}) was answered in two ways")
        if first.status >= 300 and first.body.get("code") not in REFUSALS:
            code = first.body.get("code")
            self._wrong(f"{asked.deed} (request {asked.id}) was refused: {first.status} {code}")
        kept = kept_answer(connection, asked.id)
        if kept is not None and (kept[0], json.loads(kept[1])) != (first.status, first.body):
            self._wrong(f"{asked.deed} (request {asked.id}): another answer is kept for repeats")
        if kept is None and asked.granted is not None and self._must_be_kept(asked):
            self._wrong(f"{asked.deed} (request {asked.id}): no answer is kept for repeats")

    def _must_be_kept(self, asked: Asked) -> bool:
        """Whether it was answered yesterday or today."""
        seq: int = (asked.granted or {})["seq"]
        return self._hall.kept_from < seq <= self.seq

    # --- screens --------------------------------------------------------------------------------

    def _compare_heard(self, heard: Heard) -> None:
        event = self._ledger.events[heard.seq - 1] if heard.seq else None
        ticket = self._hall.tickets.get(_told_of(event) or "")
        expected = (
            event.type if event else None,
            ticket.id if ticket else None,
            ticket.state if ticket else None,
            ticket.window if ticket else None,
        )
        if (heard.type, heard.ticket, heard.state, heard.window) != expected:
            self._wrong(f"{heard.screen} heard {heard} where the journal has {expected}")

    def _compare_late(self, heard: Heard) -> None:
        """An event heard when the journal had been read beyond it; or it is not in there."""
        event = self._ledger.events[heard.seq - 1] if heard.seq <= self.seq else None
        if event is None or (event.type, _told_of(event)) != (heard.type, heard.ticket):
            self._wrong(f"{heard.screen} heard {heard}, which is not in the journal")

    def _compare_board(self, shown: Shown) -> None:
        if shown.seq != self.seq:
            self._wrong(f"{shown.screen} stands at {shown.seq} and the journal at {self.seq}")
            return
        for difference in differences(board_of(self._hall), board_shown(shown)):
            self._wrong(f"{shown.screen} at {shown.seq}: {difference}")

    # --- findings -------------------------------------------------------------------------------

    def _wrong(self, text: str) -> None:
        self.find(Finding(UNEXPLAINED, text))

    def find(self, finding: Finding) -> None:
        """Keep a finding, once."""
        if finding not in self._told:
            self._told.add(finding)
            self.found.append(finding)


def _by_seq(asked: Iterable[Asked]) -> dict[int, list[Asked]]:
    found: dict[int, list[Asked]] = {}
    for one in asked:
        if one.granted is not None:
            found.setdefault(one.granted["seq"], []).append(one)
    return found


def _told_of(event: Happened | None) -> str | None:
    """The ticket that screens hear of with the event; of appointments they hear nothing."""
    return None if event is None or event.type.startswith(APPOINTMENTS) else event.ticket
