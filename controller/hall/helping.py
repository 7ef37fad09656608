"""A clerk calls for the supervisor 呼叫值班长, and one of them says who comes.

The call stands until then, or until the clerk takes it back or closes the window."""

from controller.hall import commands as c
from controller.hall.conditions import known_window, own
from controller.hall.errors import HallError, WindowClosedError
from controller.hall.events import Event
from controller.hall.help_events import HelpAsked, HelpTaken, HelpWithdrawn
from controller.hall.instants import Moment
from controller.hall.model import Hall, WindowState
from controller.hall.port import Policy


class NoHelpAsked(HallError):
    """The window has not called, or its call is over."""

    code = "no-help-asked"
    title = "The window does not call"
    detail = "Window {window} does not call for a supervisor (any more)."
    title_zh = "窗口没有呼叫"
    detail_zh = "{window} 号窗口没有呼叫值班长，或已取消。"


class HelpIsComing(HallError):
    """Another supervisor is on the way."""

    code = "help-is-coming"
    title = "Another supervisor is on the way"
    detail = "{by} is on the way to window {window}."
    title_zh = "已有值班长前往"
    detail_zh = "值班长 {by} 已前往 {window} 号窗口。"


def ask(hall: Hall, command: c.AskHelp, now: Moment, policy: Policy) -> list[Event]:
    """Call; nothing happens while a call stands."""
    window = own(hall, command)
    if window.state is WindowState.CLOSED:
        raise WindowClosedError(window=window.no)
    standing = window.help is not None and window.help.by is None
    return [] if standing else [HelpAsked(window.no)]


def take(hall: Hall, command: c.TakeHelp, now: Moment, policy: Policy) -> list[Event]:
    """Say who comes."""
    window = known_window(hall, command.window)
    if window.help is None:
        raise NoHelpAsked(window=window.no)
    if window.help.by is None:
        return [HelpTaken(window.no, command.by)]
    if window.help.by != command.by:
        raise HelpIsComing(window=window.no, by=window.help.by)
    return []


def withdraw(hall: Hall, command: c.WithdrawHelp, now: Moment, policy: Policy) -> list[Event]:
    """Take the call back."""
    window = own(hall, command)
    if window.help is None or window.help.by is not None:
        raise NoHelpAsked(window=window.no)
    return [HelpWithdrawn(window.no)]
