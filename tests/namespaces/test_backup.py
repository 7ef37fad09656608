"""A controller that is gone for good, and its backup, older than the end, in its place (FR-23)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.controller.web.process import House, Process, until
from tests.namespaces.net import Net
from tests.namespaces.rig import Rig


@pytest.fixture
def rig(net: Net, tmp_path: Path) -> Iterator[Rig]:
    with Rig(net, tmp_path, backup=True) as found:
        found.ready()
        yield found


@pytest.mark.long
def test_fr_23_numbers_that_the_backup_does_not_know_are_told_again(rig: Rig) -> None:
    rig.take()
    with rig.net.within(rig.net.hall):
        backup = backed_up(rig)
    rig.back()
    rig.net.cut()
    rig.alone()
    for _ in range(3):
        rig.take()
    rig.net.mend()
    rig.back()
    rig.account()

    rig.net.cut()
    rig.house.process.kill()
    rig.alone()
    for _ in range(2):
        rig.take()
    takes_over(rig, backup)
    until(lambda: len(rig.in_line()) == len(rig.papers), "the numbers that were forgotten")
    rig.account()
    assert not rig.take()["alone"]
    rig.account()


@pytest.mark.long
def test_fr_22_numbers_that_only_the_lost_journal_knew_are_in_line_and_come_once(
    rig: Rig,
) -> None:
    rig.take()
    with rig.net.within(rig.net.hall):
        backup = backed_up(rig)
    rig.back()
    for _ in range(3):
        assert not rig.take()["alone"]
    kept = rig.kiosk.state / "told.jsonl"
    until(lambda: all(n in kept.read_text() for n in rig.papers[1:]), "the numbers to be kept")
    until(lambda: rig.kiosk.page.view()["waiting_total"] == len(rig.papers), "a beat after them")

    rig.net.cut()
    rig.house.process.kill()
    rig.alone()
    rig.take()
    takes_over(rig, backup)
    until(lambda: len(rig.in_line()) == len(rig.papers), "the numbers that nobody knew")
    rig.account()
    for _ in range(3):
        assert not rig.take()["alone"]
    rig.account()


def backed_up(rig: Rig) -> Process:
    """A controller with what the other knows by now, not started."""
    process = rig.house.process
    process.stop()
    backup = Process(process.directory.with_name("backup"))
    shutil.copytree(process.state, backup.state)
    process.start()
    return backup


def takes_over(rig: Rig, backup: Process) -> None:
    """The backup answers at the other address, and the kiosk has told it what it knows."""
    with rig.net.within(rig.net.hall):
        rig.house = House(backup.start(), rig.house.tokens)
        rig.other.retarget(backup.port)
        rig.other.mend()
    rig.net.mend()
    rig.back()
