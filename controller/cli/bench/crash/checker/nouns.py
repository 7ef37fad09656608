"""Tickets, windows, calls and appointments as the events tell them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Ticket:
    """A number. Items by index: code, state, result."""

    id: str
    number: str
    codes: tuple[str, ...]
    order: int
    seniority: int
    issued_at: int
    states: list[str]
    results: list[str | None]
    cls: str = "ordinary"
    weight: float = 1.0
    slot: int | None = None
    only: tuple[int, ...] | None = None
    """The windows that may call it."""
    state: str = "waiting"
    paper: str = "pending"
    reprints: int = 0
    window: int | None = None
    planned: tuple[int, ...] = ()
    calls: int = 0
    called_at: int | None = None
    arrived_at: int | None = None
    origin: int | None = None
    """The window that holds it, has it reserved, or handed it on."""
    target: int | None = None
    """The one window that it is meant for."""
    deadline: int | None = None
    """When something happens to it by itself."""

    def may_go_to(self, no: int) -> bool:
        """Whether window `no` may call it."""
        if self.target is not None:
            return no == self.target
        return self.only is None or no in self.only


@dataclass(slots=True)
class Window:
    """A window."""

    no: int
    state: str = "closed"
    clerk: str | None = None
    skills: frozenset[str] = frozenset()
    hand: str | None = None
    offer: str | None = None
    """The ticket that is reserved for it."""
    ready: bool = True
    """Whether it may be offered one."""
    reason: str | None = None
    until: int | None = None
    before: Ticket | None = None
    """The ticket as it was before the last key."""


@dataclass(slots=True)
class Call:
    """The last call of a ticket, as screens show it."""

    id: int
    ticket: str
    number: str
    window: int
    state: str = "called"
    times: int = 1


@dataclass(slots=True)
class Booking:
    """An appointment."""

    id: str
    day: str
    item: str
    slot: int
    state: str = "booked"
    ticket: str = ""
    """The number that was given for it last."""
