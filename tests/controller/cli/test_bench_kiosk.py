"""The kiosk's bench: it counts what a finger does, and says when a number is not accounted for."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from controller.cli.bench.kiosk.faults import faults
from controller.cli.bench.kiosk.offline import OfflineFigures
from controller.cli.bench.kiosk.paper import Papers
from controller.cli.bench.kiosk.result import Result
from controller.cli.bench.kiosk.taps import NoWay, Taps, count
from controller.cli.bench.kiosk.touch import GROUPS
from controller.cli.bench.kiosk.visits import Visits
from controller.cli.demo.timing import Spread

REPOSITORY = Path(__file__).resolve().parents[3]
GOOD = Result(
    Visits(Taps(2, 4, 70), Papers(Spread(60, 150, 210, 40), Spread(5, 18, 19, 40)), 111.8),
    {"runs": 200, "printed": 56, "shown": 84, "void": 60, "unaccounted": 0},
    OfflineFigures(tickets=40, lost=0, doubled=0, out_of_order=0),
)


def test_the_result_has_the_keys_that_programs_read() -> None:
    assert GOOD.json() == {
        "tap_to_paper_p95_ms": 150,
        "taps_top8": 2,
        "taps_any": 4,
        "offline": {"tickets": 40, "lost": 0, "doubled": 0, "out_of_order": 0},
        "printer_faults": {"runs": 200, "unaccounted": 0},
        "rss_mib": 111.8,
    }


def test_the_table_puts_every_figure_beside_its_target_or_its_floor() -> None:
    table = GOOD.table()
    assert "ratio of p95: 8.3" in table
    for target in ("≤ 2", "≤ 4", "≤ 120", "≤ 1000"):
        assert target in table


@pytest.mark.parametrize("wrong", ["lost", "doubled", "out_of_order"])
def test_a_number_that_went_wrong_offline_is_not_good(wrong: str) -> None:
    assert GOOD.good
    assert not replace(GOOD, offline=replace(GOOD.offline, **{wrong: 1})).good


def test_a_number_without_an_end_is_not_good() -> None:
    assert not replace(GOOD, faults={**GOOD.faults, "unaccounted": 1}).good


def test_every_number_of_the_printer_faults_has_an_end() -> None:
    found = faults(9, seed=3)
    assert found["runs"] == 9 == found["printed"] + found["shown"] + found["void"]
    assert found["unaccounted"] == 0


# -- counting taps, on a page of one's own ------------------------------------------------------


@dataclass
class Spot:
    """Something that can be tapped."""

    name: str
    here: bool = True

    def count(self) -> int:
        return int(self.here)

    def is_enabled(self) -> bool:
        return self.here


@dataclass
class Tiles:
    names: list[str]

    def count(self) -> int:
        return len(self.names)

    def nth(self, place: int) -> Spot:
        return Spot(self.names[place])


@dataclass
class Touch:
    """A touch page as plain as can be: `PAGE` services of a group at a time."""

    top: list[str]
    groups: dict[str, list[str]]
    leads: dict[str, str] = field(default_factory=dict)
    """Tiles that lead somewhere else."""
    state: str = "home"
    came: str = "home"
    group: str | None = None
    page: int = 0
    chosen: str = ""
    taps: int = 0

    PAGE = 2

    def sees(self, state: str) -> None:
        assert self.state == state

    def lists(self, kind: str) -> bool:
        return self.state == "all" and (self.group is None) == (kind == GROUPS)

    def sees_list(self, kind: str) -> None:
        assert self.lists(kind)

    def sees_other_than(self, names: list[str]) -> None:
        assert self.names() != names

    def tap(self, what: Spot) -> None:
        self.taps += 1
        if what.name == "全部事项":
            self.state = self.came = "all"
        elif what.name == "返回" and self.state == "item":
            self.state = self.came
        elif what.name == "返回":
            self.state, self.group, self.page = self.came, None, 0
        elif what.name == "下一页":
            self.page += 1
        elif self.state == "all" and self.group is None:
            self.group = what.name
        else:
            self.state, self.chosen = "item", self.leads.get(what.name, what.name)

    def names(self) -> list[str]:
        if self.state == "home":
            return self.top
        if self.group is None:
            return list(self.groups)
        start = self.page * self.PAGE
        return self.groups[self.group][start : start + self.PAGE]

    @property
    def tiles(self) -> Tiles:
        return Tiles(self.names())

    @property
    def take(self) -> Spot:
        return Spot("取号")

    def button(self, name: str) -> Spot:
        more = (
            self.group is not None and self.names() != self.groups[self.group][-len(self.names()) :]
        )
        return Spot(name, more if name == "下一页" else True)

    def heading(self) -> str:
        return self.chosen


TOP, ALL = ["身份证"], {"户籍": ["身份证", "迁入"], "社保": ["参保", "领卡", "挂失"]}
DAY = {"身份证", "迁入", "参保", "领卡", "挂失"}


def counted(page: Touch, wanted: set[str] = DAY, most: int | None = None) -> Taps:
    return count(page, wanted, most, lambda text: None)  # type: ignore[arg-type]


def test_two_taps_lead_to_what_is_asked_for_most_and_four_or_a_page_more_to_the_rest() -> None:
    assert counted(Touch(TOP, ALL)) == Taps(top8=2, any=5, services=5)  # 挂失 is on a second page
    one_page = {"户籍": ["身份证", "迁入"], "社保": ["参保", "领卡"]}
    assert counted(Touch(TOP, one_page), DAY - {"挂失"}).any == 4


def test_a_service_that_no_way_leads_to_is_an_error() -> None:
    with pytest.raises(NoWay, match="婚姻登记"):
        counted(Touch(TOP, ALL), DAY | {"婚姻登记"})


def test_a_service_that_the_day_has_not_is_an_error() -> None:
    with pytest.raises(NoWay, match="挂失"):
        counted(Touch(TOP, ALL), DAY - {"挂失"})


def test_a_tile_that_leads_elsewhere_is_an_error() -> None:
    with pytest.raises(NoWay, match="参保 leads to 领卡"):
        counted(Touch(TOP, ALL, leads={"参保": "领卡"}))


def test_a_walk_may_end_early() -> None:
    assert counted(Touch(TOP, ALL), most=2).services == 2


# -- the command --------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.timeout(300)
@pytest.mark.long
def test_the_command_measures_a_kiosk_of_real_processes() -> None:
    if not Path("/usr/bin/chromium").exists():
        pytest.skip("Chromium is not installed")
    few = ["--papers", "2", "--services", "9", "--faults", "4"]
    alone = ["--offline-seconds", "6", "--offline-tickets", "3"]
    run = subprocess.run(
        [sys.executable, "-m", "controller.cli", "bench", "kiosk", "--json", *few, *alone],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    assert found.pop("tap_to_paper_p95_ms") > 0
    assert found.pop("rss_mib") > 0
    sound = {"tickets": 3, "lost": 0, "doubled": 0, "out_of_order": 0}
    assert found == {
        "taps_top8": 2,
        "taps_any": 4,
        "offline": sound,
        "printer_faults": {"runs": 4, "unaccounted": 0},
    }
