"""A clerk calls for the supervisor: once, until somebody says who comes."""

from __future__ import annotations

from typing import Any

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall.helping import HelpIsComing, NoHelpAsked
from controller.hall.model import Help
from tests.controller.hall.desk import Desk


@pytest.fixture
def desk() -> Desk:
    found = Desk()
    found.open(1, 2)
    return found


def types(events: list[Any]) -> list[str]:
    return [event.type for event in events]


def test_a_call_for_the_supervisor_stands_until_somebody_goes(desk: Desk) -> None:
    assert types(desk.key(c.AskHelp, 1)) == ["help.asked"]
    asked_at = desk.clock.now().at
    desk.wait(60)
    assert types(desk.do(c.TakeHelp(1, "0901"))) == ["help.taken"]
    assert desk.hall.windows[1].help == Help(asked_at, "0901", desk.clock.now().at)
    assert desk.hall.windows[2].help is None


def test_a_second_press_is_the_same_call(desk: Desk) -> None:
    desk.key(c.AskHelp, 1)
    asked = desk.hall.windows[1].help
    desk.wait(5)
    assert desk.key(c.AskHelp, 1) == []
    assert desk.hall.windows[1].help == asked


def test_one_supervisor_goes_and_another_is_told_who(desk: Desk) -> None:
    desk.key(c.AskHelp, 1)
    desk.do(c.TakeHelp(1, "0901"))
    assert desk.do(c.TakeHelp(1, "0901")) == []
    with pytest.raises(HelpIsComing, match="0901"):
        desk.do(c.TakeHelp(1, "0902"))


def test_after_the_answer_the_window_may_call_again(desk: Desk) -> None:
    desk.key(c.AskHelp, 1)
    desk.do(c.TakeHelp(1, "0901"))
    assert types(desk.key(c.AskHelp, 1)) == ["help.asked"]
    assert types(desk.do(c.TakeHelp(1, "0902"))) == ["help.taken"]


def test_a_call_is_taken_back_only_while_it_stands(desk: Desk) -> None:
    desk.key(c.AskHelp, 1)
    assert types(desk.key(c.WithdrawHelp, 1)) == ["help.withdrawn"]
    for command in (c.TakeHelp(1, "0901"), c.WithdrawHelp(1, "0517")):
        with pytest.raises(NoHelpAsked):
            desk.do(command)


def test_a_paused_window_may_call_and_a_closed_one_calls_no_more(desk: Desk) -> None:
    desk.do(c.PauseWindow(1, "0517", minutes=5))
    assert types(desk.key(c.AskHelp, 1)) == ["help.asked"]
    desk.key(c.CloseWindow, 1)
    assert desk.hall.windows[1].help is None
    with pytest.raises(x.WindowClosedError):
        desk.do(c.AskHelp(1, "0517"))


def test_only_the_clerk_of_the_window_calls(desk: Desk) -> None:
    for command in (c.AskHelp(1, "0620"), c.WithdrawHelp(1, "0620")):
        with pytest.raises(x.NotYourWindow):
            desk.do(command)
