"""A real pcscd with a virtual card reader, for tests and demonstrations.

It runs in namespaces of its own: no other pcscd of the machine sees it or is seen
by it, no reader of the machine is touched, and the port of vpcd, which would
listen on every address, is one that nobody outside can reach.  A small doorman
inside hands out connections to that port.

Needs the Debian packages pcscd and vsmartcard-vpcd, which no kiosk in service has.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from kiosk.readers.virtual_chip import ChipCard

PORT = 35963
START_S = 10.0
POWER_OFF, POWER_ON, RESET, GIVE_ATR = 0, 1, 2, 4
ATR = bytes.fromhex("3B6800000073C84000009000")
NO_ATR = bytes(2)
"""What nobody can make sense of: vpcd takes an empty answer for a card that left."""
SIOCSIFFLAGS, IFF_UP_RUNNING = 0x8914, 0x41
LIBRARY = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
"""The reader's driver; where it is not, vsmartcard-vpcd is not installed."""
DRIVER = f"""\
FRIENDLYNAME "Virtual PCD"
DEVICENAME   /dev/null:0x8C7B
LIBPATH      {LIBRARY}
CHANNELID    0x8C7B
"""


HAND_S = 1.0
"""A hand takes a card out and puts one in no faster; pcscd would overlook it, which asks a virtual
reader every 0.4 s."""


class NoPcscd(Exception):
    """pcscd could not be started; says what is missing."""


class VirtualSlot:
    """A slot of the virtual reader.  Switches may be set while a card is in it."""

    def __init__(self, door: Path, number: int) -> None:
        self._door, self._number = door, number
        self._line: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self.mute = False
        """The card's answer to reset makes no sense."""
        self.silent = False
        """The card answers its reset and then nothing."""
        self.pull_at = 0
        """The card is pulled out when it hears its so-manieth command; 0: never."""
        self.left_at = 0.0
        """When the card before left this pcscd's reader, by `time.monotonic`."""

    @property
    def holds(self) -> bool:
        """Whether a card is in it; one that was pulled out has left."""
        return self._thread is not None and self._thread.is_alive()

    def insert(self, card: ChipCard) -> None:
        """Put a card in, no sooner after the one before than a hand can."""
        self.remove()
        time.sleep(max(0.0, self.left_at + HAND_S - time.monotonic()))
        with socket.socket(socket.AF_UNIX) as door:
            door.connect(str(self._door))
            door.sendall(bytes([self._number]))
            _, (fd, *_), _, _ = socket.recv_fds(door, 1, 1)
        self._line = socket.socket(fileno=fd)
        args = (self._line, card)
        self._thread = threading.Thread(target=self._serve, args=args, daemon=True)
        self._thread.start()

    def remove(self) -> None:
        """Take the card out."""
        if self._line is None or self._thread is None:
            return
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._line = None

    def _serve(self, line: socket.socket, card: ChipCard) -> None:
        try:
            self._answer(line, card)
        finally:
            self.left_at = time.monotonic()

    def _answer(self, line: socket.socket, card: ChipCard) -> None:
        heard = 0
        with line, contextlib.suppress(OSError):
            while (message := _message(line)) is not None:
                if len(message) > 1:
                    heard += 1
                    if heard == self.pull_at:
                        return
                    if not self.silent:
                        _send(line, card.answer(message))
                elif message[0] == GIVE_ATR:
                    _send(line, NO_ATR if self.mute else ATR)


class VirtualPcscd:
    """The daemon, from `start` to `close`.  `socket_name` is where pcsc-lite finds it:

    set it as PCSCLITE_CSOCK_NAME in the environment before the first PC/SC call of a
    process.  It stays the same over restarts.
    """

    def __init__(self) -> None:
        self._dir = Path(tempfile.mkdtemp(prefix="vpcd-"))
        for name in ("sock", "drivers"):
            (self._dir / name).mkdir()
        self.socket_name = str(self._dir / "sock" / "pcscd.comm")
        self.slots = tuple(VirtualSlot(self._dir / "door", number) for number in (0, 1))
        self._inside: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> VirtualPcscd:
        try:
            self.start()
        except NoPcscd:
            self.close()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process that keeps pcscd, while it runs."""
        return self._inside.pid if self._inside else None

    def start(self, *, reader: bool = True) -> None:
        """Start pcscd, with its reader or with none, and wait until it answers.

        Raises `NoPcscd`.
        """
        driver = self._dir / "drivers" / "vpcd"
        driver.unlink(missing_ok=True)
        if reader:
            driver.write_text(DRIVER)
        for slot in self.slots:
            slot.left_at = 0.0
        unshare = ["unshare", "-mn"] if os.geteuid() == 0 else ["unshare", "-rmn"]
        self._inside = subprocess.Popen(
            [*unshare, sys.executable, "-m", "kiosk.readers.virtual_pcscd", str(self._dir)],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        if _line_of(self._inside, START_S) != b"ready\n":
            self.kill()
            raise NoPcscd("pcscd did not start: it needs pcscd, vsmartcard-vpcd and namespaces")

    def kill(self) -> None:
        """End pcscd at once, as a crash does."""
        inside, self._inside = self._inside, None
        if inside is None:
            return
        for stream in (inside.stdin, inside.stdout):
            assert stream is not None
            stream.close()
        inside.wait()

    def close(self) -> None:
        """Take out the cards and end the daemon."""
        for slot in self.slots:
            slot.remove()
        self.kill()
        shutil.rmtree(self._dir, ignore_errors=True)


def _line_of(process: subprocess.Popen[bytes], patience_s: float) -> bytes:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], patience_s)
    return process.stdout.readline() if ready else b""


def _message(line: socket.socket) -> bytes | None:
    """The next message of the vpcd protocol: two bytes of length, then so many."""
    head = _exactly(line, 2)
    return None if head is None else _exactly(line, int.from_bytes(head, "big"))


def _exactly(line: socket.socket, count: int) -> bytes | None:
    data = b""
    while len(data) < count:
        part = line.recv(count - len(data))
        if not part:
            return None
        data += part
    return data


def _send(line: socket.socket, data: bytes) -> None:
    line.sendall(len(data).to_bytes(2, "big") + data)


# -- inside the namespaces --------------------------------------------------------------


def _inside(directory: Path) -> None:
    """Start pcscd and hand out connections to its reader until stdin ends."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP_RUNNING))
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run"], check=True)
    Path("/run/pcscd").mkdir()
    subprocess.run(["mount", "--bind", str(directory / "sock"), "/run/pcscd"], check=True)
    for stale in [*(directory / "sock").iterdir(), directory / "door"]:
        stale.unlink(missing_ok=True)
    daemon = ["pcscd", "--foreground", "--config", str(directory / "drivers")]
    pcscd = subprocess.Popen(daemon, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        _wait_for(directory / "sock" / "pcscd.comm")
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(str(directory / "door"))
            door.listen()
            print("ready", flush=True)
            while not select.select([door, sys.stdin], [], [])[0].count(sys.stdin):
                _let_in(door)
    finally:
        pcscd.kill()
        pcscd.wait()


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + START_S
    while not path.exists():
        if time.monotonic() > deadline:
            raise SystemExit("pcscd opened no socket")
        time.sleep(0.02)


def _let_in(door: socket.socket) -> None:
    guest, _ = door.accept()
    with guest:
        slot = guest.recv(1)[0]
        with socket.create_connection(("127.0.0.1", PORT + slot)) as line:
            socket.send_fds(guest, [b"."], [line.fileno()])


if __name__ == "__main__":
    _inside(Path(sys.argv[1]))
