"""FR-52, FR-53, T10: the faces on a window screen: all alike, none chosen, the visitor's alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.fake_controller import FakeController
from tests.browser.hall_page import Hall, NewPage
from tests.browser.screens import (
    catch_up,
    contrasts,
    hold_time,
    open_screen,
    pass_time,
    pull,
    serious_findings,
    until,
    wait,
)

pytestmark = pytest.mark.browser


NO = 5
OFFICIAL = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
ENGLISH = (
    *("Very satisfied", "Satisfied", "Fairly satisfied"),
    *("Dissatisfied", "Very dissatisfied"),
)
LOW = (2, 1)
#: A tablet of 10.1 inches, the smallest panel that a visitor rates on.
TABLET_MM_PER_PX = 10.1 * 25.4 / (1280**2 + 800**2) ** 0.5
SHAPES = [(1280, 800), (800, 1280), (1920, 1080)]


def visit(controller: FakeController, number: str = "R046", asking_s: float = 20) -> None:
    """Somebody is served at the window, and the window asks what they think of it."""
    call = controller.call(number, NO)
    controller.arrive(call)
    controller.finish(call, asking_s)


def asked(
    hall: Hall, new_page: NewPage, shape: tuple[int, int] = (1280, 800), held: bool = True
) -> Page:
    """A window's screen that shows the faces; ``held``: what it says next does not go by itself."""
    controller, cable = hall
    page = new_page(*shape)
    open_screen(page, f"{cable.url}/screens/window/{NO}", clock=held)
    if held:
        hold_time(page)
    visit(controller, asking_s=300)
    expect(page.locator(".rate.ask .face")).to_have_count(5)
    return page


def face(page: Page, level: int) -> None:
    page.locator(".face", has_text=OFFICIAL[level]).filter(
        has=page.get_by_text(OFFICIAL[level], exact=True)
    ).click()


def test_five_faces_are_equal_the_best_first_and_none_is_chosen(
    hall: Hall, new_page: NewPage
) -> None:
    page = asked(hall, new_page)
    assert page.locator(".face b").all_inner_texts() == list(OFFICIAL.values())
    assert page.locator(".face .en").all_inner_texts() == list(ENGLISH)
    looks = page.evaluate(
        """() => [...document.querySelectorAll('.face')].map((face) => {
          const size = (e) => { const b = e.getBoundingClientRect();
            return [b.width, b.height].map(Math.round); };
          const style = (e) => { const s = getComputedStyle(e);
            return [s.color, s.backgroundColor, s.opacity, s.borderColor, s.boxShadow]; };
          return JSON.stringify([size(face), style(face), size(face.querySelector('svg')),
            style(face.querySelector('svg')), getComputedStyle(face.querySelector('b')).fontSize]);
        })"""
    )
    assert len(set(looks)) == 1, looks
    chosen = "[aria-pressed='true'], [aria-selected='true'], [aria-checked='true'], :checked"
    assert page.locator(chosen).count() == 0
    assert page.evaluate("() => document.activeElement === document.body")


def test_each_level_rates_the_visit_that_the_window_asks_for(hall: Hall, new_page: NewPage) -> None:
    controller, _cable = hall
    page = asked(hall, new_page)
    for n, level in enumerate(OFFICIAL):
        number = "R046" if n == 0 else f"R05{n}"
        if n:
            visit(controller, number, 300)
            catch_up(page, controller)
            pass_time(page, 2, step=2)  # so soon after the last one the screen asks a moment later
            expect(page.locator(".rate.ask h1 + p")).to_contain_text(number)
        face(page, level)
        if level in LOW:
            expect(page.locator(".rate.why")).to_be_visible()
            page.get_by_role("button", name="不填了").click()
        expect(page.locator(".said")).to_contain_text("感谢您的评价")
        given = controller.ratings[-1]
        assert (given["token"], given["level"]) == (f"token-{number}", level)
    assert [one["level"] for one in controller.ratings] == list(OFFICIAL)


def test_a_low_level_may_be_explained_and_need_not(hall: Hall, new_page: NewPage) -> None:
    controller, _cable = hall
    page = asked(hall, new_page)
    face(page, 1)
    send = page.get_by_role("button", name="提交原因")
    expect(send).to_be_disabled()
    assert page.locator(".reasons [aria-pressed='true']").count() == 0
    assert [one.get("level") for one in controller.ratings] == [1], "kept before any reason"
    for reason in ("等候太久", "告知不清", "环境设施"):
        page.get_by_role("button", name=reason).click()
    page.get_by_role("button", name="环境设施").click()
    send.click()
    expect(page.locator(".said")).to_contain_text("感谢您的评价")
    wait(lambda: len(controller.ratings) == 2, "the reasons")
    assert controller.ratings[-1]["reasons"] == ["wait", "explanation"]
    assert controller.ratings[-1]["token"] == "token-R046"


def test_two_touches_are_one_rating(hall: Hall, new_page: NewPage) -> None:
    controller, _cable = hall
    page = asked(hall, new_page)
    held: list[Route] = []
    page.route(
        "**/rating", lambda route: held.append(route) if route.request.method == "POST" else None
    )
    face(page, 4)
    expect(page.locator(".rate.sending .face:disabled")).to_have_count(5)
    page.evaluate("() => document.querySelectorAll('.face').forEach((one) => one.click())")
    [only] = held
    only.continue_()
    expect(page.locator(".said")).to_contain_text("感谢您的评价")
    assert [one["level"] for one in controller.ratings] == [4]


def test_nobody_is_rated_by_silence(hall: Hall, new_page: NewPage) -> None:
    controller, _cable = hall
    page = asked(hall, new_page, held=False)
    left = page.locator(".left")
    expect(left).to_have_text(re.compile(r"^2\d\d$|^300$"))
    # The controller's clock rules: its next beats bring the end nearer.
    controller.clock_ahead_ms = 240_000
    expect(left).to_have_text(re.compile(r"^[1-5]?\d$|^60$"))
    controller.clock_ahead_ms = 301_000
    expect(page.locator(".now.idle")).to_be_visible()
    assert controller.ratings == []


def test_the_next_call_takes_the_faces_away(hall: Hall, new_page: NewPage) -> None:
    controller, _cable = hall
    page = asked(hall, new_page)
    controller.call("R050", NO)
    expect(page.locator(".now.calling .no")).to_have_text("R050")
    assert page.locator(".face").count() == 0
    assert controller.ratings == []


def test_a_visit_that_is_not_asked_for_shows_no_faces(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page(1280, 800)
    open_screen(page, f"{cable.url}/screens/window/{NO}")
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    visit(controller, asking_s=0)
    visit(controller, "R047", asking_s=0)
    controller.window(NO, state="paused", until=None)
    expect(page.locator(".now.paused")).to_be_visible()
    assert page.locator(".face").count() == 0
    assert [url for url in asked_for if "rating" in url] == []


@pytest.mark.parametrize(
    ("code", "shown"),
    [("rating-over", "评价没有送到"), ("already-rated", "感谢您的评价")],
)
def test_what_the_controller_refuses_is_said_in_plain_words(
    hall: Hall, new_page: NewPage, code: str, shown: str
) -> None:
    controller, _cable = hall
    page = asked(hall, new_page)
    refusal = {"status": 409, "json": {"code": code, "status": 409, "title": "Refused"}}
    page.route(
        "**/rating",
        lambda route: (
            route.fulfill(**refusal) if route.request.method == "POST" else route.fallback()
        ),
    )
    face(page, 5)
    expect(page.locator(".said")).to_contain_text(shown)
    assert controller.ratings == []


def test_an_old_board_asks_for_no_rating(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page(1280, 800)
    open_screen(page, f"{cable.url}/screens/window/{NO}", clock=True)
    visit(controller, asking_s=300)
    expect(page.locator(".rate.ask")).to_be_visible()
    hold_time(page)
    pull(page, controller, cable)
    pass_time(page, 16, cut_off=True)
    expect(page.locator(".stale")).to_be_visible()
    assert page.locator(".face").count() == 0
    cable.mend()


@pytest.mark.parametrize("shape", SHAPES, ids=["landscape", "portrait", "1080p"])
def test_faces_and_reasons_can_be_read_and_hit(
    hall: Hall, new_page: NewPage, shape: tuple[int, int]
) -> None:
    page = asked(hall, new_page, shape)
    low: dict[tuple[str, str], float] = {}

    def look(phase: str) -> None:
        until(page, "(p) => document.querySelector(`.rate.${p}`)", phase)
        low.update({(phase, text): r for text, r in contrasts(page).items() if r < 7})
        assert serious_findings(page, held=True) == []
        assert page.evaluate(CUT) == []
        unit = min(max(shape) / 1280, min(shape) / 800)
        smallest = page.evaluate(
            "() => Math.min(999, ...[...document.querySelectorAll('.rate button')].flatMap((one) =>"
            " { const b = one.getBoundingClientRect(); return [b.width, b.height]; }))"
        )
        assert smallest / unit * TABLET_MM_PER_PX >= 25, "25 mm for a finger"

    with hall[0].between_beats():  # the hall's time stands still, too
        look("ask")
        face(page, 2)
        look("why")
        page.get_by_role("button", name="等候太久").click()
        look("why")
        page.get_by_role("button", name="提交原因").click()
        look("thanks")
    assert low == {}


#: Texts of the rating that end outside the screen or their own key.
CUT = """
() => [...document.querySelectorAll(
  '.rate h1, .rate p, .face b, .face .en, .reasons span, .send button')].filter((e) => {
  const range = document.createRange();
  range.selectNodeContents(e);
  const a = range.getBoundingClientRect();
  const b = (e.closest('button') ?? document.body).getBoundingClientRect();
  return a.left < b.left || a.right > b.right + 1 || a.top < b.top - 1 || a.bottom > b.bottom + 1;
}).map((e) => e.textContent)
"""
