"""Collects what a reader emits and waits for it with a deadline."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from kiosk.readers.base import ReaderEvent

PATIENCE_S = 60.0


class Heard:
    """A thread-safe list of reader events; give it to `start` as the emit function."""

    def __init__(self) -> None:
        self.events: list[ReaderEvent] = []
        self._changed = threading.Condition()

    def __call__(self, event: ReaderEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def kinds(self) -> list[str]:
        with self._changed:
            return [type(event).__name__ for event in self.events]

    def wait(self, kind: type, count: int = 1) -> ReaderEvent:
        """The `count`-th event of a kind, however long it takes within reason."""

        def enough() -> bool:
            return sum(isinstance(event, kind) for event in self.events) >= count

        with self._changed:
            assert self._changed.wait_for(enough, PATIENCE_S), (
                f"no {kind.__name__} number {count} in {self.events}"
            )
            return [event for event in self.events if isinstance(event, kind)][count - 1]


def until(condition: Callable[[], bool], what: str = "the condition") -> None:
    """Wait until something holds; fails after a minute."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, f"{what} never held"
        time.sleep(0.005)
