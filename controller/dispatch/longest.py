"""Longest waiting among what this window can serve: earlier seniority first, then earlier issue."""

from collections.abc import Iterable

from controller.hall.model import SECOND, Hall, Instant, Moment, Reason, Ticket, Window
from controller.hall.port import Choice


class LongestWaiting:
    """First come, first served within the window's skills; all it can do is done in one go."""

    name = "longest-waiting"

    def choose(self, hall: Hall, window: Window, now: Moment) -> Choice | None:
        """See `Policy.choose`."""
        best = min((line.head for line in hall.waiting.lines(window.skills)), default=None)
        if best is None:
            return None
        ticket = hall.tickets[best[2]]
        items = ticket.doable(window.skills)
        facts = (
            ("waited_s", max(0, now.at - ticket.seniority) // SECOND),
            ("can_do", len(items)),
            ("remaining", len(ticket.remaining)),
        )
        return Choice(ticket.id, items, Reason(self.name, facts))

    def place(
        self, hall: Hall, ticket: Ticket, idle: Iterable[tuple[Window, Instant]]
    ) -> int | None:
        """See `Policy.place`: the longest idle."""
        able = [(since, w.no) for w, since in idle if ticket.doable(w.skills)]
        return min(able)[1] if able else None
