"""One connection to the controller's live feed: as much of Socket.IO 5 as it needs.

Everything happens in the thread that calls, so messages are seen in the order they were sent. The
only user of websocket-client.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import websocket

Json = dict[str, Any]

DIAL_S = 3.0
PATH = "/socket.io/?EIO=4&transport=websocket"
OPEN, CLOSE, PING, PONG = "0", "1", "2", "3"
CONNECT, DISCONNECT, EVENT, ACK, REFUSED = "40", "41", "42", "43", "44"


class LineLost(Exception):
    """The connection is gone, could not be had, or does not speak the protocol."""


class LineRefused(Exception):
    """The controller does not let this token in; `problem` is its problem document."""

    def __init__(self, problem: Json) -> None:
        super().__init__(str(problem.get("code", "refused")))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the feed: ``events``, ``hb``, ``console``."""

    name: str
    body: Json


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to the question with this number."""

    question: int
    body: Json


Message = Told | Answered


class Line:
    """A connection that was let in. Raises `LineLost` from every method once it is gone."""

    def __init__(self, url: str, token: str, ca: Path | None = None) -> None:
        """Dial `url` (``http`` or ``https``) and enter with `token`.

        Raises `LineLost` and `LineRefused`.
        """
        try:
            self._socket = websocket.create_connection(
                _address(url),
                timeout=DIAL_S,
                sslopt={"ca_certs": str(ca)} if ca else {},
                http_no_proxy=["*"],
            )
        except (websocket.WebSocketException, OSError, ValueError) as error:
            raise LineLost(str(error)) from error
        self._asked = 0
        try:
            self._enter(token)
        except BaseException:
            self.close()
            raise

    def ask(self, name: str, body: Json) -> int:
        """Ask something that will be answered; the number of the question."""
        self._asked += 1
        self._send(f"{EVENT}{self._asked}{json.dumps([name, body])}")
        return self._asked

    def receive(self, timeout_s: float) -> Message | None:
        """The next message, None if none comes in this time. Pings are answered on the way."""
        while True:
            packet = self._packet(timeout_s)
            if packet is None:
                return None
            if packet.startswith(EVENT):
                name, *rest = _listed(packet, len(EVENT))
                return Told(str(name), _object(rest))
            if packet.startswith(ACK):
                digits = len(packet) - len(packet[len(ACK) :].lstrip("0123456789"))
                return Answered(
                    int(packet[len(ACK) : digits] or 0), _object(_listed(packet, digits))
                )
            if packet.startswith((DISCONNECT, CLOSE)):
                raise LineLost("the controller hung up")

    def close(self) -> None:
        """Hang up; may be called twice."""
        self._socket.shutdown()  # type: ignore[no-untyped-call]

    def _enter(self, token: str) -> None:
        self._expect(OPEN)
        self._send(CONNECT + json.dumps({"token": token}))
        answer = self._expect(CONNECT, REFUSED)
        if answer.startswith(REFUSED):
            said = _json(answer[len(REFUSED) :])
            problem = said.get("data") if isinstance(said, dict) else None
            raise LineRefused(problem if isinstance(problem, dict) else {})

    def _expect(self, *kinds: str) -> str:
        packet = self._packet(DIAL_S)
        if packet is None or not packet.startswith(kinds):
            raise LineLost("this is no live feed")
        return packet

    def _packet(self, timeout_s: float) -> str | None:
        """The next packet that is no ping."""
        try:
            self._socket.settimeout(timeout_s)
            while True:
                packet = self._socket.recv()
                if isinstance(packet, bytes):
                    raise LineLost("the controller sent bytes")
                if packet == PING:
                    self._send(PONG)
                elif packet:
                    return packet
                elif not self._socket.connected:
                    raise LineLost("the controller hung up")
        except websocket.WebSocketTimeoutException:
            return None
        except (websocket.WebSocketException, OSError, UnicodeDecodeError) as error:
            raise LineLost(str(error)) from error

    def _send(self, packet: str) -> None:
        try:
            self._socket.send(packet)
        except (websocket.WebSocketException, OSError) as error:
            raise LineLost(str(error)) from error


def _address(url: str) -> str:
    """The feed's address beside a controller's."""
    parts = urlsplit(url)
    scheme = "wss" if parts.scheme == "https" else "ws"
    return urlunsplit((scheme, parts.netloc, "", "", "")) + PATH


def _listed(packet: str, start: int) -> list[Any]:
    found = _json(packet[start:])
    if not isinstance(found, list) or not found:
        raise LineLost("a message is no list")
    return found


def _object(values: list[Any]) -> Json:
    if not values or not isinstance(values[0], dict):
        raise LineLost("a message has no object")
    return values[0]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise LineLost("a message is no JSON") from error
