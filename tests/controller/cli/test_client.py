"""A client whose kept line was dropped while it rested reads all the same."""

from __future__ import annotations

import socket
import threading

from controller.cli.client import Client

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"seq": 1}'


def answers_once_a_line(server: socket.socket) -> None:
    """Keeps no line open, and says so of none."""
    for _ in range(2):
        line, _ = server.accept()
        with line:
            line.recv(4096)
            line.sendall(ANSWER)


def test_a_line_that_was_dropped_is_opened_anew() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        dropping = threading.Thread(target=answers_once_a_line, args=(server,), daemon=True)
        dropping.start()
        client = Client(f"http://127.0.0.1:{server.getsockname()[1]}")
        assert client.get("/health") == {"seq": 1}
        assert client.get("/health") == {"seq": 1}
        client.close()
        dropping.join(10)
