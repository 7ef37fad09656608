"""A picture of the hall at one instant: everything a forecast is made from, and nothing of a
person. Small and frozen, so that another process can be given it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from controller.hall.instants import Instant
from controller.hall.knowledge import Knowledge
from controller.hall.model import Ticket, Window, WindowState
from controller.hall.plan import Plan

QUARTER_MIN = 15.0


@dataclass(frozen=True, slots=True)
class Absence:
    """A planned break of a window."""

    window: int
    begin: Instant
    end: Instant


@dataclass(frozen=True, slots=True)
class Coming:
    """Who is expected. `arrivals`: items of each service in the quarter hours from now on.
    The shares are those of all tickets, 0 to 1; `no_show_min` is what waiting for nobody costs."""

    arrivals: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    priority: float = 0.15
    appointment: float = 0.10
    no_show: float = 0.05
    no_show_min: float = 1.0


@dataclass(frozen=True, slots=True)
class Picture:
    """The hall at the instant `at`. `windows` have a clerk each; `tickets` wait or are in the hands
    of one of the windows."""

    at: Instant
    plan: Plan
    known: Knowledge
    windows: tuple[Window, ...]
    tickets: tuple[Ticket, ...]
    breaks: tuple[Absence, ...] = ()
    coming: Coming = field(default_factory=Coming)


def take(
    at: Instant,
    plan: Plan,
    known: Knowledge,
    windows: Iterable[Window],
    tickets: Mapping[str, Ticket],
    waiting: Iterable[str],
    breaks: Iterable[Absence] = (),
    coming: Coming | None = None,
) -> Picture:
    """Take a picture: of all `windows` those with a clerk, and of `tickets` those that wait (ids)
    or are in hand."""
    staffed = tuple(
        sorted(
            (w for w in windows if w.clerk is not None and w.state is not WindowState.CLOSED),
            key=lambda w: w.no,
        )
    )
    in_hand = [tickets[w.ticket] for w in staffed if w.ticket is not None]
    by_order = sorted((tickets[t] for t in waiting), key=lambda t: (t.seniority, t.order))
    return Picture(
        at=at,
        plan=plan,
        known=known,
        windows=staffed,
        tickets=(*by_order, *in_hand),
        breaks=tuple(breaks),
        coming=coming or Coming(),
    )
