"""The life of a window: who sits there, when it calls, when it rests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall.instants import MINUTE
from controller.hall.model import PauseReason, TicketState, WindowState
from tests.controller.hall.desk import Desk, desk_with

STATES = ("closed", "open", "paused")
COMMANDS: dict[str, Callable[[], c.Command]] = {
    "open": lambda: c.OpenWindow(1, "0517"),
    "pause": lambda: c.PauseWindow(1, "0517", reason=PauseReason.MEAL, minutes=30),
    "resume": lambda: c.ResumeWindow(1, "0517"),
    "close": lambda: c.CloseWindow(1, "0517"),
    "call": lambda: c.CallNext(1, "0517"),
    "open by another": lambda: c.OpenWindow(1, "0620"),
    "pause by another": lambda: c.PauseWindow(1, "0620"),
    "resume by another": lambda: c.ResumeWindow(1, "0620"),
    "close by another": lambda: c.CloseWindow(1, "0620"),
    "call by another": lambda: c.CallNext(1, "0620"),
    "pause by authority": lambda: c.PauseWindow(1, "0001", authority=True),
    "resume by authority": lambda: c.ResumeWindow(1, "0001", authority=True),
    "close by authority": lambda: c.CloseWindow(1, "0001", authority=True),
}

# By state: closed, open, paused. "-": nothing to do.
TABLE: dict[str, tuple[str, str, str]] = {
    "open": ("window.opened", "-", "-"),
    "pause": ("!WindowClosedError", "window.paused", "!WindowPausedError"),
    "resume": ("!WindowClosedError", "!WindowNotPaused", "window.resumed"),
    "close": ("!WindowClosedError", "window.closed", "window.closed"),
    "call": ("!WindowClosedError", "-", "!WindowPausedError"),
    "open by another": ("window.opened", "!WindowTaken", "!WindowTaken"),
    "pause by another": ("!WindowClosedError", "!NotYourWindow", "!NotYourWindow"),
    "resume by another": ("!WindowClosedError", "!NotYourWindow", "!NotYourWindow"),
    "close by another": ("!WindowClosedError", "!NotYourWindow", "!NotYourWindow"),
    "call by another": ("!WindowClosedError", "!NotYourWindow", "!NotYourWindow"),
    "pause by authority": ("!WindowClosedError", "window.paused", "!WindowPausedError"),
    "resume by authority": ("!WindowNotPaused", "!WindowNotPaused", "window.resumed"),
    "close by authority": ("!WindowClosedError", "window.closed", "window.closed"),
}
CELLS = [
    (state, name, expected)
    for name, row in TABLE.items()
    for state, expected in zip(STATES, row, strict=True)
]


def desk_with_window(state: str) -> Desk:
    desk = Desk()
    if state != "closed":
        desk.do(c.OpenWindow(1, "0517"))
    if state == "paused":
        desk.do(c.PauseWindow(1, "0517", reason=PauseReason.REST, minutes=5))
    assert desk.hall.windows[1].state == state
    return desk


@pytest.mark.parametrize(("state", "command", "expected"), CELLS)
def test_a_window_does_what_the_table_says(state: str, command: str, expected: str) -> None:
    desk = desk_with_window(state)
    before = desk.frozen()
    if expected.startswith("!"):
        with pytest.raises(getattr(x, expected[1:])):
            desk.do(COMMANDS[command]())
        assert desk.hall == before
    else:
        happened = [e.type for e in desk.do(COMMANDS[command]())]
        assert happened == ([] if expected == "-" else [expected])


def test_the_table_is_whole() -> None:
    assert set(TABLE) == set(COMMANDS)
    assert set(STATES) == {str(s) for s in WindowState}


@pytest.mark.parametrize("no", [0, 4, -1, 10**12])
@pytest.mark.parametrize("command", [c.OpenWindow, c.CallNext, c.CloseWindow])
def test_a_window_that_is_not_there_is_named_as_unknown(command: type, no: int) -> None:
    with pytest.raises(x.UnknownWindow, match=str(no)):
        Desk().do(command(no, "0517"))


def test_two_clerks_cannot_sign_on_at_one_window() -> None:
    desk = desk_with_window("open")
    with pytest.raises(x.WindowTaken, match="0517"):
        desk.do(c.OpenWindow(1, "0620"))
    assert desk.hall.windows[1].clerk == "0517"


def test_one_clerk_cannot_sign_on_at_two_windows() -> None:
    desk = desk_with_window("open")
    with pytest.raises(x.ClerkElsewhere, match="window 1"):
        desk.do(c.OpenWindow(2, "0517"))
    desk.do(c.CloseWindow(1, "0517"))
    assert desk.do(c.OpenWindow(2, "0517"))[0].type == "window.opened"


@pytest.mark.parametrize("command", [c.PauseWindow, c.CloseWindow, c.CallNext])
@pytest.mark.parametrize("state", [TicketState.CALLED, TicketState.SERVING])
def test_a_window_with_a_ticket_in_hand_neither_pauses_nor_closes_nor_calls(
    command: type, state: TicketState
) -> None:
    desk, _ = desk_with(state)
    with pytest.raises(x.WindowBusy, match="C001"):
        desk.do(command(1, "0517"))


def test_a_pause_says_why_and_until_when() -> None:
    desk = desk_with_window("open")
    desk.do(c.PauseWindow(1, "0517", reason=PauseReason.MEAL, minutes=30))
    window = desk.hall.windows[1]
    assert (window.reason, window.until) == (PauseReason.MEAL, desk.clock.at + 30 * MINUTE)
    desk.do(c.ResumeWindow(1, "0517"))
    window = desk.hall.windows[1]
    assert (window.reason, window.until) == (None, None)


def test_closing_signs_the_clerk_off() -> None:
    desk = desk_with_window("paused")
    desk.do(c.CloseWindow(1, "0517"))
    window = desk.hall.windows[1]
    assert (window.clerk, window.reason, window.until) == (None, None, None)
    assert "0517" not in desk.hall.at_window
