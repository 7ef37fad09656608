"""What happens beside the browser, which keeps the main thread's event loop for itself: commands
at once, and the other screens of a large hall, which hear everything and draw nothing."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from controller.cli.bench.sockets import Screen, open_screens

PATIENCE_S = 90.0
T = TypeVar("T")


class Aside:
    """An event loop on a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="aside", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it there and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)

    def close(self) -> None:
        """End the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @contextmanager
    def crowd(self, port: int, token: str, count: int) -> Iterator[None]:
        """So many screens' sockets in room ``hall`` while the block lasts."""
        hub, screens = self.run(open_screens(port, token, count))
        hub.heard = _nobody_asks  # type: ignore[method-assign]
        try:
            yield
        finally:
            self.run(_leave(screens))


def _nobody_asks(now: float) -> None:
    """When they hear is nobody's business here, and a list of it would grow for ever."""


async def _leave(screens: list[Screen]) -> None:
    for screen in screens:
        screen.close()
    await asyncio.sleep(0)
