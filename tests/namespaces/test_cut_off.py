"""A kiosk's process that loses its controller's, on a real wire between namespaces (FR-23)."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from tests.namespaces.net import Net
from tests.namespaces.rig import Rig
from tests.portal import SIGN_IN, portal


@pytest.fixture(scope="module")
def one(net: Net, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with Rig(net, tmp_path_factory.mktemp("rig")) as found:
        yield found


@pytest.fixture
def rig(one: Rig) -> Rig:
    """Controller and kiosk, and all is well between them."""
    one.ready()
    return one


def test_fr_23_numbers_taken_while_the_cable_is_cut_are_neither_lost_nor_doubled(rig: Rig) -> None:
    assert not rig.take()["alone"]
    rig.net.cut()
    rig.alone()
    assert all(rig.take()["alone"] for _ in range(4))
    rig.net.mend()
    rig.back()
    assert not rig.take()["alone"]
    rig.account()


def test_fr_23_a_wish_that_meets_the_cut_leaves_one_number(rig: Rig) -> None:
    """Nobody knows of the cut yet when the person presses the button."""
    rig.net.half()
    assert rig.take()["alone"]
    rig.alone()
    rig.take()
    rig.net.mend()
    rig.back()
    rig.account()


def test_fr_23_a_controller_that_never_answers_is_left_alone(rig: Rig) -> None:
    rig.cable.stall()
    assert rig.take()["alone"]
    rig.alone()
    rig.take()
    rig.cable.mend()
    rig.back()
    rig.account()


def test_fr_23_a_captive_portal_is_not_believed(rig: Rig) -> None:
    known = (rig.kiosk.state / "device.json").read_bytes()
    with rig.net.within(rig.net.hall), portal(*SIGN_IN) as there:
        rig.cable.retarget(there)
        rig.alone()
        rig.take()
        rig.take()
        rig.cable.retarget(rig.house.process.port)
    rig.back()
    assert (rig.kiosk.state / "device.json").read_bytes() == known
    rig.account()


def test_fr_23_a_kiosk_that_is_killed_while_alone_goes_on_where_it_was(rig: Rig) -> None:
    rig.net.cut()
    rig.alone()
    for _ in range(3):
        rig.take()
    key = json.loads((rig.kiosk.state / "day.json").read_text())["key"]
    blocks = blocks_of(rig)
    rig.kiosk.kill()
    untold = rig.kiosk.untold
    rig.kiosk.start()
    rig.alone()
    assert json.loads((rig.kiosk.state / "day.json").read_text())["key"] == key
    assert blocks_of(rig) == blocks
    assert rig.kiosk.untold == untold
    for _ in range(3):
        assert rig.take()["alone"]
    rig.net.mend()
    rig.back()
    rig.account()


def test_fr_23_the_guide_desk_takes_in_the_slips_of_a_kiosk_that_died(rig: Rig) -> None:
    rig.net.cut()
    rig.alone()
    minute = int(time.time()) // 60 * 60_000  # a slip says no more
    slips = [rig.take("RS-003") for _ in range(2)]
    rig.kiosk.kill()
    rig.net.mend()
    with rig.net.within(rig.net.hall):
        for slip in slips:
            taken = rig.house.client("0801").command(
                "/tickets/take-in",
                number=slip["number"],
                code=slip["short_code"],
                given_at=minute,
                items=["RS-003"],
            )["ticket"]
            assert (taken["state"], taken["print"]) == ("waiting", "printed")
    rig.account()
    rig.kiosk.start()  # mended after all: what it tells is known already
    rig.back()
    rig.account()


@pytest.mark.long
def test_fr_23_a_flapping_link_loses_and_doubles_nothing(rig: Rig) -> None:
    for _ in range(4):
        rig.net.cut()
        rig.take()
        rig.net.mend()
        rig.take()
    rig.back()
    rig.account()


@pytest.mark.long
@pytest.mark.parametrize("seconds", [0.3, 1.4, 5.0])
def test_fr_23_a_slow_line_loses_and_doubles_nothing(rig: Rig, seconds: float) -> None:
    """Slow enough to be used, slow enough for some answers, and slower than anybody waits."""
    rig.cable.delay(seconds)
    for _ in range(3):
        rig.take()
    rig.cable.mend()
    rig.back()
    rig.account()


def blocks_of(rig: Rig) -> list[str]:
    """The lines of the lease book that say what was set aside."""
    lines = (rig.kiosk.state / "leases.jsonl").read_text().splitlines()
    return [line for line in lines if "first" in json.loads(line)]
