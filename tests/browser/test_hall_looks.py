"""How the hall display looks: heights, contrast, nothing cut off, nobody named."""

from __future__ import annotations

import json
import re

import pytest

from display.legibility import Panel, px, sizes
from tests.browser.fake_controller import FakeController
from tests.browser.hall_page import (
    LANDSCAPE,
    PORTRAIT,
    Hall,
    NewPage,
    open_hall,
)
from tests.browser.screens import (
    contrasts,
    hold_time,
    pass_time,
    pull,
    serious_findings,
    until,
)

pytestmark = pytest.mark.browser


def fill(controller: FakeController) -> None:
    """The widest numbers everywhere."""
    for window, number in ((19, "M888"), (11, "X011"), (13, "M038"), (20, "H027")):
        controller.call(number, window, ago_s=100, quietly=True)
    passed = [controller.call(n, w, ago_s=90, quietly=True) for n, w in (("H019", 9), ("F031", 14))]
    for call in passed:
        controller.pass_over(call, quietly=True)
    controller.call("M444", 24, quietly=True)
    controller.board.waits = {z: list(wait) for z, wait in WIDEST.items()}


WIDEST = {
    "A": (20, 25),
    "B": (20, 35),
    "C": (20, 45),
    "D": (20, 30),
    "E": (0, 20),
    "X": (0, 25),
    "Y": (20, 90),
}


@pytest.mark.parametrize(
    ("shape", "inches", "distance"),
    [
        pytest.param(LANDSCAPE, None, None),
        pytest.param(LANDSCAPE, 65, 8),
        pytest.param(PORTRAIT, 86, 10),
        pytest.param(LANDSCAPE, 86, 10, marks=pytest.mark.long),
        pytest.param(PORTRAIT, None, None, marks=pytest.mark.long),
        pytest.param(PORTRAIT, 65, 8, marks=pytest.mark.long),
    ],
)
def test_letters_have_the_calculated_height_and_nothing_is_cut(
    hall: Hall,
    new_page: NewPage,
    shape: tuple[int, int],
    inches: int | None,
    distance: float | None,
) -> None:
    controller, cable = hall
    fill(controller)
    page = new_page(*shape)
    query = f"?panel={inches}&distance={distance}" if inches else ""
    open_hall(page, cable, query=query)
    panel, away = Panel(inches or 55, *shape), distance or 8
    want = sizes(panel, away)
    until(
        page,
        "(px) => getComputedStyle(document.documentElement)"
        ".getPropertyValue('--glyph-row').trim() === px",
        f"{want.row}px",
    )
    # text-box trims a number's box to the digits: its height is the height of the ink.
    height = "(s) => document.querySelector(s).getBoundingClientRect().height"
    assert page.evaluate(height, ".call .no") == pytest.approx(want.call, abs=1.5)
    assert page.evaluate(height, ".call .win b") == pytest.approx(want.goto, abs=1.5)
    assert page.evaluate(height, ".list li b") == pytest.approx(want.row, abs=1.5)
    assert page.evaluate(height, ".call .no") >= px(panel, away, 60) - 1
    size = "(s) => parseFloat(getComputedStyle(document.querySelector(s)).fontSize)"
    assert page.evaluate(size, ".call .words .zh") * 0.92 == pytest.approx(want.word, abs=0.5)
    assert page.evaluate(size, ".zones") * 0.92 >= px(panel, away / 2, 130) - 0.5
    assert page.evaluate(size, ".bar .clock") * 0.92 >= px(panel, away / 2, 130) - 0.5
    pages = "notices", "passed numbers", "waits", "the last waits"
    for _turn in pages:
        assert page.evaluate(CUT) == []
        pass_time(page, 10)
    controller.board.waits = {zone: [100, 180] for zone in WIDEST}
    for _turn in range(len(WIDEST)):
        pass_time(page, 10)
        assert page.evaluate(CUT) == []


#: Every text that ends outside the screen, its own part of it, or under its neighbour.
CUT = """
() => {
  const found = [];
  const inside = (element, frame, slack) => {
    if (!element.textContent.trim()) return;
    const a = element.getBoundingClientRect(), b = frame.getBoundingClientRect();
    if (a.left < b.left - slack || a.right > b.right + slack || a.top < b.top - slack
      || a.bottom > b.bottom + slack) found.push(`${element.className}:${element.textContent}`);
  };
  const each = (selector, deed) => document.querySelectorAll(selector).forEach(deed);
  each('.call .no, .call .win, .call .say', (e) => inside(e, document.querySelector('.call'), 0));
  each('.list li', (e) => inside(e, document.querySelector('.list'), 1));
  each('.list li b', (e) => inside(e, e.closest('li'), 1));
  each('.list li', (row) => {
    const [number, window] = row.querySelectorAll('b');
    const range = document.createRange();
    range.selectNodeContents(number);
    const gap = window.getBoundingClientRect().left - range.getBoundingClientRect().right;
    if (gap < 12) found.push(`gap ${gap}: ${row.textContent}`);
  });
  each('.zones li', (e) => inside(e, document.querySelector('.zones'), 0));
  each('.note p', (e) => inside(e, document.querySelector('.note'), 0));
  each('.bar > *', (e) => inside(e, document.querySelector('.bar'), 0));
  const [no, to, say] = ['.call .no', '.call .to', '.call .say']
    .map((s) => document.querySelector(s).getBoundingClientRect());
  if (say.bottom > no.top || no.bottom > to.top) found.push('the lines of the call overlap');
  return found;
}
"""


@pytest.mark.parametrize("shape", [LANDSCAPE, PORTRAIT], ids=["landscape", "portrait"])
def test_every_text_has_a_contrast_of_seven_in_every_state(
    hall: Hall, new_page: NewPage, shape: tuple[int, int]
) -> None:
    controller, cable = hall
    page = new_page(*shape)
    open_hall(page, cable)
    states = {"empty": contrasts(page)}
    fill(controller)
    for window, zone_letter in ((1, "B"), (9, "A"), (14, "C"), (21, "D")):
        controller.call(f"R10{window}"[:4], window)
        until(page, "(z) => document.querySelector('.call .plate')?.textContent === z", zone_letter)
        states[f"new in {zone_letter}"] = contrasts(page)
        pass_time(page, 6)
    states["steady"] = contrasts(page)
    hold_time(page)
    pull(page, controller, cable)
    pass_time(page, 6, cut_off=True)
    assert page.locator(".link.lost").count() == 1
    states["dot"] = contrasts(page)
    pass_time(page, 12, cut_off=True)
    assert page.locator(".stale").count() == 1
    states["stale"] = contrasts(page)
    low = {
        (state, text): round(ratio, 1)
        for state, texts in states.items()
        for text, ratio in texts.items()
        if ratio < 7
    }
    assert low == {}
    assert all(len(texts) >= 8 for texts in states.values()), "there was something to measure"


def test_axe_finds_nothing_serious(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page()
    open_hall(page, cable)
    hold_time(page)
    assert serious_findings(page, held=True) == []
    fill(controller)
    controller.call("R046", 5)
    until(page, "() => document.querySelector('.call.new')")
    assert serious_findings(page, held=True) == []


def test_no_name_reaches_the_screen(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page()
    frames: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))),
    )
    open_hall(page, cable, clock=False)
    call = controller.call("R046", 5)
    controller.arrive(call)
    until(page, "() => document.querySelector('.call')")
    text = "".join(frames) + page.content()
    assert "R046" in text
    assert not re.search(r"\d{17}[\dXx]", text)
    for field in ("masked", "person", "clerk", "phone"):
        assert f'"{field}"' not in text, json.dumps(field)
