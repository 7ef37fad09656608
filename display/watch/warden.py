"""Recovers the screen by itself: a page that hangs or is gone is begun anew, with more patience
each time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from controller.sdnotify import Turn
from display.watch.browser import COMMAND_S, END_S, Browser
from display.watch.page import PageWatch, Word

LOOK_S = 0.5
FIRST_PAUSE_S = 30.0
LONGEST_PAUSE_S = 600.0
WELL_S = 60.0
"""So long a page is drawn before an earlier failure is forgotten."""
BOUND_S = COMMAND_S + 2 * END_S + 10


class Warden:
    """Looks at the page twice a second, in a thread of its own from `start` to `close`.

    `changed` hears every new word before anything is done about it; `tell` hears in a sentence
    what was done. Without a browser of ours it only watches. Between two restarts
    without a page that stays, the pause doubles.
    """

    def __init__(
        self,
        page: PageWatch,
        browser: Browser | None,
        changed: Callable[[Word], None] = lambda word: None,
        tell: Callable[[str], None] = lambda said: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._page, self._browser, self._clock = page, browser, clock
        self._changed, self._tell = changed, tell
        self._known = page.word
        self._tries = 0
        self._not_before = 0.0
        self._well_since: float | None = None
        self._stopped = threading.Event()
        self.turn = Turn("warden", BOUND_S)
        self._thread = threading.Thread(target=self._run, name="warden", daemon=True)

    def start(self) -> None:
        """Show the page, and watch it."""
        self._thread.start()

    def close(self) -> None:
        """Returns when the watching has ended, and what the agent started too."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(BOUND_S)
        if self._browser is not None:
            self._browser.stop()

    def look(self) -> None:
        """One look, and what follows from it."""
        self.turn()
        word, now = self._page.word, self._clock()
        if word is not self._known:
            self._known = word
            self._changed(word)
        if self._browser is None:
            return
        ended = self._browser.ended()
        if word.shown and not ended:
            self._well(now)
            return
        self._well_since = None
        if now >= self._not_before and (ended or not self._page.starting):
            self._recover(self._browser, "browser ended" if ended else f"page {word}", now)

    def _well(self, now: float) -> None:
        if self._well_since is None:
            self._well_since = now
        elif now - self._well_since > WELL_S:
            self._tries = 0

    def _recover(self, browser: Browser, why: str, now: float) -> None:
        self._not_before = now + min(FIRST_PAUSE_S * 2 ** min(self._tries, 10), LONGEST_PAUSE_S)
        self._tries += 1
        problem = browser.restart()
        self._page.began()
        self._tell(f"{why}: {problem or 'browser started anew'}")

    def _run(self) -> None:
        if self._browser is not None:  # here, where no signal comes between
            self._browser.start()
        self._page.began()
        while not self._stopped.wait(LOOK_S):
            self.look()
