"""Ports for programs that a test starts: chosen now, listened on later, or again after a while."""

from __future__ import annotations

import random
import socket

#: Under those that the kernel gives to whoever asks for any port and to every connection.
NOBODYS = range(20_000, 32_000)


def free_port() -> int:
    """A port of the loopback that is free and that nobody takes by chance while it is not used."""
    chance = random.SystemRandom()
    while True:
        port = chance.choice(NOBODYS)
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
