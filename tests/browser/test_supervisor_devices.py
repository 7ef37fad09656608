"""Kiosks and screens on the supervisor's page: in words, the worst first, without asking."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect

from kiosk.readers.base import Down, ReaderKind
from kiosk.readers.condition import SAYINGS
from printers.status import PrinterState, PrinterStatus
from tests.browser.desk_checks import overflows, violations
from tests.browser.desks import SUPERVISOR, NewPage, sign_in_at
from tests.browser.test_supervisor import tab
from tests.controller.web.process import House, Process, until

pytestmark = pytest.mark.browser

WELL = {"printer": "ok", "resident_id": "ok", "chip_card": "ok", "scanner": "ok"}
FIRST, SECOND, SCREEN = "1 号取号机", "2 号取号机", "大厅东屏"


class Machines:
    """Three devices that say how they are every half second."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.says: dict[str, dict[str, str] | None] = {}
        self._stop = threading.Event()
        for name in (FIRST, SECOND, SCREEN):
            house.device(name, "screen" if name == SCREEN else "kiosk")
        self.well()
        self._thread = threading.Thread(target=self._talk, daemon=True)
        self._thread.start()

    def well(self) -> None:
        self.says = {FIRST: dict(WELL), SECOND: dict(WELL), SCREEN: {"display": "ok"}}

    def close(self) -> None:
        self._stop.set()
        self._thread.join()

    def _talk(self) -> None:
        while not self._stop.wait(0.5):
            for name, words in dict(self.says).items():
                if words is not None:
                    client = self.house.client(name)
                    client.post("/devices/me/health", {"health": words})


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    process = Process(tmp_path_factory.mktemp("devices") / "hall").start()
    house = House(process)
    house.staff(SUPERVISOR, "supervisor")
    machines = Machines(house)
    yield machines
    machines.close()
    process.stop()


@pytest.fixture
def machines(hall: Machines) -> Machines:
    hall.well()
    return hall


@pytest.fixture
def panel(machines: Machines, new_page: NewPage) -> Locator:
    """The tab of the devices, on which everything is well."""
    page = sign_in_at(machines.house, new_page(1366, 768), "/supervisor", SUPERVISOR)
    found = tab(page, "设备")
    expect(found.locator(".devices > li.ok")).to_have_count(3)
    return found


def entry(panel: Locator, name: str) -> Locator:
    return panel.locator(".devices > li", has=panel.page.get_by_text(name, exact=True))


def tab_button(panel: Locator) -> Locator:
    return panel.page.locator(".tabs").get_by_role("button", name="设备")


def test_devices_that_are_well_are_told_in_one_line_each(panel: Locator) -> None:
    expect(entry(panel, FIRST)).to_contain_text("身份证阅读器 正常")
    expect(panel.locator("h2 small")).to_have_text("3 台，需要处理 0 台")
    expect(tab_button(panel)).to_have_text("设备")


def test_a_fault_comes_to_the_top_in_both_languages_by_itself(
    panel: Locator, machines: Machines
) -> None:
    machines.says[SECOND] = {**WELL, "printer": "paper_out", "scanner": "gone"}
    first = panel.locator(".devices > li").first
    expect(first).to_contain_text(SECOND)
    words = PrinterStatus(PrinterState.PAPER_OUT)
    for text in ("缺纸", words.zh, words.en, "刚刚", SAYINGS[Down.GONE].zh):
        expect(first).to_contain_text(text)
    expect(tab_button(panel)).to_have_text("设备 1")
    expect(tab_button(panel)).to_have_class("urgent")
    alarms = tab(panel.page, "提醒")
    expect(alarms.locator(".alarms li").first).to_contain_text(f"{SECOND}：{words.zh}")
    expect(alarms.locator(".alarms li").first).to_contain_text("设备故障")
    machines.well()
    expect(alarms.locator(".alarms li")).to_have_count(0)


def test_a_kiosk_that_falls_silent_is_told_with_the_time_of_its_last_word(
    panel: Locator, machines: Machines
) -> None:
    machines.says[FIRST] = None
    first = panel.locator(".devices > li").first
    expect(first).to_contain_text("没有联系")
    expect(first).to_contain_text(re.compile(r"\d\d:\d\d 起"))
    expect(first).to_contain_text("可能断网或断电")
    machines.well()
    expect(panel.locator(".devices > li.ok")).to_have_count(3)


def test_a_screen_that_is_switched_off_is_less_urgent(panel: Locator, machines: Machines) -> None:
    machines.says[SCREEN] = None
    expect(entry(panel, SCREEN)).to_have_class("warn")
    expect(tab_button(panel)).not_to_have_class("urgent")


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.long)])
def test_no_raw_word_of_any_device_stands_on_the_page(
    panel: Locator, machines: Machines, lang: str
) -> None:
    if lang == "en":
        panel.page.get_by_role("button", name="EN", exact=True).click()
    pairs = [("printer", state.value) for state in PrinterState]
    pairs += [("resident_id", down.value) for down in Down]
    pairs += [("staff", "card_left"), ("new_part", "new_word")]
    codes = [word for word in [*sum(pairs, ()), *ReaderKind] if "_" in word]
    for part, word in pairs:
        machines.says[FIRST] = {**WELL, part: word}
        with settled(panel, machines):
            text = panel.inner_text()
        assert [code for code in codes if code in text] == []


@contextmanager
def settled(panel: Locator, machines: Machines) -> Iterator[None]:
    """The page shows what the controller now says of the first kiosk."""
    client = machines.house.client(SUPERVISOR)
    wanted = machines.says[FIRST]

    def said() -> bool:
        listed = client.get("/devices")["devices"]
        return next(d for d in listed if d["name"] == FIRST)["health"] == wanted

    until(said, "the controller's word")
    listed = client.get("/devices")["devices"]
    worst = next(d for d in listed if d["name"] == FIRST)["conditions"][0]
    lang = "en" if panel.page.locator("html").get_attribute("lang") == "en" else "zh"
    expect(entry(panel, FIRST)).to_contain_text(worst["short"][lang])
    yield


@pytest.mark.parametrize(
    ("size", "lang"), [((1366, 768), "zh"), ((683, 384), "en")], ids=["desk-zh", "zoomed-en"]
)
def test_the_devices_are_accessible_and_whole(
    panel: Locator, machines: Machines, lang: str, size: tuple[int, int]
) -> None:
    page: Page = panel.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    if lang == "en":
        page.get_by_role("button", name="EN", exact=True).click()
    machines.says[FIRST] = {**WELL, "printer": "cutter", "resident_id": "not_authorised"}
    machines.says[SECOND] = {**WELL, "printer": "near_end", "slips_left": "23", "staff": "asked"}
    machines.says[SCREEN] = None
    expect(panel.locator(".devices > li.bad")).to_have_count(1)
    expect(panel.locator(".devices > li.warn")).to_have_count(2)
    assert violations(page) == []
    assert overflows(page) == []


def test_a_screen_whose_picture_stands_still_is_told_with_what_to_do(
    machines: Machines, panel: Locator
) -> None:
    screen = panel.locator(".devices > li").filter(has_text=SCREEN)
    for word, short, say in (
        ("stale", "画面没有更新", "请检查网线"),
        ("hung", "画面停住", "正在自动重新打开浏览器"),
        ("gone", "没有画面", "请看屏幕是否亮着"),
    ):
        machines.says[SCREEN] = {"display": word}
        expect(screen).to_contain_text(short)
        expect(screen).to_contain_text(say)
    expect(screen).to_have_class("bad")
    machines.says[SCREEN] = {"display": "fresh"}
    expect(screen).to_have_class("ok")
