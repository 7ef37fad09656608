"""How a hall day turns: yesterday ends, today begins with what was learned and what was changed."""

from controller.hall.announcing import told_again
from controller.hall.day_events import DayLearned, DayOpened, PolicyChanged
from controller.hall.events import Event, TicketDropped, WindowClosed
from controller.hall.instants import SECOND, Instant, Moment
from controller.hall.learning import merged
from controller.hall.model import OPEN_STATES, Hall, WindowState


def turn_day(hall: Hall, now: Moment) -> list[Event]:
    """The events that end yesterday and open today, if the hall's wall calendar has moved on.

    The day never goes back: a clock that is set back stays in the hall day it has reached.
    """
    if now.day <= hall.day:
        return []
    ended: list[Event] = [
        TicketDropped(t.id, "day-end", t.window)
        for t in hall.tickets.values()
        if t.state in OPEN_STATES
    ]
    ended += [
        WindowClosed(w.no) for w in hall.windows.values() if w.state is not WindowState.CLOSED
    ]
    kept = [PolicyChanged(name, value) for name, value in hall.changes.items()]
    opened = DayOpened(now.day, _midnight(now))
    return [*ended, opened, *_learned(hall), *kept, *told_again(hall)]


def _midnight(now: Moment) -> Instant:
    """When the day began on the wall, unless its clock was put forward or back since."""
    wall = now.local
    return (now.at // SECOND - (wall.hour * 60 + wall.minute) * 60 - wall.second) * SECOND


def _learned(hall: Hall) -> list[Event]:
    """What the new day knows; nothing if no day has taught anything yet."""
    s = merged(hall.known.statistics, hall.today)
    if not s.days:
        return []
    return [DayLearned(s.days, s.served, s.issued, s.quarters)]
