"""Ports for servers that a test starts later on, or never."""

from __future__ import annotations

import random
import socket

BELOW = range(20_000, 30_000)
"""No connection and no server is given one of these by itself, so what is free now stays so."""


def free_port() -> int:
    """A port of loopback where nobody listens, and where nobody will by chance."""
    while True:
        port = random.SystemRandom().choice(BELOW)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
