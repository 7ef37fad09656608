import contextlib
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from controller.cli.demo.cable import Cable
from tests.ports import free_port

PATIENCE_S = 20.0


class Echo(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        while data := self.request.recv(65536):
            self.request.sendall(data.upper())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@pytest.fixture
def server() -> Iterator[Callable[[type[Echo]], int]]:
    servers: list[Server] = []

    def serve(handler: type[Echo] = Echo) -> int:
        one = Server(("127.0.0.1", 0), handler)
        threading.Thread(target=one.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(one)
        return int(one.server_address[1])

    yield serve
    for one in servers:
        one.shutdown()
        one.server_close()


@pytest.fixture
def cable(server: Callable[..., int]) -> Iterator[Cable]:
    one = Cable(server())
    yield one
    one.close()


@contextlib.contextmanager
def connected(cable: Cable) -> Iterator[socket.socket]:
    with socket.create_connection((cable.host, cable.port), timeout=PATIENCE_S) as near:
        yield near


def hear_nothing(near: socket.socket) -> None:
    """For a while."""
    near.settimeout(0.2)
    with pytest.raises(TimeoutError):
        near.recv(1)
    near.settimeout(PATIENCE_S)


def hear(near: socket.socket, size: int) -> bytes:
    heard = b""
    while len(heard) < size and (data := near.recv(size - len(heard))):
        heard += data
    return heard


def test_a_whole_cable_carries_everything_in_order(cable: Cable) -> None:
    text = bytes(range(97, 123)) * 40_000
    with connected(cable) as near:
        threading.Thread(target=near.sendall, args=(text,), daemon=True).start()
        assert hear(near, len(text)) == text.upper()


def test_a_cut_cable_closes_what_is_open_and_refuses_what_comes(cable: Cable) -> None:
    with connected(cable) as near:
        near.sendall(b"one")
        assert hear(near, 3) == b"ONE"
        cable.cut()
        with contextlib.suppress(ConnectionResetError):
            assert near.recv(1) == b""
    with connected(cable) as near, contextlib.suppress(ConnectionError):
        near.sendall(b"two")
        assert near.recv(1) == b""
    cable.mend()
    with connected(cable) as near:
        near.sendall(b"three")
        assert hear(near, 5) == b"THREE"


def test_a_frozen_cable_says_nothing_and_closes_nothing_and_what_it_held_comes_late(
    cable: Cable,
) -> None:
    with connected(cable) as near:
        near.sendall(b"one")
        assert hear(near, 3) == b"ONE"
        cable.freeze()
        near.sendall(b"two")
        hear_nothing(near)
        cable.mend()
        assert hear(near, 3) == b"TWO"


def test_a_slow_cable_delays_both_ways_and_keeps_the_order(cable: Cable) -> None:
    cable.delay(0.1)
    with connected(cable) as near:
        began = time.monotonic()
        near.sendall(b"one")
        near.sendall(b"two")
        assert hear(near, 6) == b"ONETWO"
        assert time.monotonic() - began >= 0.2


def test_a_stalled_cable_lets_so_many_bytes_of_an_answer_through_and_no_more(cable: Cable) -> None:
    with connected(cable) as near:
        near.sendall(b"before")
        assert hear(near, 6) == b"BEFORE"
        cable.stall(after=4)
        near.sendall(b"abcdefgh")
        assert hear(near, 4) == b"ABCD"
        hear_nothing(near)
        cable.mend()
        assert hear(near, 4) == b"EFGH"


def test_a_cable_that_leads_nowhere_refuses_and_lives_on(
    cable: Cable, server: Callable[..., int]
) -> None:
    cable.retarget(free_port())
    with connected(cable) as near, contextlib.suppress(ConnectionError):
        assert near.recv(1) == b""
    cable.retarget(server())
    with connected(cable) as near:
        near.sendall(b"there")
        assert hear(near, 5) == b"THERE"
