"""A small, fast HTTP load: N kept-alive connections, each with one request in flight."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass

Request = bytes


def post(path: str, token: str, body: str) -> Request:
    """An HTTP/1.1 request as bytes."""
    content = body.encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


@dataclass(frozen=True, slots=True)
class Load:
    """What a run gave: answers, and the seconds it took."""

    answers: int
    seconds: float


class WasRefused(RuntimeError):
    """The server refused what was measured; a rate of refusals would be no figure."""


class Connection(asyncio.Protocol):
    """One connection: `ask` sends a request and waits for its answer."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._waiter: asyncio.Future[tuple[int, bytes]] | None = None
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self._data += data
        end = self._data.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self._data[:end]).lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._data) < end + 4 + length:
            return
        body = bytes(self._data[end + 4 : end + 4 + length])
        del self._data[: end + 4 + length]
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result((int(head[9:12]), body))

    def connection_lost(self, error: Exception | None) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(error or ConnectionResetError("the server hung up"))

    async def ask(self, request: Request) -> bytes:
        """The body of the answer.  Raises `WasRefused` with what the server said."""
        self._waiter = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        status, body = await self._waiter
        if status >= 300:
            raise WasRefused(f"{status}: {body.decode(errors='replace')}")
        return body


async def connect(port: int) -> Connection:
    """A connection to a port on loopback."""
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(Connection, "127.0.0.1", port)
    return connection


async def for_seconds(
    port: int, connections: int, seconds: float, requests: Iterator[Request]
) -> Load:
    """Ask as fast as answers come, on so many connections, for so long."""
    lines = [await connect(port) for _ in range(connections)]
    answers = 0
    began = time.perf_counter()

    async def work(line: Connection) -> None:
        nonlocal answers
        while time.perf_counter() - began < seconds:
            await line.ask(next(requests))
            answers += 1

    try:
        await asyncio.gather(*(work(line) for line in lines))
        return Load(answers, time.perf_counter() - began)
    finally:
        for line in lines:
            line.transport.close()


async def all_of(lines: list[Connection], requests: list[Request]) -> tuple[Load, list[bytes]]:
    """Ask all the requests once, each connection taking the next one as soon as it is free."""
    rest = iter(enumerate(requests))
    bodies: list[bytes] = [b""] * len(requests)
    began = time.perf_counter()

    async def work(line: Connection) -> None:
        for n, request in rest:
            bodies[n] = await line.ask(request)

    await asyncio.gather(*(work(line) for line in lines))
    return Load(len(requests), time.perf_counter() - began), bodies
