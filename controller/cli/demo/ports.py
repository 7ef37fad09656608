"""Ports of this machine: last time's if they are free, else any."""

from __future__ import annotations

import socket

LOOPBACK = "127.0.0.1"
PARTS = ("index", "controller", "kiosk", "printer", "cable")


def choose_ports(last: dict[str, int]) -> dict[str, int]:
    """A free port for every part, no two alike."""
    chosen: dict[str, int] = {}
    for part in PARTS:
        port = last.get(part, 0)
        if port in chosen.values() or not is_free(port):
            port = 0
        while port == 0 or port in chosen.values():
            port = any_port()
        chosen[part] = port
    return chosen


def is_free(port: int) -> bool:
    """Whether this process could listen there now."""
    try:
        _listen(port)
    except OSError:
        return False
    return True


def any_port() -> int:
    """A port nobody listens on."""
    return _listen(0)


def _listen(port: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((LOOPBACK, port))
        probe.listen()
        return int(probe.getsockname()[1])
