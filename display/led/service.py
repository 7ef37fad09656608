"""A window's LED strip as part of the display agent: the strip and the feed it follows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from config import DisplayConfig
from controller.sdnotify import Loop
from display.feed import Feed
from display.led.strip import Strip
from display.wire import open_wire


class LedService:
    """The strip of ``[led]``; without one, nothing."""

    def __init__(self, config: DisplayConfig, token: Callable[[], str | None]) -> None:
        """`token` lets the feed in; None while the screen is not approved."""
        led, no = config.led, config.screen.window
        self._strip: Strip | None = None
        self._feed: Feed | None = None
        if led is None or no is None:
            return
        self._strip = Strip(no, led.address, led.encoding, partial(open_wire, led), led.answers)
        ca = config.controller.ca
        self._feed = Feed(str(config.controller.url), f"window:{no}", token, self._strip, ca)

    def health(self) -> dict[str, str]:
        """How the strip is, as a part of the device."""
        return {} if self._strip is None else {"led": self._strip.word}

    def loops(self) -> list[Loop]:
        """What of it has to go round."""
        return [] if self._feed is None else [self._feed.turn.loop]

    def start(self) -> None:
        if self._strip is not None and self._feed is not None:
            self._strip.start()
            self._feed.start()

    def stop(self) -> None:
        """Returns when both threads have ended."""
        if self._strip is not None and self._feed is not None:
            self._feed.stop()
            self._strip.close()
