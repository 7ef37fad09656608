"""Ratings 好差评: from the screen of the window where a visit ended, or by the code on its slip.
Nobody who works here has a hand in it (FR-52, FR-53, T10)."""

from flask import Blueprint, Response, jsonify, request
from pydantic import Field

from controller import rating
from controller.deed import Deed, Json, Transaction
from controller.hall import refusals as r
from controller.hall.ratings import EXPLAINED_WITHIN, LATE, LEVELS, LOW, Why
from controller.identity import STAFF_ROLES, Actor, Role
from controller.journal.base import VisitRow
from controller.views.wire import ms
from controller.web import errors as x
from controller.web.access import PUBLIC, Asked, CommandBody, bearer, json_text, operation
from controller.web.context import Context
from controller.web.deeds import SUPERVISOR, deed

api = Blueprint("ratings", __name__, url_prefix="/api/v1")

SCREEN = frozenset({Role.SCREEN})
MOST_REASONS = len(Why)


class LevelBody(CommandBody):
    """Which of the five faces, and the token that the screen was given for it."""

    token: str = Field(max_length=80)
    level: int = Field(ge=min(LEVELS), le=max(LEVELS))


class ReasonsBody(CommandBody):
    """Why the rating that was just given with this token is low."""

    token: str = Field(max_length=80)
    reasons: tuple[Why, ...] = Field(min_length=1, max_length=MOST_REASONS)


class SlipBody(CommandBody):
    """A rating by the code on the slip."""

    code: str = Field(min_length=6, max_length=12)
    level: int = Field(ge=min(LEVELS), le=max(LEVELS))
    reasons: tuple[Why, ...] = Field(default=(), max_length=MOST_REASONS)


def own_window(ctx: Context, actor: Actor, no: int) -> None:
    """Refuse a screen that was not approved as this window's."""
    if ctx.service.identities.devices[actor.id].room != f"window:{no}":
        raise x.NotTheWindowsScreen(window=no)


def _asking(ctx: Context, no: int) -> VisitRow | None:
    """The visit that the window asks to rate now."""
    service = ctx.service
    asking = service.board.ratings.asking.get(no)
    late = asking is not None and service.clock.instant() > asking.until + LATE
    return service.visits.rows.get(asking.ticket) if asking and not late else None


@operation(api, "GET", "/windows/<int:no>/rating", SCREEN, "What a window's screen may rate 评价")
def may_rate(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    ctx = asked.ctx
    own_window(ctx, asked.actor, no)
    with ctx.service.lock:
        visit = _asking(ctx, no)
        asking = ctx.service.board.ratings.asking.get(no)
    if visit is None or asking is None:
        return jsonify(rating=None)
    token = ctx.ratings.make(visit, asked.actor.id)
    told = {"token": token, "number": asking.number, "until": ms(asking.until)}
    return jsonify(rating=told)


@operation(
    api,
    "POST",
    "/windows/<int:no>/rating",
    SCREEN,
    "Rate the visit that has just ended 评价",
    body=LevelBody,
    status=201,
)
def rate(asked: Asked, no: int) -> Response:
    """See docs/protocol.md. The token names the visit: one that comes late rates no other."""
    ctx, body = asked.ctx, asked.body
    own_window(ctx, asked.actor, no)

    def run(tx: Transaction) -> Json:
        ticket = tx.last_visit(no)
        visit = tx.visit(ticket) if ticket else None
        if visit is None or not ctx.ratings.fits(body.token, visit, asked.actor.id):
            raise r.RatingOver(days=tx.hall.plan.rules.rating_days)
        seq = rating.rate_at_window(tx, visit.ticket, no, body.level)
        ctx.ratings.note(body.token, seq, tx.now.at)
        return {"seq": seq, "low": body.level in LOW}

    return deed(asked, run, status=201, no=no)


@operation(
    api,
    "POST",
    "/windows/<int:no>/rating/reasons",
    SCREEN,
    "Say why it is low 差评原因",
    body=ReasonsBody,
)
def reasons(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    ctx, body = asked.ctx, asked.body
    own_window(ctx, asked.actor, no)

    def run(tx: Transaction) -> Json:
        seq, at = ctx.ratings.given.get(body.token, (0, 0))
        if not seq or tx.now.at - at > EXPLAINED_WITHIN:
            raise r.RatingOver(days=tx.hall.plan.rules.rating_days)
        rating.explain(tx, seq, tuple(map(str, dict.fromkeys(body.reasons))))
        ctx.ratings.given[body.token] = (0, 0)
        return {"seq": tx.seq}

    return deed(asked, run, no=no)


@operation(
    api,
    "POST",
    "/ratings",
    PUBLIC,
    "Rate a visit by the code on its slip 扫码评价",
    body=SlipBody,
    status=201,
)
def rate_by_code(asked: Asked) -> Response:
    """See docs/protocol.md."""
    ctx, body = asked.ctx, asked.body
    now = ctx.service.clock.instant()
    who = ctx.service.identities.actor(bearer(), now) if bearer() else None
    if who is not None and who.role in STAFF_ROLES:
        raise x.Forbidden(role=str(who.role))
    caller = request.remote_addr or ""
    ctx.rating_requests.check(caller, now)
    ctx.rating_requests.count(caller, now)
    ctx.rating_codes.check(caller, now)
    given = tuple(map(str, dict.fromkeys(body.reasons)))

    def run(tx: Transaction) -> Json:
        return {"seq": rating.rate_by_code(tx, body.code, body.level, given)}

    known = f"rating {body.model_dump_json(exclude={'request_id'})}"
    answer, status = ctx.submit(Deed(None, run, body.request_id, known, 201))
    if status == r.UnknownSlip.status:
        ctx.rating_codes.count(caller, now)
    return json_text(answer, status)


@operation(
    api, "GET", "/ratings", SUPERVISOR | {Role.AUDITOR}, "How today's visits were rated 评价"
)
def ratings(asked: Asked) -> Response:
    """See docs/protocol.md. Who did not rate is counted apart, never as satisfied (FR-53)."""
    service = asked.ctx.service
    with service.lock:
        board, found = service.board, service.board.ratings
        windows = sorted(found.visits.keys() | found.given.keys())
        per_window = [
            {
                "window": no,
                "visits": found.visits[no],
                "rated": found.rated(no),
                "low": found.low(no),
            }
            for no in windows
        ]
        visits, rated = found.visits.total(), sum(found.rated(no) for no in windows)
        return jsonify(
            seq=board.seq,
            day=board.day,
            visits=visits,
            rated=rated,
            unrated=visits - rated,
            by_slip=found.by_slip,
            fast=found.fast,
            levels={str(level): n for level, n in found.levels().items()},
            reasons=dict(found.reasons),
            windows=per_window,
            asked_for_s=board.plan.rules.rating_asked_for // 1_000_000,
        )
