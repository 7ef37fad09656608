"""What is foretold to everybody at once: what a newcomer waits, by zone or by skill."""

from collections.abc import Callable

from controller.hall.instants import Instant
from controller.hall.plan import Skill as PlanSkill
from controller.views.waits import Waits
from controller.web.context import Context


def waits_by_zone(ctx: Context, now: Instant) -> Waits | None:
    """By the zone in which people wait. None unless something fresh is known."""
    return _waits(ctx, now, lambda skill: skill.zone)


def waits_by_skill(ctx: Context, now: Instant) -> Waits | None:
    """By skill. None unless something fresh is known."""
    return _waits(ctx, now, lambda skill: skill.id)


def _waits(ctx: Context, now: Instant, place: Callable[[PlanSkill], str]) -> Waits | None:
    """Of the services of a place each counts as often as somebody comes for it on a usual day."""
    forecasts, service = ctx.forecasts, ctx.service
    if not forecasts.fresh(now):
        return None
    plan = service.board.plan
    daily = ctx.usual.demand(plan, service.hall.known).daily
    weights: dict[str, dict[str, float]] = {}
    for code, many in daily.items():
        weights.setdefault(place(plan.skills[plan.skill_of(code)]), {})[code] = many
    found = {name: forecasts.among(of, now) for name, of in weights.items()}
    told = {name: (wait.low, wait.high) for name, wait in found.items() if wait is not None}
    return Waits(forecasts.confirmed, told)
