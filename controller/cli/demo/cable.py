"""A network cable to hold in one's hand: a TCP relay that can be cut, frozen, slowed and mended."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

TICK_S = 0.02
CHUNK = 65536
IN_FLIGHT = 256
"""Chunks that the relay holds for one direction before it reads no more."""


@dataclass(slots=True, eq=False)
class _Way:
    """One direction of a connection: what has been read and is not passed on yet."""

    source: socket.socket
    sink: socket.socket
    answers: bool
    held: deque[tuple[float, bytes]] = field(default_factory=deque)
    passed: int = 0

    @property
    def open(self) -> bool:
        """Whether to read on: the source has not ended, and there is room."""
        return len(self.held) < IN_FLIGHT and not (self.held and self.held[-1][1] == b"")


class Cable:
    """Relays `port` on `host` to `target` (a port of this machine, or host and port).

    - `cut` closes every connection and refuses new ones, as a killed process does;
    - `freeze` lets nothing through and closes nothing, as a pulled cable does: half open;
    - `delay` lets everything through so many seconds later, in order;
    - `stall` lets so many bytes of each connection's answers through, then none: an answer that
      never ends;
    - `mend` ends all of these; what a frozen or stalled cable held arrives after all, late, as
      TCP would repeat it;
    - `retarget` leads new connections elsewhere, as a moved address does, and drops the old ones.

    Each returns when it holds. Any thread.
    """

    def __init__(
        self, target: int | tuple[str, int], host: str = "127.0.0.1", port: int = 0
    ) -> None:
        self._target = ("127.0.0.1", target) if isinstance(target, int) else target
        self._ways: list[_Way] = []
        self._frozen = self._refusing = False
        self._delay_s = 0.0
        self._stall_after: int | None = None
        self._stopped = threading.Event()
        self._orders: deque[tuple[Callable[[], None], threading.Event]] = deque()
        self._listener = socket.create_server((host, port))
        self.host: str = host
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._relay, name="cable", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Where the near end is."""
        return f"http://{self.host}:{self.port}"

    def cut(self) -> None:
        """Every connection is closed, and so is every new one."""

        def cutting() -> None:
            self._refusing = True
            self._drop_all()

        self._order(cutting)

    def freeze(self) -> None:
        """Nothing passes any more, and nobody is told."""
        self._order(lambda: setattr(self, "_frozen", True))

    def delay(self, seconds: float) -> None:
        """Everything takes this long in each direction."""
        self._order(lambda: setattr(self, "_delay_s", seconds))

    def stall(self, after: int = 0) -> None:
        """Of each connection's answers only `after` bytes more pass."""

        def stalling() -> None:
            self._stall_after = after
            for way in self._ways:
                way.passed = 0

        self._order(stalling)

    def mend(self) -> None:
        """As good as new."""

        def mending() -> None:
            self._frozen = self._refusing = False
            self._delay_s, self._stall_after = 0.0, None

        self._order(mending)

    def retarget(self, target: int | tuple[str, int]) -> None:
        """New connections lead there."""

        def leading() -> None:
            self._target = ("127.0.0.1", target) if isinstance(target, int) else target
            self._drop_all()

        self._order(leading)

    def close(self) -> None:
        """End the relay and its connections."""
        self._stopped.set()
        self._thread.join(timeout=5)
        self._drop_all()
        self._listener.close()

    def _order(self, what: Callable[[], None]) -> None:
        obeyed = threading.Event()
        self._orders.append((what, obeyed))
        if not obeyed.wait(10):
            raise RuntimeError("the cable does not answer: its thread has ended")

    # -- the relay's thread -----------------------------------------------------

    def _relay(self) -> None:
        while not self._stopped.is_set():
            while self._orders:
                what, obeyed = self._orders.popleft()
                what()
                obeyed.set()
            if self._frozen:
                self._stopped.wait(TICK_S)
                continue
            self._read()
            for way in list(self._ways):
                self._pass_on(way)

    def _read(self) -> None:
        sources = {way.source: way for way in self._ways if way.open}
        ready, _, _ = select.select([self._listener, *sources], [], [], TICK_S)
        for one in ready:
            if one is self._listener:
                self._accept()
                continue
            way = sources[one]
            try:
                data = one.recv(CHUNK)
            except OSError:
                data = b""
            way.held.append((time.monotonic() + self._delay_s, data))

    def _accept(self) -> None:
        near, _ = self._listener.accept()
        if self._refusing:
            near.close()
            return
        try:
            far = socket.create_connection(self._target, timeout=5)
        except OSError:
            near.close()
            return
        for end in (near, far):
            end.setblocking(False)
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._ways += [_Way(near, far, answers=False), _Way(far, near, answers=True)]

    def _pass_on(self, way: _Way) -> None:
        """What is due; an end of the one side, b"", ends the connection once all before it went."""
        while way.held and way in self._ways and way.held[0][0] <= time.monotonic():
            due, data = way.held[0]
            if self._stall_after is not None and way.answers:
                allowed = max(0, self._stall_after - way.passed)
                if not allowed:
                    return
                data, rest = data[:allowed], data[allowed:]
            else:
                rest = b""
            if not data:
                self._drop(way)
                return
            try:
                sent = way.sink.send(data)
            except BlockingIOError:
                return
            except OSError:
                self._drop(way)
                return
            way.passed += sent
            way.held.popleft()
            if left := data[sent:] + rest:
                way.held.appendleft((due, left))

    def _drop(self, way: _Way) -> None:
        ends = {way.source, way.sink}
        self._ways = [one for one in self._ways if one.source not in ends]
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _drop_all(self) -> None:
        while self._ways:
            self._drop(self._ways[0])
