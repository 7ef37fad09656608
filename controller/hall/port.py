"""The port through which the hall asks who is next. Policies live in `controller.dispatch`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from controller.hall.instants import Instant, Moment
from controller.hall.model import Hall, Reason, Ticket, Window


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom to call, for which of the ticket's items (indices, in working order), and why."""

    ticket: str
    items: tuple[int, ...]
    reason: Reason


class Policy(Protocol):
    """Decides who is called where. Must depend on its arguments only."""

    name: str

    def choose(self, hall: Hall, window: Window, now: Moment) -> Choice | None:
        """Whom `window` should call at `now`, or None if nobody waits whom it can serve."""
        ...

    def place(
        self, hall: Hall, ticket: Ticket, idle: Iterable[tuple[Window, Instant]]
    ) -> int | None:
        """Which idle window should call a waiting ticket; each is given with the instant since
        when it is idle. None if none of them can serve it."""
        ...

    def clears_in(self, hall: Hall, service: str) -> Instant | None:
        """How long the windows that can do `service` are expected to work for who waits now, in
        microseconds; None if no window can."""
        ...
