"""What can be wrong with a resident-ID reader, over a real pty: speed, noise, rights, statuses."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
import serial

from kiosk.readers import sam
from kiosk.readers.base import (
    CardRead,
    CardUnreadable,
    Down,
    ReaderDown,
    ReaderUp,
    Unreadable,
)
from kiosk.readers.sam import BAUDS, SamReader
from kiosk.readers.sam_codec import Command
from kiosk.readers.virtual import VirtualCard, VirtualSamReader
from kiosk.session.cards import _UNREADABLE
from kiosk.words import WORDS
from tests.kiosk.heard import Heard, until

pytestmark = pytest.mark.usefixtures("patient_reader")
CARD = VirtualCard("张无名", date(1990, 3, 7))
ROOT = Path(__file__).parents[2]


@pytest.fixture
def probing(patient_reader: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a wrong speed nobody answers; at the right one a busy machine may take a while."""
    monkeypatch.setattr(sam, "PROBE_S", 0.25)


@pytest.fixture
def brisk(patient_reader: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that is silent or babbles is not waited for."""
    for name in ("ANSWER_S", "PROBE_S"):
        monkeypatch.setattr(sam, name, 0.1)


@pytest.fixture
def device(tmp_path: Path) -> Iterator[VirtualSamReader]:
    with VirtualSamReader(link=str(tmp_path / "idreader")) as reader:
        yield reader


@pytest.fixture
def reader(device: VirtualSamReader) -> Iterator[SamReader]:
    one = SamReader(device.port, poll_s=0.01)
    yield one
    one.close()


@pytest.mark.usefixtures("probing")
@pytest.mark.parametrize("baud", BAUDS)
def test_the_speed_of_a_reader_is_found(
    device: VirtualSamReader, reader: SamReader, baud: int
) -> None:
    device.bad.baud = baud
    heard = Heard()
    reader.start(heard)
    heard.wait(ReaderUp)
    device.lay(CARD)
    heard.wait(CardRead)
    assert "ReaderDown" not in heard.kinds()


@pytest.mark.usefixtures("probing")
def test_the_speed_that_was_found_is_tried_first_after_an_interruption(
    device: VirtualSamReader, reader: SamReader
) -> None:
    device.bad.baud = 9600
    heard = Heard()
    reader.start(heard)
    heard.wait(ReaderUp)
    assert reader._bauds[0] == 9600
    device.unplug()
    heard.wait(ReaderDown)
    device.plug()
    heard.wait(ReaderUp, 2)


@pytest.mark.usefixtures("brisk")
def test_a_speed_that_is_configured_is_the_only_one(device: VirtualSamReader) -> None:
    device.bad.baud = 9600
    heard, reader = Heard(), SamReader(device.port, 115200, poll_s=0.01)
    reader.start(heard)
    assert heard.wait(ReaderDown) == ReaderDown(Down.SILENT)
    device.bad.baud = 115200
    heard.wait(ReaderUp)
    reader.close()


@pytest.mark.usefixtures("brisk")
@pytest.mark.parametrize("noise", [b"login: ", b"\xff\x00\xaa\xaa\xaa\x96\x69\x00", b"\x00" * 5000])
def test_a_device_that_only_babbles_is_told_from_a_silent_one(
    device: VirtualSamReader, reader: SamReader, noise: bytes
) -> None:
    device.bad.noise = noise
    heard = Heard()
    reader.start(heard)
    assert heard.wait(ReaderDown) == ReaderDown(Down.GARBLED)
    assert reader.health().word == "garbled"
    device.bad.noise = b""
    heard.wait(ReaderUp)
    device.lay(CARD)
    heard.wait(CardRead)


def test_a_port_that_another_program_has_is_said_to_be_held(
    device: VirtualSamReader, reader: SamReader
) -> None:
    heard = Heard()
    with serial.Serial(device.port, 115200, exclusive=True):
        reader.start(heard)
        assert heard.wait(ReaderDown) == ReaderDown(Down.HELD)
    heard.wait(ReaderUp)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody without rights")
def test_a_port_that_may_not_be_opened_is_said_to_be_that(device: VirtualSamReader) -> None:
    os.chmod(device.port, 0o600)
    program = (
        "import os, sys\n"
        "from kiosk.readers.keeper import Lost\n"
        "from kiosk.readers.port import open_port\n"
        "os.seteuid(65534)\n"
        "try:\n"
        "    open_port(sys.argv[1], 115200)\n"
        "except Lost as lost:\n"
        "    print(lost.reason.value)\n"
    )
    run = [sys.executable, "-c", program, os.path.realpath(device.port)]
    said = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout == "not_allowed\n"


REACTIONS = {
    "000010": Unreadable.TRY_AGAIN,
    "000011": Unreadable.TRY_AGAIN,
    "000021": Unreadable.TRY_AGAIN,
    "000024": Unreadable.TRY_AGAIN,
    "123431": Unreadable.NOT_VALID,
    "000032": Unreadable.NOT_VALID,
    "000033": Unreadable.NOT_VALID,
    "000040": Unreadable.WRONG_CARD,
    "123441": Unreadable.TRY_AGAIN,
    "123447": Unreadable.TRY_AGAIN,
    "000060": Down.SELF_TEST,
    "000066": Down.NOT_AUTHORISED,
    "000080": Unreadable.TRY_AGAIN,
    "123481": Unreadable.TRY_AGAIN,
    "000091": Unreadable.WRONG_CARD,
    "0000ee": Unreadable.TRY_AGAIN,
}


@pytest.mark.parametrize(("status", "reaction"), REACTIONS.items())
def test_every_status_of_a_read_leads_to_words_for_a_person_or_for_staff(
    device: VirtualSamReader, reader: SamReader, status: str, reaction: Unreadable | Down
) -> None:
    heard = Heard()
    reader.start(heard)
    heard.wait(ReaderUp)
    device.bad.statuses[Command.READ.value] = bytes.fromhex(status)
    device.lay(CARD)
    if isinstance(reaction, Down):
        assert heard.wait(ReaderDown) == ReaderDown(reaction)
        say = reader.health().say
        assert (say.zh, say.en) != ("", "")
    else:
        assert heard.wait(CardUnreadable) == CardUnreadable(reaction)
        words = WORDS[_UNREADABLE[reaction]]
        assert words.say
        assert words.say_en


def test_a_status_nobody_documented_to_a_look_is_an_answer_that_makes_no_sense(
    device: VirtualSamReader, reader: SamReader
) -> None:
    heard = Heard()
    device.bad.statuses[Command.FIND.value] = b"\x00\x00\xee"
    reader.start(heard)
    assert heard.wait(ReaderDown) == ReaderDown(Down.GARBLED)


def test_the_loop_shows_that_it_turns(device: VirtualSamReader, reader: SamReader) -> None:
    reader.start(Heard())
    for _ in range(3):
        before = reader._keeper._turned
        until(lambda before=before: reader._keeper._turned > before, "another turn")
    assert reader.health().turned_s < 5


CHILD = """
import sys, threading
from kiosk.readers.base import CardRead
from kiosk.readers.sam import SamReader
done = threading.Event()
reader = SamReader(sys.argv[1], poll_s=0.01)
kept = bytearray("无名区".encode("utf-16-le")) + bytearray(b"kept on purpose")
reader.start(lambda event: done.set() if isinstance(event, CardRead) else None)
assert done.wait(20)
print("read", file=sys.stderr, flush=True)
sys.stdin.read()
"""


def test_no_address_and_no_photo_is_left_in_memory_after_a_read(device: VirtualSamReader) -> None:
    """T3: another process reads the card, and all its memory is searched."""
    photo = b"".join(sha256(bytes([part])).digest() for part in range(32))
    device.photo = photo
    device.lay(CARD)
    address = "虚构路 1 号".encode("utf-16-le")
    run = [sys.executable, "-c", CHILD, device.port]
    child = subprocess.Popen(
        run,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    with child:
        assert child.stdin is not None
        assert child.stderr is not None
        try:
            assert child.stderr.readline() == b"read\n"
            memory = memory_of(child.pid)
            assert "无名区".encode("utf-16-le") + b"kept on purpose" in memory
            assert address not in memory
            assert not [part for part in range(32) if photo[part * 32 :][:32] in memory]
        finally:
            child.stdin.close()


def memory_of(pid: int) -> bytes:
    """Everything a process can write to."""
    found = []
    with open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            where, rights, *_ = line.split()
            if not rights.startswith("rw") or line.endswith(("[vvar]", "[vsyscall]")):
                continue
            start, end = (int(part, 16) for part in where.split("-"))
            memory.seek(start)
            found.append(memory.read(end - start))
    return b"".join(found)
