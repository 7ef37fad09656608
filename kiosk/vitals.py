"""Sees that the condition of a device has changed, whoever changed it.

Devices change in threads of their own, and new kinds are added; so the words that the controller
hears are compared, a few times a second, instead of asking each device to announce itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

LOOK_S = 0.2


class Vitals:
    """Calls `changed` as soon as `health` says something else than before.

    `health` is asked in a thread of ours and must return at once, also when a device hangs.
    """

    def __init__(
        self, health: Callable[[], Mapping[str, str]], changed: Callable[[], None]
    ) -> None:
        self._health, self._changed = health, changed
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="vitals", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        before: dict[str, str] = {}
        while not self._stop.wait(LOOK_S):
            now = dict(self._health())
            if now != before:
                before = now
                self._changed()
