"""A virtual printer on TCP: what the kiosk prints becomes pictures, and it can misbehave.

Ships with the product: demos print to it, and tests run the real driver against it. Like most
printers it serves one connection at a time.
"""

import select
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Self

from PIL import Image

from printers.faults import Faults
from printers.paper import Paper
from printers.virtual_device import TICK, VirtualDevice

__all__ = ["Faults", "VirtualPrinter"]


class VirtualPrinter(VirtualDevice):
    """Listens on loopback; `port` 0 picks a free one. Use as a context manager."""

    def __init__(
        self,
        port: int = 0,
        paper: Paper = Paper.MM80,
        on_ticket: Callable[[Image.Image], None] | None = None,
        faults: Faults | None = None,
    ) -> None:
        super().__init__(paper, on_ticket, faults)
        self.host, self.port = "127.0.0.1", port
        self._refusing = False
        self._listener: socket.socket | None = None

    def start(self) -> Self:
        """Bind the port and serve. Raises OSError when the port is taken."""
        self._bind()
        return super().start()

    def close(self) -> None:
        """Stop serving and free the port. May be called twice."""
        super().close()
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def unplug(self) -> None:
        """From now on connections are refused, on the same port; a running one breaks."""
        self._set_refuse(True)

    def plug(self) -> None:
        """Accept connections again."""
        self._set_refuse(False)

    def _set_refuse(self, refuse: bool) -> None:
        self.faults.refuse = refuse
        with self._changed:
            if not self._changed.wait_for(lambda: self._refusing == refuse, timeout=10):
                raise TimeoutError("the virtual printer is not running")

    def _bind(self) -> None:
        """A bound socket that does not listen refuses, and keeps the port ours."""
        if self._listener is not None:
            self._listener.close()
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._listener = listener
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((self.host, self.port))
        listener.settimeout(TICK)
        self.port = listener.getsockname()[1]
        if not self.faults.refuse:
            listener.listen(8)
        with self._changed:
            self._refusing = self.faults.refuse
            self._changed.notify_all()

    def _serve(self) -> None:
        while not self._stop.is_set():
            self._work()
            # Only this thread swaps the listener: while another one waits in accept, the
            # kernel keeps a closed listener alive and the port taken.
            if self.faults.refuse != self._refusing:
                self._bind()
            listener = self._listener
            if self._refusing or listener is None:
                self._stop.wait(TICK)
                continue
            try:
                peer, _ = listener.accept()
            except OSError:  # nobody yet
                continue
            with peer, suppress(OSError):
                self._talk(peer)

    def _talk(self, peer: socket.socket) -> None:
        """One connection, until the peer leaves, the printer stops or a fault ends it."""
        peer.settimeout(TICK)
        self._connected(peer.sendall)
        try:
            while not self._over and self._work() and self._listen(peer):
                pass
        finally:
            self._disconnected()

    def _listen(self, peer: socket.socket) -> bool:
        try:
            # A printer whose buffer is full still hears a question that comes first.
            data = peer.recv(self._room or _first_question(peer))
        except TimeoutError:
            return True
        except BlockingIOError:
            return not _left(peer)
        return bool(data) and self._receive(data)


def _first_question(peer: socket.socket) -> int:
    """The length of a status query that waits in front. Raises BlockingIOError for none."""
    begins = peer.recv(2, socket.MSG_PEEK)
    if begins not in (b"\x10\x04", b""):
        raise BlockingIOError
    return 3


def _left(peer: socket.socket) -> bool:
    """Waits a tick; True if the peer is gone, whatever it has left to read."""
    watch = select.poll()
    watch.register(peer, select.POLLRDHUP)
    return bool(watch.poll(int(TICK * 1000)))
