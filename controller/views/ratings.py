"""Which windows ask for a rating, and how the day was rated; folded with the board."""

from collections import Counter
from dataclasses import dataclass, field

from controller.hall.events import TicketFinished, TicketUndone
from controller.hall.evolve import Applied
from controller.hall.instants import Instant
from controller.hall.model import Ticket, TicketState
from controller.hall.rating_events import AT_WINDOW, RatingExplained, RatingGiven
from controller.hall.ratings import LEVELS, LOW


@dataclass(frozen=True, slots=True)
class Asking:
    """A window that asks for a rating of the visit that has just ended there, until then."""

    ticket: str
    number: str
    until: Instant


@dataclass(slots=True)
class Ratings:
    """The ratings of the day. `visits` that ended, and of them those that were rated, by window and
    by level; whoever did not rate is counted apart (FR-53)."""

    asking: dict[int, Asking] = field(default_factory=dict)
    visits: Counter[int] = field(default_factory=Counter)
    given: dict[int, Counter[int]] = field(default_factory=dict)
    by_slip: int = 0
    fast: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def fold(self, day: str, before: Ticket | None, applied: Applied, asked_for: Instant) -> None:
        """Take over an event of the day; `before`: its ticket as it was; `asked_for`: how long a
        window asks, 0 if it does not."""
        event, window = applied.event, applied.window
        if window is not None and window.ticket is not None:
            self.asking.pop(window.no, None)  # somebody is there
        match event:
            case TicketFinished():
                assert applied.ticket is not None
                self.visits[event.window] += 1
                number, until = applied.ticket.number, applied.at + asked_for
                if asked_for:
                    self.asking[event.window] = Asking(event.ticket, number, until)
            case TicketUndone() if before is not None and before.state is TicketState.FINISHED:
                self.visits[event.window] -= 1
            case RatingGiven():
                self._given(day, event)
            case RatingExplained():
                self.reasons.update(event.reasons)
            case _:
                pass

    def levels(self) -> dict[int, int]:
        """How often each level was given, the best first."""
        return {level: sum(c[level] for c in self.given.values()) for level in LEVELS}

    def rated(self, window: int) -> int:
        """How many visits of a window were rated."""
        return self.given.get(window, Counter()).total()

    def low(self, window: int) -> int:
        """How many of them are low."""
        return sum(self.given.get(window, Counter())[level] for level in LOW)

    def _given(self, day: str, event: RatingGiven) -> None:
        if event.channel == AT_WINDOW:
            self.asking.pop(event.window, None)
        if event.day != day:
            return  # a slip of an earlier day; that day's report counts it
        self.given.setdefault(event.window, Counter())[event.level] += 1
        self.by_slip += event.channel != AT_WINDOW
        self.fast += event.fast
        self.reasons.update(event.reasons)
