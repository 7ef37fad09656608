"""What the screens say beside calls: notices, which a second person lets through, and the
emergency slide (FR-51, T15)."""

from flask import Blueprint, Response, jsonify
from pydantic import Field

from controller.deed import Json, Transaction
from controller.hall import commands as c
from controller.hall.notices import MOST_OPEN, MOST_TEXT, EmergencyKind, Notice
from controller.identity import Role
from controller.views.wire import emergency_json, ms
from controller.web.access import Asked, CommandBody, operation
from controller.web.deeds import GUIDES, SUPERVISOR, at, deed

api = Blueprint("notices", __name__, url_prefix="/api/v1")

LONGEST_MIN = 7 * 24 * 60
LONGEST_EMERGENCY_MIN = 12 * 60


class NoticeBody(CommandBody):
    """A line for the screens; the text is checked by the hall."""

    text: str = Field(max_length=4 * MOST_TEXT)
    minutes: int = Field(ge=5, le=LONGEST_MIN)


class EmergencyBody(CommandBody):
    """Which words fill the screens, and for how long at most."""

    kind: EmergencyKind
    minutes: int = Field(default=60, ge=1, le=LONGEST_EMERGENCY_MIN)
    drill: bool = False


def staff_notice_json(n: Notice) -> Json:
    """A notice as staff see it."""
    state = "ended" if n.ended else "standing" if n.stands else "draft"
    return {
        "id": n.id,
        "text": n.text,
        "state": state,
        "why": n.ended,
        "writer": n.writer,
        "written_at": ms(n.written_at),
        "releaser": n.releaser,
        "until": ms(n.until),
    }


@operation(
    api, "GET", "/notices", GUIDES | {Role.AUDITOR}, "The day's notices, and the emergency 通告"
)
def notices(asked: Asked) -> Response:
    """See docs/protocol.md."""
    service = asked.ctx.service
    with service.lock:
        told, seq = service.board.told, service.board.seq
        listed = [staff_notice_json(n) for n in reversed(told.notices.values())]
        emergency = emergency_json(told.emergency)
        by = told.emergency.by if told.emergency else None
    return jsonify(
        seq=seq,
        notices=listed,
        emergency={**emergency, "by": by} if emergency else None,
        limits={"text": MOST_TEXT, "open": MOST_OPEN},
    )


@operation(api, "POST", "/notices", GUIDES, "Write a notice 写通告", body=NoticeBody, status=201)
def write(asked: Asked) -> Response:
    """See docs/protocol.md."""
    body: NoticeBody = asked.body
    command = c.WriteNotice(body.text, asked.actor.id, body.minutes)

    def run(tx: Transaction) -> Json:
        tx.do(command)
        written = next(reversed(tx.hall.told.notices.values()))
        return {"seq": tx.seq, "notice": staff_notice_json(written)}

    return deed(asked, run, status=201)


def _about(asked: Asked, command: c.ReleaseNotice | c.WithdrawNotice) -> Response:
    def run(tx: Transaction) -> Json:
        tx.do(command)
        notice = tx.hall.told.notices[command.notice]
        return {"seq": tx.seq, "notice": staff_notice_json(notice)}

    return deed(asked, run, notice=command.notice, command=type(command).__name__)


@operation(
    api,
    "POST",
    "/notices/<notice>/release",
    SUPERVISOR,
    "Let a notice of somebody else through 发布",
    body=CommandBody,
)
def release(asked: Asked, notice: str) -> Response:
    """See docs/protocol.md."""
    return _about(asked, c.ReleaseNotice(notice, asked.actor.id))


@operation(
    api, "POST", "/notices/<notice>/withdraw", GUIDES, "Take a notice down 撤下", body=CommandBody
)
def withdraw(asked: Asked, notice: str) -> Response:
    """See docs/protocol.md."""
    return _about(asked, c.WithdrawNotice(notice, asked.actor.id, at(asked)["authority"]))


@operation(api, "POST", "/emergency", SUPERVISOR, "Fill every screen 紧急提示", body=EmergencyBody)
def raise_emergency(asked: Asked) -> Response:
    """See docs/protocol.md."""
    b: EmergencyBody = asked.body
    return _emergency(asked, c.RaiseEmergency(b.kind, asked.actor.id, b.minutes, b.drill))


@operation(api, "POST", "/emergency/end", SUPERVISOR, "Give the screens back", body=CommandBody)
def end_emergency(asked: Asked) -> Response:
    """See docs/protocol.md."""
    return _emergency(asked, c.EndEmergency(asked.actor.id))


def _emergency(asked: Asked, command: c.RaiseEmergency | c.EndEmergency) -> Response:
    def run(tx: Transaction) -> Json:
        tx.do(command)
        return {"seq": tx.seq, "emergency": emergency_json(tx.hall.told.emergency)}

    return deed(asked, run, command=type(command).__name__)
