"""All commands in any order: what holds in a hall whatever is asked of it (laws 1, 2, 9, 10)."""

from __future__ import annotations

import copy

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from controller.hall import commands as c
from controller.hall.errors import HallError
from controller.hall.evolve import evolve
from controller.hall.model import (
    DispatchClass,
    Hall,
    ItemState,
    PauseReason,
    PrintState,
    Result,
    TicketState,
    WindowState,
)
from controller.views.board import Board
from tests.controller.hall.desk import Desk
from tests.controller.hall_fixture import small_plan

S = TicketState
IN_HAND = {S.CALLED, S.SERVING}
CODES = ("C-1", "C-2", "T-1", "T-2")
CLERKS = ("0517", "0620", "0700", "0801")

windows = st.integers(1, 3)
clerks = st.sampled_from(CLERKS)
picks = st.integers(0, 30)


class HallMachine(RuleBasedStateMachine):
    """A hall, and beside it a plain list of what must never be lost."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk(small_plan(digits=1, reserve_series=("X",)))
        self.given: set[tuple[str, str]] = set()
        self.seniority: dict[str, int] = {}

    # --- what people do -------------------------------------------------------------------------

    def try_(self, command: c.Command) -> None:
        """Do it; a refusal must leave everything as it is."""
        self.desk.turn()
        before = self.desk.frozen()
        try:
            self.desk.do(command)
        except HallError:
            assert self.desk.hall == before

    def pick(self, n: int) -> str:
        tickets = list(self.desk.hall.tickets)
        return tickets[n % len(tickets)] if tickets else "2026-03-17-C1"

    @rule(
        items=st.lists(st.sampled_from(CODES), min_size=1, max_size=3).map(tuple),
        cls=st.sampled_from(DispatchClass),
        slot=st.none() | st.integers(-600, 600),
    )
    def issue(self, items: tuple[str, ...], cls: DispatchClass, slot: int | None) -> None:
        when = None if slot is None else self.desk.clock.at + slot * 1_000_000
        self.try_(c.Issue(items, "k-1", cls, slot=when))

    @rule(n=picks, outcome=st.sampled_from([*PrintState][1:]))
    def confirm(self, n: int, outcome: PrintState) -> None:
        self.try_(c.ConfirmPrint(self.pick(n), outcome))

    @rule(n=picks)
    def cancel(self, n: int) -> None:
        self.try_(c.Cancel(self.pick(n)))

    @rule(no=windows, clerk=clerks)
    def open(self, no: int, clerk: str) -> None:
        self.try_(c.OpenWindow(no, clerk))

    @rule(no=windows, clerk=clerks, authority=st.booleans(), reason=st.sampled_from(PauseReason))
    def pause(self, no: int, clerk: str, authority: bool, reason: PauseReason) -> None:
        self.try_(c.PauseWindow(no, clerk, authority, reason=reason, minutes=5))

    @rule(no=windows, clerk=clerks, authority=st.booleans())
    def resume(self, no: int, clerk: str, authority: bool) -> None:
        self.try_(c.ResumeWindow(no, clerk, authority))

    @rule(no=windows, clerk=clerks, authority=st.booleans())
    def close(self, no: int, clerk: str, authority: bool) -> None:
        self.try_(c.CloseWindow(no, clerk, authority))

    @rule(no=windows, clerk=clerks)
    def call(self, no: int, clerk: str) -> None:
        self.try_(c.CallNext(no, clerk))

    @rule(no=windows)
    def call_by_whoever_sits_there(self, no: int) -> None:
        self.try_(c.CallNext(no, self.desk.hall.windows[no].clerk or "0517"))

    @rule(
        no=windows,
        n=picks,
        what=st.sampled_from([c.Recall, c.Arrive, c.Pass]),
        right=st.booleans(),
    )
    def at_window(self, no: int, n: int, what: type[c.WithTicket], right: bool) -> None:
        window = self.desk.hall.windows[no]
        ticket = window.ticket if right and window.ticket else self.pick(n)
        self.try_(what(no, window.clerk or "0517", ticket=ticket))

    @rule(no=windows, item=st.none() | st.integers(0, 3), result=st.sampled_from(Result))
    def finish(self, no: int, item: int | None, result: Result) -> None:
        window = self.desk.hall.windows[no]
        ticket = window.ticket or self.pick(0)
        found = self.desk.hall.tickets.get(ticket)
        active = found.active if found and item is None else item
        self.try_(
            c.Finish(no, window.clerk or "0517", ticket=ticket, item=active or 0, result=result)
        )

    @rule(seconds=st.sampled_from([0, 1, 15, 60, 3600]))
    def time_passes(self, seconds: int) -> None:
        self.desk.clock.forward(seconds)

    @rule()
    def a_day_passes(self) -> None:
        self.desk.clock.forward(24 * 3600)
        self.desk.turn()

    # --- what always holds ----------------------------------------------------------------------

    @invariant()
    def one_number_is_one_ticket_for_ever(self) -> None:
        issued = [a for a in self.desk.log if a.event.type == "ticket.issued"]
        numbers = [(a.event.ticket, a.event.number) for a in issued]  # type: ignore[attr-defined]
        assert len({i for i, _ in numbers}) == len(numbers)
        for ticket in self.desk.hall.tickets.values():
            assert ticket.id == f"{self.desk.hall.day}-{ticket.number}"

    @invariant()
    def a_ticket_has_one_window_and_a_window_one_ticket(self) -> None:
        hall = self.desk.hall
        held = {w.no: w.ticket for w in hall.windows.values() if w.ticket}
        claimed = {t.window: t.id for t in hall.tickets.values() if t.window is not None}
        assert held == claimed
        assert len(set(held.values())) == len(held)
        assert {t.id for t in hall.tickets.values() if t.state in IN_HAND} == set(held.values())

    @invariant()
    def a_window_is_open_and_has_a_clerk_while_it_holds_a_ticket(self) -> None:
        hall = self.desk.hall
        for w in hall.windows.values():
            assert (w.clerk is None) == (w.state is WindowState.CLOSED)
            assert w.ticket is None or w.state is WindowState.OPEN
        seated = {w.clerk: w.no for w in hall.windows.values() if w.clerk}
        assert hall.at_window == seated

    @invariant()
    def seniority_never_changes(self) -> None:
        for ticket in self.desk.hall.tickets.values():
            assert self.seniority.setdefault(ticket.id, ticket.seniority) == ticket.seniority

    @invariant()
    def whoever_waits_stands_in_line_and_nobody_else(self) -> None:
        hall = self.desk.hall
        waiting = {t.id for t in hall.tickets.values() if t.state is S.WAITING}
        assert set(hall.waiting.tickets()) == waiting
        for skill in hall.plan.skills:
            need = [t for t in waiting if skill in hall.tickets[t].skills_needed()]
            assert hall.waiting.count(skill) == len(need)

    @invariant()
    def a_finished_ticket_has_nothing_left_and_one_in_service_has_one_item_in_hand(self) -> None:
        for t in self.desk.hall.tickets.values():
            active = [i for i in t.items if i.state is ItemState.ACTIVE]
            assert len(active) == (1 if t.state is S.SERVING else 0)
            assert bool(t.remaining) == (t.state is not S.FINISHED)

    def teardown(self) -> None:
        """Replaying the events gives the same hall, and the board holds the same truth."""
        again, board = Hall(small_plan(digits=1, reserve_series=("X",))), Board(self.desk.hall.plan)
        for a in self.desk.log:
            applied = evolve(again, copy.deepcopy(a.event), a.seq, a.at)
            assert applied == a
            board.fold(applied)
        lived = self.desk.hall
        assert (again.day, again.tickets, again.windows) == (
            lived.day,
            lived.tickets,
            lived.windows,
        )
        assert (again.ordinals, again.at_window) == (lived.ordinals, lived.at_window)
        assert (again.known, again.today) == (lived.known, lived.today)
        assert board.tickets == lived.tickets
        assert board.windows == lived.windows
        assert sorted(board.lines.tickets()) == sorted(lived.waiting.tickets())
        waiting = [t for t in lived.tickets.values() if t.state is S.WAITING]
        zones = [board.zone_of(t) for t in waiting]
        assert board.waiting() == {z: zones.count(z) for z in ("A", "B")}


HallMachine.TestCase.settings = settings(
    max_examples=60, stateful_step_count=60, deadline=None, print_blob=True
)
TestHall = HallMachine.TestCase
