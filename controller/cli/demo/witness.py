"""Looks at the demo's kiosk from outside: what its screen shows, and what the controller hears."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from controller.cli.client import Client, Refused

ASK_S = 1.0
QUIET_S = 6.0
"""The page's stream says something every two seconds."""


class Aspect(StrEnum):
    """What can be ill about a kiosk."""

    LINK = "link"
    PRINTER = "printer"
    READER = "reader"
    CHIP = "chip"
    """The chip-card reader; the controller knows of it by the kiosk's heartbeats."""


_WELL = ("ok", "online")


class Witness:
    """Two threads from `start` to `close`: one reads the page's stream, one asks the controller."""

    def __init__(self, kiosk_url: str, controller_url: str, operator: str) -> None:
        self._kiosk, self._controller, self._operator = kiosk_url, controller_url, operator
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._view: dict[str, Any] = {}
        self._words: dict[Aspect, str] = {}
        self._since: dict[Aspect, float] = {}
        self._code: str | None = None
        self._threads = [
            threading.Thread(target=self._again, args=(look,), name="witness", daemon=True)
            for look in (self._watch_page, self._ask_controller)
        ]

    def start(self) -> None:
        """Begin to look."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Look no more. The threads end by themselves, at the latest when the program does."""
        self._ended.set()

    def sound_since(self, aspect: Aspect) -> float | None:
        """Since when (`time.monotonic`) it has been well, None while it is not."""
        with self._lock:
            return self._since[aspect] if self._words.get(aspect) in _WELL else None

    @property
    def last_code(self) -> str | None:
        """The code of the last number that the kiosk's screen showed."""
        with self._lock:
            return self._code

    def json(self) -> dict[str, Any]:
        """What the kiosk shows: its ``state``, the words of an error, and how its parts are."""
        with self._lock:
            error = self._view.get("error") or {}
            return {
                "state": self._view.get("state"),
                "title": error.get("title"),
                "title_en": error.get("title_en"),
                "say": error.get("say"),
                "say_en": error.get("say_en"),
                **{aspect.value: self._words.get(aspect) for aspect in Aspect},
            }

    # -- the threads ----------------------------------------------------------------------------

    def _again(self, look: Callable[[], None]) -> None:
        while not self._ended.is_set():
            with suppress(OSError, http.client.HTTPException, Refused, ValueError):
                look()
            self._ended.wait(ASK_S)

    def _watch_page(self) -> None:
        parts = urlsplit(self._kiosk)
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=QUIET_S)
        try:
            connection.request("GET", "/events")
            answer = connection.getresponse()
            while not self._ended.is_set() and (line := answer.readline()):
                if line.startswith(b"data: {"):
                    self._seen(json.loads(line.removeprefix(b"data: ")))
        finally:
            connection.close()
            with self._lock:
                self._view = {}

    def _seen(self, view: dict[str, Any]) -> None:
        if "state" not in view:  # a heartbeat
            return
        with self._lock:
            self._view = view
            if code := (view.get("ticket") or {}).get("short_code"):
                self._code = code
            for aspect in (Aspect.LINK, Aspect.PRINTER, Aspect.READER):
                self._note(aspect, view[aspect.value])

    def _ask_controller(self) -> None:
        client = Client(self._controller, self._operator)
        try:
            while not self._ended.wait(ASK_S):
                rows = client.get("/devices")["devices"]
                kiosks = [row for row in rows if row["kind"] == "kiosk" and row["seen_at"]]
                if not kiosks:
                    continue
                newest = max(kiosks, key=lambda row: row["seen_at"])
                with self._lock:
                    self._note(Aspect.CHIP, newest["health"].get("chip_card", "starting"))
        finally:
            client.close()

    def _note(self, aspect: Aspect, word: str) -> None:
        if self._words.get(aspect) != word:
            self._words[aspect], self._since[aspect] = word, time.monotonic()
