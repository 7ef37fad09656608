"""Whether this journal is the one that a kiosk knows, or an older copy of it.

Every heartbeat tells a kiosk the newest event and its digest, and the kiosk says at its next one
what it has heard. An event that this journal does not have, or has otherwise, shows that it was
restored from a backup: numbers that were given out since are not known here, and their holders
stand in the hall. Nobody else is given one of these (`controller.hall.commands.Doubt`).
"""

from pydantic import Field

from controller.deed import Deed, Json, Transaction
from controller.hall import commands as c
from controller.identity import Role
from controller.web.access import Asked, Body

DIGITS = 16
"""Of a digest, so many are told."""


class HeardBody(Body):
    """The newest event that the kiosk has heard of, and on which hall day."""

    day: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    seq: int = Field(ge=1, lt=2**53)
    digest: str = Field(pattern=rf"^[0-9a-f]{{{DIGITS}}}$")


def told(asked: Asked) -> Json:
    """The newest event, to be heard by the device that asks."""
    seq, digest = asked.ctx.service.head
    asked.ctx.heard[asked.actor.id] = seq, digest[:DIGITS]
    return {"seq": seq, "digest": digest[:DIGITS]}


def forgotten(asked: Asked, heard: HeardBody) -> bool:
    """Whether this journal lacks what a kiosk has heard of today; numbers are doubted then."""
    ctx = asked.ctx
    known = heard.seq, heard.digest
    if ctx.heard.get(asked.actor.id) == known or asked.actor.role is not Role.KIOSK:
        return False
    if heard.day != ctx.service.board.day:
        return False
    digest = ctx.service.ask(lambda journal: journal.digest(heard.seq))
    if digest[:DIGITS] == heard.digest:
        return False

    def run(tx: Transaction) -> Json:
        known = tx.identities.devices.values()
        kiosks = [d for d in known if d.kind == Role.KIOSK and d.state != "pending"]
        blocks = len(kiosks) * tx.hall.plan.rules.lease_blocks
        spare = blocks * ctx.config.policy.lease_numbers
        tx.do(c.Doubt(heard.seq, heard.digest, ctx.service.began, spare))
        return {}

    ctx.submit(Deed(asked.actor, run))
    return True
