"""Windows: who sits there, and what they do."""

from controller.hall import events as e
from controller.hall import help_events as h
from controller.hall.change import changed
from controller.hall.folds.common import Touched
from controller.hall.instants import Instant
from controller.hall.model import Hall, Help, PauseReason, Window, WindowState
from controller.hall.rating_events import AT_WINDOW, RatingGiven


def window_opened(hall: Hall, event: e.WindowOpened, seq: int, at: Instant) -> Touched:
    hall.at_window[event.clerk] = event.window
    window = changed(
        hall.windows[event.window],
        state=WindowState.OPEN,
        clerk=event.clerk,
        skills=frozenset(event.skills),
        free_since=at,
        ready=True,
    )
    if event.stays:
        _stay(hall, window.no)
    _staff(hall, window)
    return None, window


def window_paused(hall: Hall, event: e.WindowPaused, seq: int, at: Instant) -> Touched:
    return None, changed(
        hall.windows[event.window],
        state=WindowState.PAUSED,
        reason=PauseReason(event.reason),
        until=event.until,
        rostered=event.rostered,
        undo=None,
    )


def window_resumed(hall: Hall, event: e.WindowResumed, seq: int, at: Instant) -> Touched:
    _stay(hall, event.window)
    return None, changed(
        hall.windows[event.window],
        state=WindowState.OPEN,
        reason=None,
        until=None,
        rostered=False,
        free_since=at,
        ready=True,
    )


def window_closed(hall: Hall, event: e.WindowClosed, seq: int, at: Instant) -> Touched:
    window = hall.windows[event.window]
    hall.at_window.pop(window.clerk or "", None)
    hall.staying.discard(window.no)
    hall.staffing = tuple(_others(hall, event.window))
    skills = hall.skills_set.get(window.no, hall.plan.windows[window.no].skills)
    return None, Window(window.no, window.zone, skills)


def window_skilled(hall: Hall, event: e.WindowSkilled, seq: int, at: Instant) -> Touched:
    window = hall.windows[event.window]
    hall.skills_set[window.no] = frozenset(event.skills)
    window = changed(window, skills=frozenset(event.able))
    if window.clerk is not None:
        _staff(hall, window)
    return None, window


def window_ready(hall: Hall, event: e.WindowReady, seq: int, at: Instant) -> Touched:
    return None, changed(hall.windows[event.window], ready=True)


def rating_given(hall: Hall, event: RatingGiven, seq: int, at: Instant) -> Touched:
    """A rating at the window ends what could be taken back there (FR-45)."""
    window = hall.windows.get(event.window)
    if event.channel != AT_WINDOW or window is None:
        return None, None
    undo = None if window.undo is not None and window.undo.what == "finish" else window.undo
    return None, changed(window, undo=undo)


def help_asked(hall: Hall, event: h.HelpAsked, seq: int, at: Instant) -> Touched:
    return None, changed(hall.windows[event.window], help=Help(at))


def help_taken(hall: Hall, event: h.HelpTaken, seq: int, at: Instant) -> Touched:
    window = hall.windows[event.window]
    asked_at = window.help.asked_at if window.help else at
    return None, changed(window, help=Help(asked_at, event.by, at))


def help_withdrawn(hall: Hall, event: h.HelpWithdrawn, seq: int, at: Instant) -> Touched:
    return None, changed(hall.windows[event.window], help=None)


def _stay(hall: Hall, window: int) -> None:
    """Its clerk works, whatever the roster says of the window now."""
    if hall.on_duty is not None and window not in hall.on_duty:
        hall.staying.add(window)


def _staff(hall: Hall, window: Window) -> None:
    post = (window.no, window.clerk or "", window.skills)
    hall.staffing = tuple(sorted([*_others(hall, window.no), post], key=lambda p: p[0]))


def _others(hall: Hall, window: int) -> list[tuple[int, str, frozenset[str]]]:
    return [post for post in hall.staffing if post[0] != window]
