"""`decide` turns a command into events, or refuses. What each command means stands with its
subject: `taking` numbers, `windows`, `calling`, `moving` a ticket on, `announcing`, `helping`;
`due` is what happens by itself and `days` how a day turns.
"""

from collections.abc import Callable
from typing import Any

from controller.hall import announcing, calling, helping, moving, taking, windows
from controller.hall import commands as c
from controller.hall.events import Event
from controller.hall.instants import Moment
from controller.hall.model import Hall
from controller.hall.port import Policy

Decider = Callable[[Hall, Any, Moment, Policy], list[Event]]


def decide(hall: Hall, command: c.Command, now: Moment, policy: Policy) -> list[Event]:
    """The events that `command` causes in `hall` at `now`; an empty list if there is nothing to do.

    The caller has turned the day (`days.turn_day`) and done what was due (`due.next_due`) first,
    and does what is due after it. Raises a `HallError` if a rule refuses; `hall` is never changed
    here.
    """
    return _DECIDERS[type(command)](hall, command, now, policy)


def _nothing(hall: Hall, command: c.OpenDay, now: Moment, policy: Policy) -> list[Event]:
    return []


_DECIDERS: dict[type, Decider] = {
    c.OpenDay: _nothing,
    c.Issue: taking.issue,
    c.Lease: taking.lease,
    c.Doubt: taking.doubt,
    c.ConfirmPrint: taking.confirm_print,
    c.Reprint: taking.reprint,
    c.Cancel: taking.cancel,
    c.Grant: taking.grant,
    c.Return: moving.come_back,
    c.Move: moving.move,
    c.LowCounter: moving.low_counter,
    c.OpenWindow: windows.open_window,
    c.PauseWindow: windows.pause,
    c.ResumeWindow: windows.resume,
    c.CloseWindow: windows.close,
    c.SetSkills: windows.set_skills,
    c.TurnRoster: windows.turn_roster,
    c.ChangePolicy: windows.change_policy,
    c.WriteNotice: announcing.write,
    c.ReleaseNotice: announcing.release,
    c.WithdrawNotice: announcing.withdraw,
    c.RaiseEmergency: announcing.raise_emergency,
    c.EndEmergency: announcing.end_emergency,
    c.CallNext: calling.call_next,
    c.CallChosen: calling.call_chosen,
    c.Decline: calling.decline,
    c.AskHelp: helping.ask,
    c.WithdrawHelp: helping.withdraw,
    c.TakeHelp: helping.take,
    c.UndoLast: calling.undo,
    c.Recall: calling.recall,
    c.Arrive: calling.arrive,
    c.Start: calling.start,
    c.Finish: calling.finish,
    c.Pass: calling.pass_ticket,
    c.Drop: calling.drop,
    c.Hold: moving.hold,
    c.CallBack: moving.call_back,
    c.Transfer: moving.transfer,
    c.Accept: moving.accept,
    c.SendBack: moving.send_back,
}
