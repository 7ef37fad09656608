"""A hand-made day with offers, moves at the guide desk, leases and appointments."""

from __future__ import annotations

from pathlib import Path

from tests.controller.cli.crash_story import GUIDE, HOUR, KIOSK, SECOND, SUPERVISOR, Story, clerk

YESTERDAY, TODAY, TOMORROW = "2026-11-23", "2026-11-24", "2026-11-25"
SOMEBODY = "ab" * 32
FIRST, SECOND_ONE, THIRD, SLIP = (f"{TODAY}-A{n:03}" for n in (1, 2, 3, 991))


def honest(path: Path) -> Story:
    """Windows 1 and 2 are open, 2 is automatic. A001 was called by the hall itself and is done;
    A002 is reserved for window 2; A003 waits, goes first and is meant for window 1; A991 was taken
    in from a slip. One appointment was kept, one given back, one missed yesterday and cleared."""
    s = Story(path)
    s.day(YESTERDAY)
    missed = s.booked(YESTERDAY, 1, s.at + HOUR, person=SOMEBODY)
    s.day(TODAY)
    s.event("system", "appointment.missed", booking=missed)
    s.event(SUPERVISOR, "appointment.absences_cleared", booking=missed, reason="ill")
    s.answer("clear", SUPERVISOR, asked={"reason": "ill"}, cleared=1).booking = missed
    s.absent[missed] = True
    s.opens(1), s.opens(2)
    first, second, third = s.issued(1), s.issued(2), s.issued(3, "T-1", "C-1")
    s.at = s.offered(first, 2)
    s.event("system", "ticket.called", ticket=first, window=2, clerk="0502", items=[0])
    s.arrived(first, 2)
    s.finished(first, 2)
    s.offered(second, 2)
    s.event(clerk(2), "ticket.declined", ticket=second, window=2, why="kept")
    s.answer("decline", clerk(2), no=2)
    s.event(clerk(2), "window.ready", window=2)
    s.answer("call", clerk(2), no=2, ticket=None)
    s.asked[-1].answers[0].body.pop("window")
    s.offered(second, 2)
    granted(s, third, "priority", 3.8)
    bound(s, third, [2])
    bound(s, third, None)
    arranged(s, third, 1)
    redirected(s, third, 0, "T-2")
    s.event(KIOSK, "ticket.reprinted", ticket=third)
    s.answer("reprint", KIOSK, third)
    s.leased(990, 999)
    s.taken_in(991, s.at - 5 * SECOND)
    s.reported(992, s.at - 4 * SECOND)
    s.checked_in(s.booked(TODAY, 1, s.at + HOUR // 100), 4)
    void = s.booked(TODAY, 2, s.at + HOUR // 50)
    s.event(KIOSK, "ticket.voided", ticket=(ticket := s.checked_in(void, 5)), window=None)
    s.event(KIOSK, "appointment.reopened", booking=void)
    s.answer("print", KIOSK, ticket)
    given_back = s.booked(TOMORROW, 1, s.at + 24 * HOUR)
    s.event(KIOSK, "appointment.cancelled", booking=given_back)
    s.answer("give-back", KIOSK).booking = given_back
    return s


def granted(s: Story, ticket: str, cls: str, weight: float, group: str = "elder") -> None:
    s.event(GUIDE, "ticket.granted", ticket=ticket, cls=cls, weight=weight, reason="age")
    s.answer("grant", GUIDE, ticket, asked={"priority": group, "reason": "age"})


def arranged(s: Story, ticket: str, to: int, wanted: int | None = None) -> None:
    s.event(GUIDE, "ticket.arranged", ticket=ticket, clerk="0003", to=to)
    s.answer("move", GUIDE, ticket, asked={"to_window": wanted or to})


def bound(s: Story, ticket: str, only: list[int] | None) -> None:
    s.event(GUIDE, "ticket.bound", ticket=ticket, only=only)
    s.answer("needs", GUIDE, ticket, asked={"needs": ["low_counter"] if only else ["help"]})


def redirected(s: Story, ticket: str, item: int, code: str) -> None:
    body = {"window": None, "clerk": "0003", "item": item, "service": code}
    s.event(GUIDE, "ticket.redirected", ticket=ticket, **body)
    s.answer("move", GUIDE, ticket, asked={"item": item, "to_item": code})
