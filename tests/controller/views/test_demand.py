"""The usual day: what was learned counts, and the configuration as far as few days were."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config import DEMO, HallConfig, load_hall
from controller.catalogue import plan_of
from controller.hall.knowledge import Knowledge, Observed
from controller.hall.learning import GUESS_DAYS
from controller.hall.model import first_guess
from controller.hall.plan import Plan
from controller.views.demand import Demand, Usual, demand

CODE = "RS-003"
NINE, TEN, NOON = 9 * 60, 10 * 60, 12 * 60


@pytest.fixture(scope="module")
def config() -> HallConfig:
    return load_hall(DEMO)


@pytest.fixture(scope="module")
def plan(config: HallConfig) -> Plan:
    return plan_of(config)


@pytest.fixture
def configured(config: HallConfig, plan: Plan) -> Demand:
    return demand(config, plan, first_guess(plan))


def learned(days: float, **changes: object) -> Knowledge:
    return replace(Knowledge(days=days), **changes)  # type: ignore[arg-type]


def test_before_any_day_the_configuration_is_believed(
    config: HallConfig, configured: Demand
) -> None:
    item = next(i for i in config.items if i.code == CODE)
    assert configured.days == 0
    assert configured.daily[CODE] == item.daily
    assert configured.minutes[CODE] == pytest.approx(item.minutes)
    assert configured.share(0, 24 * 60) == pytest.approx(1)


def test_what_was_learned_is_expected(config: HallConfig, plan: Plan) -> None:
    observed = {f"05{n:02d}": {CODE: Observed(40.0, 300)} for n in range(1, 9)}
    found = demand(config, plan, learned(20, expected={CODE: 77.0}, observed=observed))
    assert found.days == 20
    assert found.daily[CODE] == 77
    assert found.minutes[CODE] == pytest.approx(40, rel=0.1)


def test_people_come_when_they_came(config: HallConfig, plan: Plan, configured: Demand) -> None:
    all_at_nine = {NINE // 15: 300.0}
    found = demand(config, plan, learned(198, profile=all_at_nine))
    belief = 198 / (198 + GUESS_DAYS)
    plan_of_nine = configured.share(NINE, NINE + 15)
    assert found.share(NINE, NINE + 15) == pytest.approx(belief + (1 - belief) * plan_of_nine)
    assert found.share(0, 24 * 60) == pytest.approx(1)


def test_a_first_day_that_began_at_noon_does_not_empty_the_morning(
    config: HallConfig, plan: Plan, configured: Demand
) -> None:
    afternoon = dict.fromkeys(range(NOON // 15, 17 * 4), 10.0)
    found = demand(config, plan, learned(1, profile=afternoon))
    assert found.share(NINE, TEN) == pytest.approx(configured.share(NINE, TEN) * 2 / 3)


def test_it_is_worked_out_once_for_what_is_known(config: HallConfig, plan: Plan) -> None:
    usual, known = Usual(config), first_guess(plan)
    first = usual.demand(plan, known)
    assert usual.demand(plan, known) is first
    assert usual.demand(plan, learned(3, expected={CODE: 5.0})).daily[CODE] == 5
