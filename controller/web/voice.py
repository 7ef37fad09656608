"""Announcers: claim a call before it is said, and tell how that ended (law 6)."""

from typing import Literal

from flask import Blueprint, Response
from pydantic import Field

from controller.announcements import Sounding
from controller.deed import Json, Transaction
from controller.identity import Role
from controller.web.access import Asked, CommandBody, operation
from controller.web.deeds import deed
from controller.web.errors import UnknownClaim

api = Blueprint("voice", __name__, url_prefix="/api/v1")

SCREEN = frozenset({Role.SCREEN})


class AnnounceBody(CommandBody):
    """A call, for the how many-th time it is called, and the zone that is to hear it."""

    call: int = Field(ge=1)
    times: int = Field(ge=1, le=999)
    zone: str = Field(min_length=1, max_length=40)

    @property
    def sounding(self) -> Sounding:
        """What it names."""
        return Sounding(self.call, self.times, self.zone)


class SoundedBody(AnnounceBody):
    """How it ended."""

    outcome: Literal["said", "cut", "failed"]


@operation(
    api, "POST", "/announcements/claim", SCREEN, "May I say this call? Once only", body=AnnounceBody
)
def claim(asked: Asked) -> Response:
    """See docs/protocol.md."""
    service, wanted = asked.ctx.service, asked.body.sounding

    def run(tx: Transaction) -> Json:
        calls = service.board.calls.values()
        found = tx.announcements.claim(calls, wanted, asked.actor.id, tx.hall.day, tx.now.at)
        if found.row is not None:
            tx.keep(found.row)
        before = found.before
        return {
            "granted": found.row is not None,
            "why": found.why,
            "mine": before is not None and before.device == asked.actor.id,
            "outcome": (before.outcome or None) if before else None,
        }

    return deed(asked, run)


@operation(api, "POST", "/announcements/confirm", SCREEN, "How a call was said", body=SoundedBody)
def confirm(asked: Asked) -> Response:
    """See docs/protocol.md."""
    wanted, outcome = asked.body.sounding, asked.body.outcome

    def run(tx: Transaction) -> Json:
        row = tx.announcements.confirm(wanted, asked.actor.id, outcome)
        if row is None:
            raise UnknownClaim(call=wanted.call, zone=wanted.zone)
        tx.keep(row)
        return {"outcome": row.outcome}

    return deed(asked, run)
