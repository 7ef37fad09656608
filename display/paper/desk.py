"""Prints notices one after the other, each once, and says how each ended.

The feed's thread only puts them in line; one thread of ours owns printer and spool.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from controller.sdnotify import Turn
from display.paper.notice import Told, read
from printers.facts import SlipError
from printers.fonts import FontMissing
from printers.printer import Printer
from printers.spool import JobConflict, JobState, Spool

Json = dict[str, Any]
Report = Callable[[str, str, str], bool]
"""``(id, outcome, word)`` → whether the controller has heard it."""

LOOK_S = 5.0
"""How often the printer is asked how it is."""
RETRY_S = 1.0
PATIENCE_S = 60.0
BOUND_S = 180.0
"""Longer than a job takes, its proof and its report included."""

_ENDS = {
    JobState.PRINTED: "printed",
    JobState.UNPROVEN: "unproven",
    JobState.SENDING: "unproven",
    JobState.FAILED: "failed",
    JobState.QUEUED: "failed",
}


@dataclass(frozen=True, slots=True)
class _Ended:
    id: str
    outcome: str
    word: str


class PaperDesk:
    """The printer of one window, between `start` and `close`."""

    def __init__(self, window: int, printer: Printer, spool: Spool, report: Report) -> None:
        self._window, self._printer, self._spool, self._report = window, printer, spool, report
        self._wanted: queue.Queue[Told | None] = queue.Queue()
        self._over = threading.Event()
        self.word = "starting"
        """How the printer is, in one word. Any thread."""
        self.turn = Turn("printer", BOUND_S)
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Returns when what is being printed has ended."""
        self._over.set()
        self._wanted.put(None)
        if self._thread.is_alive():
            self._thread.join()
        self._spool.close()
        self._printer.close()

    def wanted(self, message: Json) -> None:
        """A ``print`` message: put in line. One that may not be printed is told as failed."""
        try:
            self._wanted.put(read(message, self._window))
        except SlipError:
            id_ = message.get("id")
            if isinstance(id_, str) and message.get("window") == self._window:
                self._report(id_, "failed", "error")

    def _run(self) -> None:
        while not self._over.is_set():
            self.turn()
            try:
                told = self._wanted.get(timeout=LOOK_S if self.word != "starting" else 0)
            except queue.Empty:
                self.word = self._printer.status().state.value
                continue
            if told is not None:
                self._tell(self._print(told))

    def _print(self, told: Told) -> _Ended:
        try:
            job = self._spool.submit(told.id, told.slip)
        except (SlipError, FontMissing, JobConflict):
            return _Ended(told.id, "failed", "error")
        self.word = job.status.state.value
        return _Ended(told.id, _ENDS[job.state], self.word)

    def _tell(self, ended: _Ended) -> None:
        until = time.monotonic() + PATIENCE_S
        while not self._report(ended.id, ended.outcome, ended.word):
            if time.monotonic() > until or self._over.wait(RETRY_S):
                return
