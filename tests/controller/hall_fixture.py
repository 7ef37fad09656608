"""A small hall for tests: three windows, four items, two series; and a clock that tests move."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from controller.clock import moment
from controller.hall.instants import SECOND, Instant, Moment
from controller.hall.plan import Group, Plan, Rules, Service, Skill, WindowPlan

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> Instant:
    """The instant of a wall-clock time in the hall, ``2026-03-17 09:00:00``."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp()) * SECOND


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, text: str = "2026-03-17 09:00:00") -> None:
        self.at = at(text)

    def instant(self) -> Instant:
        return self.at

    def now(self) -> Moment:
        return moment(self.at, ZONE)

    def forward(self, seconds: float) -> None:
        self.at += int(seconds * SECOND)

    def set(self, text: str) -> None:
        self.at = at(text)


def small_plan(**rules: object) -> Plan:
    """Windows 1 (civil), 2 (civil and tax) and 3 (tax)."""
    return Plan(
        services={
            "C-1": Service("C-1", "civil", 10),
            "C-2": Service("C-2", "civil", 5),
            "T-1": Service("T-1", "tax", 8),
            "T-2": Service("T-2", "tax", 4),
        },
        skills={"civil": Skill("civil", "C", "A"), "tax": Skill("tax", "F", "B")},
        windows={
            1: WindowPlan(1, "A", frozenset({"civil"})),
            2: WindowPlan(2, "A", frozenset({"civil", "tax"})),
            3: WindowPlan(3, "B", frozenset({"tax"})),
        },
        rules=Rules(**rules),  # type: ignore[arg-type]
        groups={
            "elder": Group("elder", "priority", 3.1, by_card=True),
            "eldest": Group("eldest", "priority", 4.0, by_card=True),
            "disabled": Group("disabled", "priority", 3.1),
        },
    )


def low_plan(*low: int, plan: Plan | None = None) -> Plan:
    """The small hall, or another, where wheelchairs can come to these windows."""
    plan = plan or small_plan()
    windows = {no: replace(w, low_counter=no in low) for no, w in plan.windows.items()}
    return replace(plan, windows=windows)


def auto_plan(*windows: int, **rules: object) -> Plan:
    """The small hall, where these windows are offered tickets by themselves."""
    plan = small_plan(**rules)
    auto = {no: replace(w, auto=no in windows) for no, w in plan.windows.items()}
    return replace(plan, windows=auto)
