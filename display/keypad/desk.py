"""Turns presses into commands: one press, one command, one answer back to the pad.

One thread owns the pad. While a command is in flight what is pressed is refused and nothing is
kept for later, as on the console. A command whose answer is lost is asked again under the same
request id, for a moment only: a press never takes effect when nobody expects it any more.
"""

from __future__ import annotations

import contextlib
import queue
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from controller.sdnotify import Turn
from display.keypad.keys import Guard
from display.keypad.pads import Open, Pad
from display.wire import Gone

Json = dict[str, Any]
Ask = Callable[[Json], tuple[int, Json] | None]
"""Sends a press to the controller; None when nobody answers."""

LISTEN_S = 0.1
RETRY_S = 2.0
TRIES = 2
BOUND_S = 60.0


class Word(StrEnum):
    """How the pad is, in the one word that the controller hears."""

    STARTING = "starting"
    OK = "ok"
    GONE = "gone"


class KeyDesk:
    """The pad of one window, between `start` and `close`. A `display.feed.Listener`, for its
    lamp."""

    def __init__(
        self,
        window: int,
        open_pad: Open,
        meanings: Mapping[str, str],
        guard_s: float,
        ask: Ask,
        tell: Callable[[str], None] = lambda said: None,
    ) -> None:
        self._window, self._open, self._meanings = window, open_pad, meanings
        self._guard, self._ask, self._tell = Guard(guard_s), ask, tell
        self._answers: queue.Queue[str] = queue.Queue()
        self._busy = False
        self._lamp = ("lost", "")
        self._shown: tuple[str, str] | None = None
        self._over = threading.Event()
        self.word = Word.STARTING
        self.turn = Turn("keypad", BOUND_S)
        self._thread = threading.Thread(target=self._run, name="keypad", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Returns when the pad is let go."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    # -- from the feed ----------------------------------------------------------------------------

    def joined(self, snapshot: Json) -> None:
        """See `Listener`."""
        for window in snapshot.get("windows", []):
            self._look(window)

    def heard(self, events: list[Json]) -> None:
        """See `Listener`."""
        for event in events:
            self._look(event.get("window"))

    def beat(self, beat: Json) -> None:
        """See `Listener`."""

    def tick(self, quiet_s: float) -> None:
        """See `Listener`: a lamp of a window nobody hears of is no lamp."""
        if quiet_s > RETRY_S * 3:
            self._lamp = ("lost", "")

    def _look(self, window: Any) -> None:
        if not isinstance(window, dict) or window.get("no") != self._window:
            return
        number, state = window.get("number"), str(window.get("state"))
        if number:
            state = "serving" if window.get("serving") else "called"
        self._lamp = ("free" if state == "open" else state, str(number or ""))

    # -- our own thread ---------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._over.is_set():
            self.turn()
            try:
                pad = self._open()
            except Gone as gone:
                self._lose(str(gone))
                continue
            self.word, self._shown = Word.OK, None
            try:
                self._serve(pad)
            except Gone as gone:
                self._lose(str(gone))
            finally:
                pad.close()

    def _lose(self, why: str) -> None:
        if self.word is not Word.GONE:
            self._tell(why)
        self.word = Word.GONE
        self._over.wait(RETRY_S)

    def _serve(self, pad: Pad) -> None:
        """Until the pad is gone or we end."""
        while not self._over.is_set():
            self.turn()
            for name in pad.pressed(LISTEN_S):
                self._press(pad, name)
            with contextlib.suppress(queue.Empty):
                pad.beep(self._answers.get_nowait())
                self._busy = False
            if self._lamp != self._shown:
                self._shown = self._lamp
                pad.lamp(*self._shown)

    def _press(self, pad: Pad, name: str) -> None:
        deed = self._meanings.get(name)
        if deed is None or not self._guard.admits(name, time.monotonic()):
            return
        if self._busy:
            pad.beep("busy")
            return
        self._busy = True
        body = {"request_id": secrets.token_hex(12), "key": deed}
        threading.Thread(target=self._send, args=(body,), name="press", daemon=True).start()

    def _send(self, body: Json) -> None:
        answer = None
        for _ in range(TRIES):
            answer = self._ask(body)
            if answer is not None and answer[0] < 500:
                break
        self._answers.put(outcome(answer))


def outcome(answer: tuple[int, Json] | None) -> str:
    """How a press ended, in the pad's words. PURE."""
    if answer is None or answer[0] >= 500:
        return "lost"
    status, told = answer
    if status >= 400:
        return "no"
    return "ok" if told.get("found", True) else "none"
