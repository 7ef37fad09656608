"""A kiosk's page without a browser, and a person's visit at it, card to paper."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from typing import Any, Protocol
from urllib.parse import urlsplit

from kiosk.readers.virtual import VirtualCard, VirtualSamReader
from printers.virtual import VirtualPrinter

PATIENCE_S = 60.0
LOOK_S = 0.05
FIRST = 300
"""Sequence numbers of the invented people, beyond those of other benches."""

Json = dict[str, Any]


class NothingHappens(OSError):
    """A kiosk or controller did not do its part in time; says what was waited for."""


class Devices(Protocol):
    """What a visit needs of a kiosk's devices."""

    reader: VirtualSamReader
    printer: VirtualPrinter


class Page:
    """The kiosk's page, without a browser: one stream of views, and touches."""

    def __init__(self, url: str) -> None:
        self._host = urlsplit(url).netloc
        self._view: Json = {"state": "", "rev": -1, "alone": False, "link": ""}
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no more."""
        self._closed.set()
        self._thread.join(PATIENCE_S)

    def view(self) -> Json:
        """The newest view."""
        return self._view

    def _listen(self) -> None:
        while not self._closed.is_set():
            line = http.client.HTTPConnection(self._host, timeout=PATIENCE_S)
            with suppress(OSError, http.client.HTTPException), closing(line):
                line.request("GET", "/events")
                with line.getresponse() as answer:
                    self._follow(answer)
            self._closed.wait(LOOK_S)

    def _follow(self, answer: http.client.HTTPResponse) -> None:
        while not self._closed.is_set() and (text := answer.readline()):
            if text.startswith(b"data: {") and len(text) > len(b"data: {}\n"):
                self._view = json.loads(text.removeprefix(b"data: "))

    def sees(self, state: str) -> Json:
        """The view once the page shows this state."""
        until(lambda: self.view()["state"] == state, f"the kiosk to show {state}")
        return self.view()

    def act(self, name: str, **arguments: str) -> None:
        """A touch, taken by the kiosk."""

        def touch() -> bool:
            line = http.client.HTTPConnection(self._host, timeout=PATIENCE_S)
            body = json.dumps({"rev": self.view()["rev"], "act": name, **arguments})
            headers = {"X-Kiosk": "1", "Content-Type": "application/json"}
            with closing(line):
                line.request("POST", "/act", body, headers)
                with line.getresponse() as answer:
                    return answer.status == 200

        until(touch, f"the kiosk to take the touch {name}")


def visit(page: Page, devices: Devices, n: int, code: str | None = None) -> Json:
    """The `n`-th person lays a card, takes a number for the service `code` (None: one of those
    on the first page, another for each person), and leaves with the paper; the ticket on the page.
    """
    cuts = devices.printer.cuts
    devices.reader.lay(VirtualCard("张无名", date(1990 - n // 700, 1, 2), FIRST + n % 700))
    tiles = page.sees("home")["home"]["tiles"]
    page.act("choose", code=code or tiles[n % len(tiles)]["code"])
    page.sees("item")
    page.act("take")
    ticket = page.sees("done")["ticket"]
    until(lambda: devices.printer.cuts > cuts, f"{ticket['number']} on paper")
    devices.reader.lift()
    page.act("exit")
    page.sees("idle")
    return dict(ticket)


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for it. Raises `NothingHappens`."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise NothingHappens(f"waited {PATIENCE_S:.0f} s for {what}")
        time.sleep(LOOK_S)
