"""Many screens at once: a bare WebSocket client that speaks just enough Engine.IO and Socket.IO.

A `Screen` notes when each ``events`` message arrived and looks no further into it, so that a
thousand screens on the measuring core cost as little as possible.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import time
from typing import Any

EVENTS = b'42["events"'
ASK_ID = "0"
"""Every question has the same number: a client has one under way at most."""


class Line(asyncio.Protocol):
    """One connection to the live feed, which says what has come; subclasses listen."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._data = bytearray()
        self._open = False
        self._transport: asyncio.Transport

    # --- for subclasses -------------------------------------------------------------------------

    def entered(self) -> None:
        """The token was accepted."""

    def told(self, frame: bytes, now: float) -> None:
        """A message of the feed has come, ``42["events",…`` or another."""

    def answered(self, answer: Any) -> None:
        """What was asked with `emit` has its answer."""

    def refused(self, reason: str) -> None:
        """The token was not accepted."""

    def emit(self, name: str, data: object) -> None:
        """Send an event that will be answered."""
        self._send(f"42{ASK_ID}{json.dumps([name, data])}")

    def close(self) -> None:
        """Leave."""
        self._transport.close()

    # --- the protocol ---------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]
        key = base64.b64encode(os.urandom(16)).decode()
        self._transport.write(
            (
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                f"Sec-WebSocket-Key: {key}\r\n\r\n"
            ).encode()
        )

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self._data += data
        if not self._open:
            end = self._data.find(b"\r\n\r\n")
            if end < 0:
                return
            del self._data[: end + 4]
            self._open = True
        while (frame := self._frame()) is not None:
            self._message(frame, now)

    def _frame(self) -> bytes | None:
        data = self._data
        if len(data) < 2:
            return None
        length, start = data[1] & 0x7F, 2
        if length == 126:
            length, start = int.from_bytes(data[2:4], "big"), 4
        elif length == 127:
            length, start = int.from_bytes(data[2:10], "big"), 10
        if len(data) < start + length:
            return None
        frame = bytes(data[start : start + length])
        del data[: start + length]
        return frame

    def _message(self, frame: bytes, now: float) -> None:
        if frame.startswith(b"42"):
            self.told(frame, now)
        elif frame == b"2":
            self._send("3")
        elif frame.startswith(b"0"):
            self._send("40" + json.dumps({"token": self._token}))
        elif frame.startswith(b"40"):
            self.entered()
        elif frame.startswith(b"43"):
            self.answered(json.loads(frame[2 + len(ASK_ID) :])[0])
        elif frame.startswith(b"44"):
            self.refused(frame.decode())

    def _send(self, text: str) -> None:
        content = text.encode()
        size = len(content)
        head = bytes([0x81, 0x80 | size]) if size < 126 else b"\x81\xfe" + size.to_bytes(2, "big")
        self._transport.write(head + b"\0\0\0\0" + content)  # a mask of zeros masks nothing


class Screen(Line):
    """One screen. `heard` of its hub is called with the time of each message of the feed."""

    def __init__(self, token: str, hub: Hub) -> None:
        super().__init__(token)
        self._hub = hub
        self.joined: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def entered(self) -> None:
        """See `Line.entered`."""
        self.emit("join", {"room": "hall"})

    def told(self, frame: bytes, now: float) -> None:
        """See `Line.told`."""
        if frame.startswith(EVENTS):
            self._hub.heard(now)

    def answered(self, answer: Any) -> None:
        """See `Line.answered`."""
        if not self.joined.done():
            self.joined.set_result(None)

    def refused(self, reason: str) -> None:
        """See `Line.refused`."""
        if not self.joined.done():
            self.joined.set_exception(PermissionError(reason))

    def connection_lost(self, error: Exception | None) -> None:
        """The server hung up."""
        if not self.joined.done():
            self.joined.set_exception(error or ConnectionResetError("the server hung up"))


class Hub:
    """Counts who has heard of the present call."""

    def __init__(self, screens: int) -> None:
        self._screens = screens
        self._times: list[float] = []
        self._done = asyncio.Event()

    def expect(self) -> None:
        """A new call begins."""
        self._times = []
        self._done = asyncio.Event()

    def heard(self, now: float) -> None:
        """One screen has it."""
        self._times.append(now)
        if len(self._times) >= self._screens:
            self._done.set()

    async def all(self) -> list[float]:
        """The times at which all screens had it."""
        await asyncio.wait_for(self._done.wait(), 30)
        return self._times


async def open_screens(port: int, token: str, count: int) -> tuple[Hub, list[Screen]]:
    """So many screens, all in room ``hall``."""
    loop = asyncio.get_running_loop()
    hub = Hub(count)
    screens: list[Screen] = []
    for _ in range(count):
        _, screen = await loop.create_connection(lambda: Screen(token, hub), "127.0.0.1", port)
        screens.append(screen)
    await asyncio.wait_for(asyncio.gather(*(s.joined for s in screens)), 60)
    return hub, screens
