"""Keeps an LED strip saying what its window does, by the live feed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import StrEnum

from display.led.frame import confirmed, frame
from display.led.words import Board, Json, Shown, shown
from display.wire import Gone, Wire

REPEAT_S = 10.0
"""A strip that was switched off says the right thing again so soon."""
RETRY_S = 2.0
ANSWER_S = 1.0


class Word(StrEnum):
    """How the strip is, as the controller hears it."""

    OK = "ok"
    STARTING = "starting"
    GONE = "gone"
    """Its line cannot be opened or was cut."""
    SILENT = "silent"
    """It was to confirm what it shows, and does not."""


class Strip:
    """A `display.feed.Listener`. `start`, then `close`."""

    def __init__(
        self,
        no: int,
        address: int,
        encoding: str,
        open_: Callable[[], Wire],
        answers: bool = False,
        repeat_s: float = REPEAT_S,
        retry_s: float = RETRY_S,
    ) -> None:
        self._board = Board(no)
        self._address, self._encoding, self._answers = address, encoding, answers
        self._open, self._repeat_s, self._retry_s = open_, repeat_s, retry_s
        self._wire: Wire | None = None
        self._ahead_ms = time.time() * 1000 - time.monotonic() * 1000
        """The controller's clock less our monotonic one; this machine's until it is told."""
        self._wanted = shown(self._board, 0, 0)
        self._changed = threading.Condition()
        self._over = False
        self._word = Word.STARTING
        self._thread = threading.Thread(target=self._run, name="led", daemon=True)

    @property
    def word(self) -> str:
        """How the strip is. Any thread."""
        return self._word.value

    def start(self) -> None:
        """Begin to tell the strip."""
        self._thread.start()

    def close(self) -> None:
        """Tell it no more; it goes on saying what it said last."""
        with self._changed:
            self._over = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(self._retry_s + ANSWER_S + 1)

    # --- from the feed ---------------------------------------------------------------------------

    def joined(self, snapshot: Json) -> None:
        """See `Listener`."""
        self._board.joined(snapshot)
        self._tell_time(snapshot.get("at"))
        self._look(0.0)

    def heard(self, events: list[Json]) -> None:
        """See `Listener`."""
        for event in events:
            self._board.heard(event)
        self._look(0.0)

    def beat(self, beat: Json) -> None:
        """See `Listener`."""
        self._tell_time(beat.get("at"))

    def tick(self, quiet_s: float) -> None:
        """See `Listener`."""
        self._look(quiet_s)

    def _tell_time(self, at: object) -> None:
        if isinstance(at, int):
            self._ahead_ms = at - time.monotonic() * 1000

    def _look(self, quiet_s: float) -> None:
        now = int(time.monotonic() * 1000 + self._ahead_ms)
        with self._changed:
            wanted = shown(self._board, now, quiet_s)
            if wanted != self._wanted:
                self._wanted = wanted
                self._changed.notify()

    # --- to the strip ----------------------------------------------------------------------------

    def _run(self) -> None:
        said: Shown | None = None
        while True:
            with self._changed:
                if self._wanted == said:
                    self._changed.wait(self._repeat_s)
                wanted = self._wanted
                if self._over:
                    break
            said = wanted if self._tell(wanted) else None
            if said is None:
                with self._changed:
                    self._changed.wait(self._retry_s)
        self._hang_up()

    def _tell(self, wanted: Shown) -> bool:
        """Whether the strip was told, and confirmed it if it can."""
        try:
            if self._wire is None:
                self._wire = self._open()
            self._wire.send(frame(self._address, wanted, self._encoding))
            told = not self._answers or self._confirmed(self._wire)
            self._word = Word.OK if told else Word.SILENT
        except Gone:
            self._hang_up()
            self._word = Word.GONE
            return False
        return told

    def _confirmed(self, wire: Wire) -> bool:
        answer, deadline = b"", time.monotonic() + ANSWER_S
        while (left := deadline - time.monotonic()) > 0:
            answer += wire.receive(left)
            if confirmed(answer, self._address):
                return True
        return False

    def _hang_up(self) -> None:
        if self._wire is not None:
            self._wire.close()
            self._wire = None
