"""What clerks and supervisors do at a window."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response
from pydantic import Field, model_validator

from controller.deed import Json, Transaction
from controller.dispatch.reason import sentence
from controller.hall import commands as c
from controller.hall.model import DropReason, PauseReason, Result
from controller.rating import follow
from controller.web.access import Asked, CommandBody, operation
from controller.web.deeds import (
    CLERK,
    DESK,
    SUPERVISOR,
    at,
    deed,
    on_ticket,
    on_window,
    ticket_answer,
)
from controller.web.persons import write_note

api = Blueprint("windows", __name__, url_prefix="/api/v1")

AT = "/windows/<int:no>"

NOBODY = {"zh": "现在没有本窗口能办的号", "en": "Nobody waits for this window now"}
PAUSES = frozenset(PauseReason) - {PauseReason.ROSTER}


class OpenBody(CommandBody):
    """A supervisor names the clerk, and may move one who is signed on."""

    clerk: str | None = Field(default=None, pattern=r"^\d{3,6}$")
    take_over: bool = False


class PauseBody(CommandBody):
    """Why, and for how long."""

    reason: PauseReason
    minutes: int = Field(ge=1, le=240)

    @model_validator(mode="after")
    def _by_people(self) -> "PauseBody":
        if self.reason not in PAUSES:
            raise ValueError("only the roster pauses for this reason")
        return self


class SkillsBody(CommandBody):
    """What the window does from its next call on."""

    skills: tuple[str, ...] = Field(min_length=1, max_length=100)


class TicketBody(CommandBody):
    """The ticket that is meant."""

    ticket: str = Field(min_length=1, max_length=40)


class FinishBody(TicketBody):
    """Which item ended, and how."""

    item: int = Field(ge=0, le=99)
    result: Result = Result.DONE


class DropBody(TicketBody):
    """Why the number is given up."""

    reason: DropReason


class ChosenBody(TicketBody):
    """Why this ticket is called before its turn."""

    why: str = Field(min_length=2, max_length=80)


class TransferBody(TicketBody):
    """Where to: a window, or whoever does another service item; a word for the next clerk."""

    to_window: int | None = None
    to_item: str | None = Field(default=None, max_length=40)
    note: str = Field(default="", max_length=80)

    @model_validator(mode="after")
    def _one_of_both(self) -> "TransferBody":
        if (self.to_window is None) == (self.to_item is None):
            raise ValueError("give either to_window or to_item")
        return self


def _named(asked: Asked, command: Callable[..., c.Command], no: int, **more: Any) -> Response:
    """Submit a command about the ticket that the body names."""
    ticket = asked.body.ticket
    return on_ticket(asked, command(no, **at(asked), ticket=ticket, **more), ticket, no)


@operation(api, "POST", f"{AT}/open", DESK, "Sign on and open a window 开窗", body=OpenBody)
def open_window(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    body: OpenBody = asked.body
    authority: bool = at(asked)["authority"]
    clerk = body.clerk if authority and body.clerk else asked.actor.id
    return on_window(asked, c.OpenWindow(no, clerk, body.take_over and authority), no)


@operation(api, "POST", f"{AT}/pause", DESK, "Stop calling for a while 暂停", body=PauseBody)
def pause(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    body: PauseBody = asked.body
    command = c.PauseWindow(no, **at(asked), reason=body.reason, minutes=body.minutes)
    return on_window(asked, command, no)


@operation(api, "POST", f"{AT}/resume", DESK, "End a pause 恢复", body=CommandBody)
def resume(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return on_window(asked, c.ResumeWindow(no, **at(asked)), no)


@operation(api, "POST", f"{AT}/close", DESK, "Close a window and sign off 关窗", body=CommandBody)
def close_window(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return on_window(asked, c.CloseWindow(no, **at(asked)), no)


@operation(api, "POST", f"{AT}/skills", SUPERVISOR, "Change its skills 潮汐", body=SkillsBody)
def set_skills(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return on_window(asked, c.SetSkills(no, asked.body.skills), no)


@operation(api, "POST", f"{AT}/call", CLERK, "Call the next number 叫号", body=CommandBody)
def call_next(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    command = c.CallNext(no, **at(asked))

    def run(tx: Transaction) -> Json:
        called = tx.do(command)
        ticket = called[0].ticket if called else None
        if ticket is None:
            return {"seq": tx.seq, "ticket": None, "reason": NOBODY}
        return {**ticket_answer(asked, tx, ticket), "reason": sentence(ticket.reason)}

    return deed(asked, run, no=no, command="CallNext")


@operation(
    api, "POST", f"{AT}/call-chosen", SUPERVISOR, "Call one chosen 指定叫号", body=ChosenBody
)
def call_chosen(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return _named(asked, c.CallChosen, no, why=asked.body.why)


@operation(api, "POST", f"{AT}/decline", CLERK, "Keep the offer back 暂不叫", body=CommandBody)
def decline(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return on_window(asked, c.Decline(no, **at(asked)), no)


@operation(api, "POST", f"{AT}/help", CLERK, "Call the supervisor 呼叫值班长", body=CommandBody)
def ask_help(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return on_window(asked, c.AskHelp(no, **at(asked)), no)


@operation(api, "POST", f"{AT}/help/withdraw", CLERK, "Nobody need come", body=CommandBody)
def withdraw_help(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return on_window(asked, c.WithdrawHelp(no, **at(asked)), no)


@operation(api, "POST", f"{AT}/help/take", SUPERVISOR, "Go to a window 前往", body=CommandBody)
def take_help(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return on_window(asked, c.TakeHelp(no, asked.actor.id), no)


@operation(api, "POST", f"{AT}/undo", CLERK, "Take the last key back 撤销", body=CommandBody)
def undo(asked: Asked, no: int) -> Response:
    """See docs/protocol.md. Takes a rating that was asked for back too (FR-45)."""
    return on_window(asked, c.UndoLast(no, **at(asked)), no, follow)


@operation(api, "POST", f"{AT}/recall", CLERK, "Call again 重呼", body=TicketBody)
def recall(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return _named(asked, c.Recall, no)


@operation(api, "POST", f"{AT}/arrive", CLERK, "The person is here 到达", body=TicketBody)
def arrive(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return _named(asked, c.Arrive, no)


@operation(api, "POST", f"{AT}/start", CLERK, "Work begins 开始办理", body=TicketBody)
def start(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return _named(asked, c.Start, no)


@operation(api, "POST", f"{AT}/finish", CLERK, "End the item in hand 办结", body=FinishBody)
def finish(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    b: FinishBody = asked.body
    command = c.Finish(no, **at(asked), ticket=b.ticket, item=b.item, result=b.result)
    return on_ticket(asked, command, b.ticket, no, follow)


@operation(api, "POST", f"{AT}/pass", CLERK, "The person did not come 过号", body=TicketBody)
def pass_ticket(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return _named(asked, c.Pass, no)


@operation(api, "POST", f"{AT}/drop", CLERK, "Give the number up 弃号", body=DropBody)
def drop(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return _named(asked, c.Drop, no, reason=asked.body.reason)


@operation(api, "POST", f"{AT}/hold", CLERK, "Let the person fetch something 挂起", body=TicketBody)
def hold(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return _named(asked, c.Hold, no)


@operation(api, "POST", f"{AT}/call-back", CLERK, "Call somebody who is held 回呼", body=TicketBody)
def call_back(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return _named(asked, c.CallBack, no)


@operation(api, "POST", f"{AT}/transfer", CLERK, "Hand the ticket on 转移", body=TransferBody)
def transfer(asked: Asked, no: int) -> Response:
    """See docs/protocol.md. The note lives with the person's data and goes with them."""
    b: TransferBody = asked.body
    command = c.Transfer(no, **at(asked), ticket=b.ticket, to_window=b.to_window, to_item=b.to_item)

    def run(tx: Transaction) -> Json:
        tx.do(command)
        write_note(tx, b.ticket, b.note)
        return ticket_answer(asked, tx, tx.hall.tickets[b.ticket])

    return deed(asked, run, no=no)


@operation(api, "POST", f"{AT}/accept", CLERK, "Take what was handed on 接收", body=TicketBody)
def accept(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return _named(asked, c.Accept, no)


@operation(api, "POST", f"{AT}/send-back", CLERK, "Do not take it 退回", body=TicketBody)
def send_back(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return _named(asked, c.SendBack, no)
