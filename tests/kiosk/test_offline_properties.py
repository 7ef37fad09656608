"""Whatever the line, the power and the controller do: no number twice, none lost, none overtaken.

Real lease book, outbox, numbers and settler on real files; the power may fail at any write or
sync, and what was not synced is gone, wholly or in part.  The controller is a model that knows
what a hall promises and nothing of the kiosk.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from kiosk import ledger
from kiosk.leases import Block
from kiosk.link import Faulty, Offline, Refused
from kiosk.outbox import Given
from kiosk.session.model import Issue, Issued, Outcome, Ticket, Words
from kiosk.settle import Settler
from kiosk.told import Told
from tests.kiosk.cut_off import NOON, OURS, TODAY, Kiosk, somebody

PAPER = (Outcome.PRINTED, Outcome.UNPROVEN)
NOTHING = Words("", "", "", "")


class PowerCut(BaseException):
    """The kiosk is dead from here on."""


class Disk:
    """`os` for the ledger: forgets what was not synced when the power fails."""

    def __init__(self) -> None:
        self.left: int | None = None
        self._synced: dict[Path, bytes] = {}
        self._paths: dict[int, Path] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def open(self, path: Any, flags: int, mode: int = 0o777) -> int:
        fd = os.open(path, flags, mode)
        if not flags & os.O_DIRECTORY:
            self._paths[fd] = Path(path)
            self._synced.setdefault(Path(path), b"")
        return fd

    def close(self, fd: int) -> None:
        self._paths.pop(fd, None)
        os.close(fd)

    def write(self, fd: int, data: bytes) -> int:
        self._step()
        return os.write(fd, data)

    def ftruncate(self, fd: int, size: int) -> None:
        self._step()
        os.ftruncate(fd, size)

    def fsync(self, fd: int) -> None:
        self._step()
        path = self._paths.get(fd)
        if path is not None and path.exists():
            self._synced[path] = path.read_bytes()
        self._step()

    def replace(self, old: Path, new: Path) -> None:
        self._step()
        os.replace(old, new)
        self._paths = {fd: new if p == old else p for fd, p in self._paths.items() if p != new}
        if self.left is not None and random.Random(self.left).random() < 0.5:
            self.left = 0  # the name itself may not be on the disk yet
        else:
            self._synced[new] = self._synced[old]

    def close_all(self) -> None:
        for fd in list(self._paths):
            self.close(fd)

    def _step(self) -> None:
        if self.left is None:
            return
        self.left -= 1
        if self.left < 0:
            raise PowerCut

    def fail(self, chance: random.Random) -> None:
        """What the next start finds: all that was synced, and perhaps a part of the rest."""
        self.left = None
        self.close_all()
        for path, synced in self._synced.items():
            if not path.exists():
                continue
            now = path.read_bytes()
            if now.startswith(synced):
                now = now[: chance.randint(len(synced), len(now))]
            elif chance.random() < 0.5:
                now = synced
            path.write_bytes(now)
            self._synced[path] = now


@dataclass
class Hall:
    """The controller's side: what it gave, what it was told, and in which order they stand."""

    top: int = 999
    next: int = 1
    leased: set[str] = field(default_factory=set)
    line: dict[str, int] = field(default_factory=dict)
    """Seniority of every number that stands in line."""
    ends: dict[str, Outcome] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    answered: dict[str, str | None] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def lease(self, count: int) -> Block:
        first = self.top - count + 1
        block = Block(TODAY, "R", "R", first, self.top)
        self.leased |= {f"{TODAY}-R{n:03d}" for n in range(first, self.top + 1)}
        self.top = first - 1
        return block

    def issue(self, request_id: str, at: int) -> str:
        if request_id not in self.answered:
            ticket = f"{TODAY}-R{self.next:03d}"
            self.next += 1
            self.answered[request_id] = ticket
            self.line[ticket] = at
        found = self.answered[request_id]
        assert found is not None, "what was withdrawn is never done"
        return found

    # what a link offers

    def withdraw(self, wish: str) -> None:
        ticket = self.answered.setdefault(wish, None)
        if ticket is not None and ticket not in self.ends:
            self._end(ticket, Outcome.VOID)

    def report(self, given: Given, printed: bool) -> None:
        known = self.codes.get(given.ticket)
        if known is not None:
            assert known == given.code, "two papers with one number"
            return
        if given.ticket not in self.leased:
            raise Refused("not-leased", NOTHING)
        self._take_in(given.ticket, given.code, given.at)
        self._end(given.ticket, Outcome.PRINTED if printed else Outcome.UNPROVEN)

    def confirm(self, ticket: str, outcome: Outcome) -> None:
        known = self.ends.get(ticket)
        if known is Outcome.VOID:
            assert outcome is Outcome.VOID, "a void number is void for good"
        elif known is not Outcome.PRINTED:
            assert ticket in self.line
            self._end(ticket, outcome)

    def by_hand(self, ticket: Ticket) -> None:
        """The guide desk takes a slip in."""
        if ticket.id in self.leased:
            self._take_in(ticket.id, ticket.short_code, ticket.issued_at)
            self._end(ticket.id, Outcome.PRINTED)

    def _take_in(self, ticket: str, code: str, at: int) -> None:
        self.leased.discard(ticket)
        self.codes[ticket] = code
        self.line[ticket] = at

    def _end(self, ticket: str, outcome: Outcome) -> None:
        self.ends[ticket] = outcome
        if outcome is Outcome.VOID:
            del self.line[ticket]


class Line:
    """A link that may fail before or after the controller has done something."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.fails: list[str] = []

    def __getattr__(self, name: str) -> Any:
        deed = getattr(self.hall, name)

        def call(*args: Any) -> Any:
            how = self.fails.pop(0) if self.fails else "works"
            if how == "before":
                raise Offline("cut")
            if how == "faulty":
                raise Faulty("http-500")
            answer = deed(*args)
            if how == "after":
                raise Offline("cut")
            return answer

        return call


class Cut(RuleBasedStateMachine):
    """A kiosk, its people, a bad line, a worse mains, and a hall."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="kiosk-"))
        self.patch = pytest.MonkeyPatch()
        self.disk = Disk()
        self.patch.setattr(ledger, "os", self.disk)
        self.hall = Hall()
        self.line = Line(self.hall)
        self.kiosk = Kiosk(self.folder, blocks=False)
        self.papers: list[Ticket] = []
        self.spool: dict[str, Outcome] = {}
        self.people = 0
        self._wire()

    def _wire(self) -> None:
        told = Told(self.folder / "told.jsonl")
        self.settler = Settler(self.line, self.kiosk.outbox, self.hall.refused.append, told)  # type: ignore[arg-type]

    def _power_cut(self, chance: random.Random) -> None:
        """The next start, on what the disk has."""
        self.disk.fail(chance)
        self.kiosk.start()
        self._wire()
        for ticket, outcome in self.kiosk.outbox.pending().items():
            if outcome is None:
                self.settler.confirm(ticket, self.spool.get(ticket, Outcome.VOID))

    def _prints(self, ticket: Ticket, outcome: Outcome) -> None:
        """The spool is durable by itself: what it recorded, a restart knows."""
        if outcome is not Outcome.VOID:
            self.papers.append(ticket)
            self.spool[ticket.id] = outcome
        self.settler.confirm(ticket.id, outcome)

    def _wish(self) -> Issue:
        self.people += 1
        self.kiosk.since_boot += 1.0
        return self.kiosk.wish(somebody(self.people))

    @rule(size=st.integers(1, 4), cut=st.none() | st.integers(0, 6), seed=st.integers(0, 99))
    def numbers_are_leased(self, size: int, cut: int | None, seed: int) -> None:
        block = self.hall.lease(size)
        with self._mains(cut, seed):
            self.kiosk.book.add(block)

    @rule(
        outcome=st.sampled_from(list(Outcome)),
        cut=st.none() | st.integers(0, 12),
        seed=st.integers(0, 99),
    )
    def somebody_takes_a_number_alone(self, outcome: Outcome, cut: int | None, seed: int) -> None:
        with self._mains(cut, seed):
            given = self.kiosk.alone.give(self._wish(), OURS)
            if isinstance(given, Issued):
                self._prints(given.ticket, outcome)

    @rule(
        how=st.sampled_from(["answered", "lost", "never sent"]),
        outcome=st.sampled_from(list(Outcome)),
        cut=st.none() | st.integers(0, 14),
        seed=st.integers(0, 99),
    )
    def somebody_asks_the_controller(
        self, how: str, outcome: Outcome, cut: int | None, seed: int
    ) -> None:
        wish = self._wish()
        outbox = self.kiosk.outbox
        with self._mains(cut, seed):
            outbox.wish(wish.request_id)
            if how == "never sent":
                outbox.answered(wish.request_id, None)
                return
            ticket = self.hall.issue(wish.request_id, self.kiosk.clock.now_ms())
            if how == "answered":
                outbox.answered(wish.request_id, ticket)
                self._prints(_online(ticket), outcome)
                return
            self.settler.lost(wish.request_id)
            given = self.kiosk.alone.give(wish, OURS)
            if isinstance(given, Issued):
                self._prints(given.ticket, outcome)

    @precondition(lambda self: self.kiosk.outbox.entries())
    @rule(
        fails=st.lists(st.sampled_from(["works", "before", "after", "faulty"]), max_size=5),
        cut=st.none() | st.integers(0, 12),
        seed=st.integers(0, 99),
    )
    def the_line_is_there_for_a_moment(self, fails: list[str], cut: int | None, seed: int) -> None:
        self.line.fails = fails
        with self._mains(cut, seed):
            self.settler.tell_all()
        self.line.fails = []

    @precondition(lambda self: self.papers)
    @rule(which=st.integers(0, 50))
    def the_guide_takes_a_slip_in_by_hand(self, which: int) -> None:
        self.hall.by_hand(self.papers[which % len(self.papers)])

    @rule(seed=st.integers(0, 99))
    def the_power_fails(self, seed: int) -> None:
        self._power_cut(random.Random(seed))

    def _mains(self, cut: int | None, seed: int) -> _Mains:
        return _Mains(self, cut, seed)

    def teardown(self) -> None:
        """In the end the line is mended, and everything is told."""
        try:
            self.line.fails = []
            self.settler.tell_all()
            self.settler.tell_all()
            assert self.kiosk.outbox.entries() == ()
            numbers = [paper.number for paper in self.papers]
            assert len(set(numbers)) == len(numbers), "a number on two papers"
            held = {paper.id for paper in self.papers}
            assert held == set(self.hall.line), "who holds paper stands in line, and nobody else"
            assert self.hall.refused == []
            mine = [p.id for p in self.papers if p.alone]
            by_seniority = sorted(mine, key=lambda ticket: self.hall.line[ticket])
            assert by_seniority == mine, "the order in which they were given"
        finally:
            self.patch.undo()
            self.disk.close_all()
            shutil.rmtree(self.folder, ignore_errors=True)


class _Mains:
    """The power may fail after `cut` steps of the disk."""

    def __init__(self, machine: Cut, cut: int | None, seed: int) -> None:
        self._machine, self._cut, self._seed = machine, cut, seed

    def __enter__(self) -> None:
        self._machine.disk.left = self._cut

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        self._machine.disk.left = None
        if kind is PowerCut:
            self._machine._power_cut(random.Random(self._seed))
            return True
        return False


def _online(ticket: str) -> Ticket:
    first = OURS.items[0]
    number = ticket.rpartition("-")[2]
    return Ticket(
        ticket, number, (first.name,), (), None, first.zone, "1", 0, None, NOON, "", False
    )


Cut.TestCase.settings = settings(max_examples=60, stateful_step_count=30)
TestCut = Cut.TestCase
