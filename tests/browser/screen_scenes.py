"""The states of the wall screens, as scenes that play before a page: what the pictures show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from controller.cli.demo.cable import Cable
from tests.browser.fake_controller import FakeController, now_ms
from tests.browser.screens import hold_time, open_screen, pass_time, until

LANDSCAPE, PORTRAIT, PHONE = (1920, 1080), (1080, 1920), (412, 915)
WALL = (LANDSCAPE, PORTRAIT)
NO = 5
HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Stage:
    """A page before a controller that shows what a scene says."""

    page: Page
    controller: FakeController
    cable: Cable

    def open(self, path: str = "hall", clock: bool = False) -> None:
        open_screen(self.page, f"{self.cable.url}/screens/{path}", clock)

    def settle(self) -> None:
        """Until all letters and signs are drawn."""
        self.page.evaluate("() => document.fonts.ready.then(() => true)")

    def fill(self, windows: tuple[int, ...] = (11, 9, 19, 13)) -> None:
        """A hall in the middle of its morning: these windows have called."""
        board = self.controller.board
        board.waits = {z: [n, n + 10] for z, n in zip("ABCDE", (10, 15, 20, 5, 10), strict=True)}
        for n, number in enumerate(("X011", "H027", "M038", "F038")):
            self.controller.call(number, windows[n], ago_s=160 - 40 * n, quietly=True)
        passed = self.controller.call("H019", windows[1], ago_s=300, quietly=True)
        self.controller.pass_over(passed, quietly=True)

    def lose(self) -> None:
        """The network is down for a quarter of a minute and more."""
        hold_time(self.page)
        self.cable.freeze()
        pass_time(self.page, 17, cut_off=True)
        until(self.page, "() => document.querySelector('.stale')")
        self.cable.mend()

    def visit(self, asking_s: float = 300) -> None:
        """Somebody was served at the window, which asks for a rating."""
        call = self.controller.call("R046", NO)
        self.controller.arrive(call)
        self.controller.finish(call, asking_s)
        self.page.locator(".rate.ask .face").first.wait_for()


Play = Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """A state and how to come to it."""

    name: str
    play: Play
    shapes: tuple[tuple[int, int], ...] = (LANDSCAPE,)


SCENES: list[Scene] = []


def scene(name: str, *shapes: tuple[int, int]) -> Callable[[Play], Play]:
    def take(play: Play) -> Play:
        SCENES.append(Scene(name, play, shapes or (LANDSCAPE,)))
        return play

    return take


# ── hall and zone ────────────────────────────────────────────────────────────────────────────────


def _calling(stage: Stage, path: str = "hall", *windows: int) -> None:
    stage.fill(*([windows] if windows else []))
    stage.open(path)
    stage.controller.call("R046", NO)
    until(stage.page, "() => document.querySelector('.call.new')?.dataset.number === 'R046'")


@scene("hall a new call", *WALL)
def hall_new(stage: Stage) -> None:
    _calling(stage)


@scene("hall several at once", *WALL)
def hall_several(stage: Stage) -> None:
    stage.fill()
    stage.open(clock=True)
    hold_time(stage.page)
    for number, window in (("R046", 5), ("R047", 6), ("H028", 12)):
        stage.controller.call(number, window)
    until(stage.page, "() => document.querySelectorAll('.list li').length >= 4")
    pass_time(stage.page, 5)


@scene("hall a recall", LANDSCAPE)
def hall_recall(stage: Stage) -> None:
    stage.fill()
    stage.open()
    stage.controller.recall(min(stage.controller.board.calls))
    until(stage.page, "() => document.querySelector('.call.new')?.dataset.number === 'X011'")


@scene("hall nothing new", *WALL)
def hall_steady(stage: Stage) -> None:
    stage.fill()
    stage.open()
    until(stage.page, "() => document.querySelector('.call:not(.new)')")


@scene("hall a paused window", LANDSCAPE)
def hall_paused(stage: Stage) -> None:
    stage.fill()
    stage.controller.tell(quietly=True)
    stage.controller.board.windows[8] |= {"state": "paused", "until": now_ms() + HOUR_MS}
    stage.open()
    expect(stage.page.locator(".note .text")).to_contain_text("8 号窗口")


@scene("hall a notice", *WALL)
def hall_notice(stage: Stage) -> None:
    stage.fill()
    stage.controller.tell("三号电梯检修，请走东侧楼梯，行动不便者请到咨询台")
    stage.open()
    expect(stage.page.locator(".note .text")).to_contain_text("三号电梯")


@scene("hall called without sound", LANDSCAPE)
def hall_silent(stage: Stage) -> None:
    stage.controller.board.silent = {"B"}
    _calling(stage)


@scene("hall nobody called", *WALL)
def hall_empty(stage: Stage) -> None:
    stage.open()
    expect(stage.page.locator(".slide")).to_contain_text("暂无叫号")


@scene("hall closed", *WALL)
def hall_closed(stage: Stage) -> None:
    board = stage.controller.board
    board.hall_open, board.opens_at = False, now_ms() + 20 * HOUR_MS
    board.waiting = dict.fromkeys(board.waiting, 0)
    stage.controller.tell(quietly=True)
    stage.open()
    expect(stage.page.locator(".slide")).to_contain_text("当前不在服务时间")


@scene("hall may be old", *WALL)
def hall_stale(stage: Stage) -> None:
    stage.fill()
    stage.open(clock=True)
    stage.lose()


@scene("hall connecting", LANDSCAPE)
def hall_connecting(stage: Stage) -> None:
    stage.cable.cut()
    _blank(stage, "hall")
    expect(stage.page.locator(".slide")).to_contain_text("正在连接")


def _blank(stage: Stage, path: str) -> None:
    """The page comes from the fake controller itself; only its socket is cut."""
    stage.page.route("**/socket.io/**", lambda route: route.abort())
    stage.page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    stage.cable.mend()
    stage.page.goto(f"{stage.cable.url}/screens/{path}#token=none")


@scene("hall not enrolled", LANDSCAPE)
def hall_enrol(stage: Stage) -> None:
    stage.page.goto(f"{stage.cable.url}/screens/hall")
    expect(stage.page.locator(".code")).to_be_visible()


@scene("hall cannot be read", LANDSCAPE)
def hall_unreadable(stage: Stage) -> None:
    stage.page.goto(f"{stage.cable.url}/screens/hall?panel=32&distance=12#token=none")
    expect(stage.page.locator(".slide")).to_contain_text("看不清")


def _alarm(kind: str, path: str, drill: bool = False) -> Play:
    def play(stage: Stage) -> None:
        stage.fill()
        stage.open(path)
        stage.controller.alarm(kind, drill)
        stage.page.locator(f".emergency.{kind}").wait_for()

    return play


for _kind in ("fire", "evacuate", "shelter", "suspended"):
    _shapes = WALL if _kind == "fire" else (LANDSCAPE,)
    scene(f"hall emergency {_kind}", *_shapes)(_alarm(_kind, "hall"))
scene("hall emergency drill", *WALL)(_alarm("evacuate", "hall", drill=True))


@scene("zone a new call")
def zone_new(stage: Stage) -> None:
    _calling(stage, "zone/B", 1, 2, 7, 3)


@scene("zone nobody called")
def zone_empty(stage: Stage) -> None:
    stage.controller.board.waits = {"E": [5, 15]}
    stage.open("zone/E")
    expect(stage.page.locator(".slide")).to_contain_text("暂无叫号")


scene("zone emergency drill")(_alarm("shelter", "zone/B", drill=True))


# ── window ───────────────────────────────────────────────────────────────────────────────────────


@scene("window called", *WALL)
def window_calling(stage: Stage) -> None:
    stage.open(f"window/{NO}")
    stage.controller.call("R046", NO)
    stage.page.locator(".now.calling").wait_for()


@scene("window called again")
def window_recall(stage: Stage) -> None:
    window_calling(stage)
    stage.controller.recall(max(stage.controller.board.calls))
    stage.page.locator(".again").wait_for()


@scene("window called without sound")
def window_silent(stage: Stage) -> None:
    stage.controller.board.silent = {"B"}
    window_calling(stage)
    stage.page.locator(".hush").wait_for()


@scene("window serving", *WALL)
def window_serving(stage: Stage) -> None:
    stage.open(f"window/{NO}")
    stage.controller.arrive(stage.controller.call("R046", NO))
    stage.page.locator(".now.serving").wait_for()


@scene("window free", *WALL)
def window_idle(stage: Stage) -> None:
    stage.open(f"window/{NO}")
    stage.page.locator(".now.idle").wait_for()


def _window(state: str, until_ms: int | None) -> Play:
    def play(stage: Stage) -> None:
        stage.open(f"window/{NO}")
        stage.controller.window(NO, state=state, until=until_ms)
        stage.page.locator(f".now.{state}").wait_for()

    return play


scene("window paused", *WALL)(_window("paused", now_ms() + HOUR_MS))
scene("window closed", *WALL)(_window("closed", None))


@scene("window may be old", *WALL)
def window_stale(stage: Stage) -> None:
    stage.controller.call("R046", NO, quietly=True)
    stage.open(f"window/{NO}", clock=True)
    stage.lose()


@scene("window connecting")
def window_connecting(stage: Stage) -> None:
    _blank(stage, f"window/{NO}")
    stage.page.locator(".now.connecting").wait_for()


scene("window emergency", *WALL)(_alarm("fire", f"window/{NO}"))
scene("window emergency drill")(_alarm("evacuate", f"window/{NO}", drill=True))


# ── rating ───────────────────────────────────────────────────────────────────────────────────────


@scene("rating asked", *WALL)
def rating_ask(stage: Stage) -> None:
    stage.open(f"window/{NO}")
    stage.visit(asking_s=20)


@scene("rating low: why", *WALL)
def rating_why(stage: Stage) -> None:
    stage.open(f"window/{NO}")
    stage.visit()
    stage.page.locator(".face").last.click()
    stage.page.get_by_role("button", name="告知不清").click()


@scene("rating given", *WALL)
def rating_thanks(stage: Stage) -> None:
    stage.open(f"window/{NO}")
    stage.visit()
    stage.page.locator(".face").first.click()
    expect(stage.page.locator(".said")).to_contain_text("感谢您的评价")


@scene("rating did not arrive")
def rating_late(stage: Stage) -> None:
    late = {"code": "rating-over", "status": 409, "title": "Over"}
    stage.page.route(
        "**/rating",
        lambda route: (
            route.fulfill(status=409, json=late)
            if route.request.method == "POST"
            else route.fallback()
        ),
    )
    stage.open(f"window/{NO}")
    stage.visit()
    stage.page.locator(".face").first.click()
    expect(stage.page.locator(".said")).to_contain_text("评价没有送到")


@scene("rate by the slip", PHONE)
def rate_form(stage: Stage) -> None:
    stage.page.goto(f"{stage.cable.url}/rate#7K3M2Q")
    stage.page.get_by_role("radio").first.check()


@scene("rate low: why", PHONE)
def rate_low(stage: Stage) -> None:
    stage.page.goto(f"{stage.cable.url}/rate#7K3M2Q")
    stage.page.get_by_role("radio").last.check()
    stage.page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
