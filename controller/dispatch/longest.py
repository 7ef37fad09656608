"""Longest waiting among what this window can serve: earlier seniority first, then earlier issue."""

from controller.hall.model import SECOND, Hall, Moment, Reason, Window
from controller.hall.port import Choice


class LongestWaiting:
    """First come, first served within the window's skills; all it can do is done in one go."""

    name = "longest-waiting"

    def choose(self, hall: Hall, window: Window, now: Moment) -> Choice | None:
        """See `Policy.choose`."""
        best = min((place for _, place in hall.waiting.heads(window.skills)), default=None)
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
