"""Two network namespaces joined by a wire: the hall's server is in one, the kiosk in the other."""

from __future__ import annotations

import ctypes
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

CLONE_NEWNET = 0x40000000
HALL, KIOSK = "10.213.0.1", "10.213.0.2"
WIRE = "wire"
NOBODY = "02:00:00:00:00:01"
"""A hardware address that no interface has."""
HERE = Path("/proc/thread-self/ns/net")

_libc = ctypes.CDLL(None, use_errno=True)
_numbers = count(1)


class NoNamespaces(Exception):
    """This machine lets nobody make network namespaces; says why."""


class Net:
    """The namespaces and the wire. Both addresses live in them alone, so nothing here meets the
    machine's own network, or another `Net`. Use as a context manager; it leaves nothing behind.

    Raises `NoNamespaces`.
    """

    def __init__(self) -> None:
        no = f"{os.getpid()}-{next(_numbers)}"
        self.hall, self.kiosk = f"jiaohao-{no}-hall", f"jiaohao-{no}-kiosk"

    def __enter__(self) -> Self:
        try:
            self._make()
            with self.within(self.hall):
                pass
        except (OSError, subprocess.CalledProcessError) as error:
            self._remove()
            why = getattr(error, "stderr", "") or str(error)
            raise NoNamespaces(why.strip()) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._remove()

    @contextmanager
    def within(self, name: str) -> Iterator[None]:
        """This thread, and threads and processes that it starts meanwhile, are in a namespace;
        sockets stay where they were made."""
        before = os.open(HERE, os.O_RDONLY | os.O_CLOEXEC)
        there = os.open(Path("/run/netns") / name, os.O_RDONLY | os.O_CLOEXEC)
        try:
            _enter(there)
            yield
        finally:
            _enter(before)
            os.close(there)
            os.close(before)

    # -- what happens to the wire ------------------------------------------------

    def cut(self) -> None:
        """The server's end is pulled out: nothing passes, and nobody is told."""
        _ip("-n", self.hall, "link", "set", WIRE, "down")

    def half(self) -> None:
        """What the kiosk sends arrives; what the server sends is lost on the way."""
        _ip("-n", self.hall, "neigh", "replace", KIOSK, *_AT, NOBODY, "dev", WIRE)

    def mend(self) -> None:
        """As good as new."""
        _ip("-n", self.hall, "link", "set", WIRE, "up")
        known = _ip("-n", self.hall, "neigh", "show", "nud", "permanent")
        if KIOSK in known:
            _ip("-n", self.hall, "neigh", "del", KIOSK, "dev", WIRE)

    def _make(self) -> None:
        _sweep()
        for name in (self.hall, self.kiosk):
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        peer = ("peer", "name", WIRE, "netns", self.kiosk)
        _ip("-n", self.hall, "link", "add", WIRE, "type", "veth", *peer)
        for name, address in ((self.hall, HALL), (self.kiosk, KIOSK)):
            _ip("-n", name, "addr", "add", f"{address}/24", "dev", WIRE)
            _ip("-n", name, "link", "set", WIRE, "up")

    def _remove(self) -> None:
        for name in (self.hall, self.kiosk):
            subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)


def _sweep() -> None:
    """What tests left behind that were killed."""
    for line in _ip("netns", "list").splitlines():
        name = line.split()[0]
        maker = name.removeprefix("jiaohao-").partition("-")[0]
        if name.startswith("jiaohao-") and not Path("/proc", maker).exists():
            subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)


_AT = ("nud", "permanent", "lladdr")


def _ip(*arguments: str) -> str:
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def _enter(descriptor: int) -> None:
    if _libc.setns(descriptor, CLONE_NEWNET) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{os.strerror(number)} ({threading.current_thread().name})")
