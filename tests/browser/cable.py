"""A network cable to hold in one's hand: a TCP relay that can be cut, frozen and mended."""

from __future__ import annotations

import contextlib
import select
import socket
import threading


class Cable:
    """Relays ``127.0.0.1:port`` to a target port.

    ``cut`` closes every connection and refuses new ones, as a killed process does; ``freeze`` lets
    nothing through and closes nothing, as a pulled cable does.
    """

    def __init__(self, target: int) -> None:
        self._target = target
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._frozen = threading.Event()
        self._refusing = threading.Event()
        self._stopped = threading.Event()
        self._obeyed = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._relay, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Returns when every connection is closed."""
        self._order(self._refusing)

    def freeze(self) -> None:
        """Returns when nothing passes any more."""
        self._order(self._frozen)

    def _order(self, state: threading.Event) -> None:
        self._obeyed.clear()
        state.set()
        assert self._obeyed.wait(10), "the cable does not answer"

    def mend(self) -> None:
        self._refusing.clear()
        self._frozen.clear()

    def close(self) -> None:
        self._stopped.set()
        self._thread.join(timeout=5)
        self._drop_all()
        self._listener.close()

    def _relay(self) -> None:
        while not self._stopped.is_set():
            if self._refusing.is_set():
                self._drop_all()
                self._obeyed.set()
            if self._frozen.is_set():
                self._obeyed.set()
                self._stopped.wait(0.02)
                continue
            ends = {one: other for pair in self._pairs for one, other in (pair, pair[::-1])}
            ready, _, _ = select.select([self._listener, *ends], [], [], 0.02)
            for one in ready:
                if one is self._listener:
                    self._accept()
                elif one in ends:
                    self._pass_on(one, ends[one])

    def _accept(self) -> None:
        near, _ = self._listener.accept()
        if self._refusing.is_set():
            near.close()
            return
        self._pairs.append((near, socket.create_connection(("127.0.0.1", self._target))))

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        try:
            data = one.recv(65536)
            if data:
                other.sendall(data)
                return
        except OSError:
            pass
        self._drop(one)

    def _drop(self, end: socket.socket) -> None:
        for pair in [pair for pair in self._pairs if end in pair]:
            self._pairs.remove(pair)
            for one in pair:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()

    def _drop_all(self) -> None:
        for near, _ in list(self._pairs):
            self._drop(near)
