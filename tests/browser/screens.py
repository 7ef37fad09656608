"""What tests of the wall screens share: opening them, and remembering what they have shown."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from controller.cli.demo.cable import Cable
from tests.browser.clock import stop_clock
from tests.browser.fake_controller import TOKEN, FakeController

AXE = Path(__file__).parent / "vendor/axe.min.js"

#: Remembers every number the big area has shown, for how long, with which words when it was new,
#: and every number of the list.
WATCH = """
() => {
  window.seen = { big: {}, turns: [], rows: new Set(), order: [], fresh: new Map() };
  let last = null, since = 0;
  const look = () => {
    const call = document.querySelector('.call');
    const number = call?.dataset.number ?? null;
    const now = performance.now();
    if (number !== last) {
      if (last !== null) seen.big[last] = (seen.big[last] ?? 0) + now - since;
      if (number !== null) seen.turns.push(number);
      last = number; since = now;
    }
    const words = call?.querySelector('.what')?.textContent ?? null;
    if (call?.classList.contains('new')) seen.fresh.set(number, words);
    const rows = [...document.querySelectorAll('.list li')].map((row) => row.dataset.number);
    rows.forEach((one) => seen.rows.add(one));
    const text = rows.join(' ');
    if (text && seen.order.at(-1) !== text) seen.order.push(text);
  };
  new MutationObserver(look).observe(document.body,
    { subtree: true, childList: true, attributes: true, characterData: true });
  window.shownFor = (number) =>
    (seen.big[number] ?? 0) + (last === number ? performance.now() - since : 0);
  look();
}
"""


#: Counts what the page's sockets hear, and keeps them, before the page's own listeners run; and the
#: number of the last heartbeat of a `FakeController`.
HEAR = """
(() => {
  window.heard = 0;
  window.lastBeat = 0;
  window.sockets = [];
  window.WebSocket = class extends WebSocket {
    constructor(...all) {
      super(...all);
      sockets.push(this);
      this.addEventListener('message', ({ data }) => {
        heard += 1;
        lastBeat = Number(String(data).match(/^42\\["hb",.*"beat":(\\d+)/)?.[1] ?? lastBeat);
      });
    }
  };
})();
"""
LIVE = "() => !document.querySelector('.hall.connecting, .link.lost, .who .link')"


@contextlib.contextmanager
def controller_behind_cable() -> Iterator[tuple[FakeController, Cable]]:
    # It beats often: a page whose time is in our hands waits for a beat in every step of it.
    controller = FakeController(beat_s=0.05)
    cable = Cable(controller.port)
    try:
        yield controller, cable
    finally:
        cable.close()
        controller.close()


def open_screen(page: Page, address: str, clock: bool = False, token: str = TOKEN) -> None:
    """Opens a screen with a token and waits until it is live.

    ``clock`` lets ``pass_time`` and ``hold_time`` rule the page's time.
    """
    if clock:
        page.clock.install()
    page.add_init_script(HEAR)
    page.goto(f"{address}#token={token}")
    page.wait_for_function("() => document.querySelector('.hall:not(.connecting), .who .plate')")


def until(page: Page, condition: str, argument: Any = None, seconds: float = 20) -> None:
    """Waits until JavaScript ``condition`` holds, asking from outside the page's own clock."""
    wait(lambda: page.evaluate(condition, argument), condition, seconds)


def wait(condition: Callable[[], Any], what: str = "the condition", seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.02)


def hold_time(page: Page) -> None:
    """From here only ``pass_time`` moves the page's clock, however slow the machine is.

    Frames stand still too: wait for what is drawn, not for ``data-shown-seq``. A call is news to
    the page however long the machine stood still, and what is new stays so.
    """
    hear_beat(page)
    stop_clock(page)
    hear_beat(page)


def pass_time(page: Page, seconds: float, step: float = 1.0, *, cut_off: bool = False) -> None:
    """Lets the page's clock run, in steps.

    Unless the page is ``cut_off``, it hears a beat in each: page time that outran the network
    would be a silence that is not there, and the page would rightly show it.
    """
    left = seconds
    while left > 0:
        page.clock.run_for(int(min(step, left) * 1000))
        if not cut_off:
            hear_beat(page)
        left -= step


def hear_beat(page: Page) -> None:
    """Until the page has heard one more message of the controller."""
    until(page, "(before) => heard > before", page.evaluate("() => heard"))


def catch_up(page: Page, controller: FakeController) -> None:
    """Until the page has heard, and drawn, all that the controller has told by now."""
    with controller.between_beats() as last:
        until(page, "(last) => lastBeat >= last", last)


def pull(page: Page, controller: FakeController, cable: Cable) -> None:
    """The cable is pulled, and nothing is on its way any more that the page would hear later."""
    with controller.between_beats() as last:
        until(page, "(last) => lastBeat >= last", last)
        cable.freeze()


def until_live(page: Page, within_s: float) -> None:
    """Until the page is live again, after ``within_s`` seconds of its own time at the most.

    An attempt to connect gets the real time it needs: the page's clock waits for it.
    """
    settled = f"() => ({LIVE})() || sockets.every((one) => one.readyState === WebSocket.CLOSED)"
    for _ in range(int(within_s / 0.5)):
        pass_time(page, 0.5, cut_off=True)
        until(page, settled)
        if page.evaluate(LIVE):
            return
    raise AssertionError(f"not live again within {within_s} s")


def serious_findings(page: Page, held: bool = False) -> list[str]:
    """What axe-core calls serious or critical. Runs outside the page's policy.

    ``held``: the page's time stands still; axe gets the moments it needs.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(
        "() => { window.findings = null; axe.run(document, { resultTypes: ['violations'] })"
        ".then(({ violations }) => { findings = violations; }); }"
    )
    while (found := page.evaluate("() => findings")) is None:
        if held:
            page.clock.run_for(1)
        else:
            page.wait_for_function("() => findings !== null")
    return [
        f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def contrasts(page: Page) -> dict[str, float]:
    """The contrast of every text on the page with what lies under it, lowest per text."""
    return page.evaluate(CONTRASTS)  # type: ignore[no-any-return]


CONTRASTS = """
() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const under = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = parts(getComputedStyle(e).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = {};
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim();
    const element = walk.currentNode.parentElement;
    if (!text || element.closest('.sr')) continue;
    const [a, b] = [light(parts(getComputedStyle(element).color)), light(under(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    found[text] = Math.min(found[text] ?? 99, ratio);
  }
  return found;
}
"""
