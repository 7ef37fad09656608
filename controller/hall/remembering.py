"""A plan that still knows what a past day names, for ending that day under a changed
configuration."""

from collections.abc import Iterable
from dataclasses import replace

from controller.hall.events import Event, TicketIssued, TicketRedirected, WindowEvent
from controller.hall.plan import Plan, Service, Skill, WindowPlan

GONE = "(gone)"


def remembering(plan: Plan, events: Iterable[Event]) -> Plan:
    """`plan`, and whatever the events name that it no longer has: items and windows without skill.

    Nobody is called under it: the next event ends the day.
    """
    services, windows = dict(plan.services), dict(plan.windows)
    for event in events:
        if isinstance(event, TicketIssued):
            for code in event.items:
                services.setdefault(code, Service(code, GONE, 0.0))
        elif isinstance(event, TicketRedirected):
            services.setdefault(event.service, Service(event.service, GONE, 0.0))
        elif isinstance(event, WindowEvent):
            windows.setdefault(event.window, WindowPlan(event.window, GONE, frozenset()))
    if len(services) == len(plan.services) and len(windows) == len(plan.windows):
        return plan
    skills = {**plan.skills, GONE: Skill(GONE, "", GONE)}
    return replace(plan, services=services, windows=windows, skills=skills)
