"""A whole kiosk that is cut off from its controller, in every way a line can fail (FR-23, T5)."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.identity import Identity
from kiosk.station import Station
from tests.kiosk.conftest import Rig, station_of
from tests.kiosk.fake_controller import FakeController
from tests.kiosk.heard import until
from tests.kiosk.people import CARD, ELDER, day_json
from tests.portal import SIGN_IN, portal

NOON = 1_773_720_000_000
SERIES = {"RS": "R", "GA": "A", "ZX": "Z"}
MARK = "0123456789abcdef"


def able_day() -> dict[str, Any]:
    """The day of a controller that leases numbers."""
    base = day_json(policy={"lease_numbers": 10, "lease_min": 10, "tickets_per_person": 3})
    items = [item | {"series": SERIES[item["group"]]} for item in base["items"]]
    return base | {"items": items}


def prepare(controller: FakeController) -> None:
    controller.beats_at = NOON
    controller.mark = MARK
    controller.day = able_day()
    controller.seq += 1


@pytest.fixture
def able(rig: Rig) -> Rig:
    """A kiosk that has blocks of all three series."""
    prepare(rig.controller)
    leases = rig.state_dir / "leases.jsonl"
    until(lambda: leases.read_text().count('"first"') == 3, "three blocks")
    until(lambda: Identity(rig.state_dir).hall() == MARK, "the hall's mark")
    return rig


def cut(rig: Rig) -> None:
    rig.controller.stop()
    until(lambda: rig.view()["link"] == "offline", "the cut to be noticed")


def gives(rig: Rig, card: Any = CARD, code: str = "RS-003") -> dict[str, Any]:
    """One person takes a number and leaves; the ticket on the page."""
    cuts = rig.printer.cuts
    rig.lay(card)
    rig.take(code)
    view = rig.wait_for("done")
    until(lambda: rig.printer.cuts == cuts + 1, "the paper")
    rig.device.lift()
    rig.act("exit")
    rig.wait_for("idle")
    return dict(view["ticket"])


def test_a_kiosk_that_is_cut_off_goes_on_and_says_so(able: Rig) -> None:
    cut(able)
    view = able.wait_for("idle")
    assert (view["alone"], view["waiting_total"]) == (True, None)
    ticket = gives(able)
    assert (ticket["number"], ticket["alone"], ticket["printed"]) == ("R990", True, True)
    assert (ticket["ahead"], ticket["wait"]) == (None, None)
    assert len(ticket["short_code"]) == 7


def test_numbers_are_told_in_order_when_the_controller_is_back(able: Rig) -> None:
    cut(able)
    numbers = [gives(able, card)["number"] for card in (CARD, ELDER)]
    assert gives(able, CARD, "GA-010")["number"] == "A990"
    able.controller.start()
    until(lambda: len(able.controller.reserve.reported) == 3, "the reports")
    assert able.controller.reserve.numbers() == [*numbers, "A990"]
    times = [body["given"]["at"] for body in able.controller.reserve.reported]
    assert times == sorted(set(times))
    first, second, _ = able.controller.reserve.reported
    assert first["given"]["printed"] is True
    assert (first["person"]["masked"], second["priority"]) == ("张*名", "elder")
    until(lambda: (able.state_dir / "outbox.jsonl").read_bytes() == b"", "an empty outbox")
    until(lambda: able.view()["link"] == "online" and not able.view()["alone"], "the link")
    assert gives(able, ELDER, "GA-010")["number"] == "R001", "the controller gives numbers again"


def test_staff_hear_how_many_numbers_are_not_told(able: Rig) -> None:
    cut(able)
    gives(able)
    able.controller.reserve.unwanted = {"R990"}
    able.controller.start()
    until(lambda: able.controller.health.get("refused") == "R990", "the refusal to be reported")
    assert "untold" not in able.controller.health


def test_a_number_that_is_refused_keeps_none_behind_it(able: Rig) -> None:
    cut(able)
    for card in (CARD, ELDER):
        gives(able, card)
    able.controller.reserve.unwanted = {"R990"}
    able.controller.start()
    until(lambda: able.controller.reserve.numbers() == ["R991"], "the second number")


@pytest.mark.usefixtures("hasty")
def test_a_lost_answer_leaves_one_number_and_not_two(able: Rig) -> None:
    """The wish may have been done: it is withdrawn, and the number on paper counts."""
    able.controller.lose_answers = 100
    assert gives(able)["number"] == "R990"
    able.controller.lose_answers = 0
    until(lambda: able.controller.reserve.numbers() == ["R990"], "the report")
    (wish,) = able.controller.reserve.withdrawn
    done = able.controller.answers[wish][1][1]["ticket"]["id"]
    assert list(able.controller.tickets) == [done], "it was done, once"
    assert able.controller.calls.index("POST tickets/withdraw") < len(able.controller.calls)


def test_whoever_comes_again_may_have_the_same_number_printed_again(able: Rig) -> None:
    cut(able)
    number = gives(able)["number"]
    able.lay()
    able.take()
    view = able.wait_for("error")
    assert view["error"]["code"] == "held_already"
    assert view["error"]["actions"][0] == "reprint"
    assert view["ticket"]["number"] == number
    assert able.act("reprint")
    able.wait_for("done")
    assert able.printer.cuts == 2
    able.controller.start()
    until(lambda: able.controller.reserve.numbers() == [number], "one report")


def test_without_a_block_the_page_says_where_to_go(able: Rig) -> None:
    cut(able)
    until(lambda: able.view()["alone"], "alone")
    with able.controller.lock:
        (able.state_dir / "leases.jsonl").unlink()
    restarted(able)
    view = wait(able, lambda view: view["state"] == "error")
    assert view["error"]["code"] == "offline"
    assert "咨询台" in view["error"]["say"]


def test_a_kiosk_that_starts_while_it_is_cut_off_has_day_key_block_and_outbox(able: Rig) -> None:
    cut(able)
    assert gives(able)["number"] == "R990"
    restarted(able)
    view = wait(able, lambda view: view["state"] == "idle")
    assert view["alone"]
    assert gives(able, ELDER)["number"] == "R991"
    able.lay()
    able.take()
    assert able.wait_for("error")["error"]["code"] == "held_already", "the same key, the same hash"
    able.controller.start()
    until(lambda: able.controller.reserve.numbers() == ["R990", "R991"], "both numbers")
    assert able.controller.calls.count("POST devices") == 1


def test_a_kiosk_that_was_shut_out_gives_nothing_by_itself(able: Rig) -> None:
    with able.controller.lock:
        able.controller.devices.clear()
    until(lambda: not (able.state_dir / "day.json").exists(), "the day to be destroyed")
    able.controller.stop()
    restarted(able)
    view = wait(able, lambda view: view["link"] == "offline")
    assert not view["alone"]
    assert view["state"] != "idle"


def test_the_page_says_that_a_service_s_numbers_are_given_out(able: Rig) -> None:
    """The quota had one number left at the cut, and the kiosk gives that one out."""
    day, hour = able_day(), 3_600_000
    slots = [[NOON - hour, NOON + hour, 1], [NOON + 2 * hour, NOON + 3 * hour, 1]]
    items = [i | {"slots": slots if i["code"] == "RS-003" else None} for i in day["items"]]
    able.controller.day = day | {"items": items}
    able.controller.seq += 1
    until(lambda: '"slots": [[' in (able.state_dir / "day.json").read_text(), "the hours")
    cut(able)
    assert gives(able)["number"] == "R990"
    able.lay(ELDER)

    def shut() -> dict[str, Any]:
        tiles = able.view()["home"]["tiles"]
        return {tile["code"]: tile["shut"] for tile in tiles}

    until(lambda: shut()["RS-003"], "the service to be shut")
    assert shut()["RS-003"] == {"why": "exhausted", "again": "14:00", "again_on": ""}
    assert not shut()["GA-010"]


def test_a_portal_that_answers_everything_is_not_the_controller(able: Rig) -> None:
    port = int(able.controller.url.rpartition(":")[2])
    able.controller.stop()
    with portal(*SIGN_IN, port=port):
        until(lambda: able.view()["alone"], "alone")
        assert gives(able)["number"] == "R990"
    able.controller.start()
    until(lambda: able.controller.reserve.numbers() == ["R990"], "the report")
    assert Identity(able.state_dir).load() == "secret-1"


@pytest.mark.parametrize("body", [b'{"code": "unauthenticated"}', b'{"state": "revoked"}'])
def test_another_hall_s_controller_makes_a_kiosk_forget_nothing(able: Rig, body: bytes) -> None:
    port = int(able.controller.url.rpartition(":")[2])
    able.controller.stop()
    with portal((401, {"Jiaohao-Hall": "fedcba9876543210"}, body), port=port):
        until(lambda: able.view()["alone"], "alone")
        assert gives(able)["number"] == "R990"
    able.controller.start()
    until(lambda: able.controller.reserve.numbers() == ["R990"], "the report")
    assert able.controller.calls.count("POST devices") == 1


def test_the_backup_at_another_address_is_asked_with_the_same_token(able: Rig) -> None:
    with FakeController() as backup:
        prepare(backup)
        backup.devices, backup.reserve = able.controller.devices, able.controller.reserve
        restarted(able, backup)
        wait(able, lambda view: view["link"] == "online")
        backup.stop()  # it takes a while to be put in place
        able.controller.stop()
        until(lambda: able.view()["alone"], "alone")
        number = gives(able)["number"]
        backup.start()
        until(lambda: able.view()["link"] == "online", "the backup")
        until(lambda: backup.reserve.numbers() == [number], "the report")
        assert "POST devices" not in backup.calls
        assert gives(able, ELDER)["number"] == "R001"


def test_what_a_restored_controller_has_forgotten_is_told_again(able: Rig) -> None:
    """Its backup is older than the report: it holds the number to be set aside still."""
    cut(able)
    number = gives(able)["number"]
    reserve = able.controller.reserve
    set_aside = {letter: list(numbers) for letter, numbers in reserve.leased.items()}
    able.controller.start()
    until(lambda: reserve.numbers() == [number], "the report")
    until(lambda: not (able.state_dir / "outbox.jsonl").read_text(), "its answer")
    until(lambda: able.view()["link"] == "online", "the link")
    able.controller.stop()
    with able.controller.lock:
        reserve.leased.clear()
        reserve.leased.update(set_aside)
        able.controller.seq -= 1
        able.controller.answers.clear()
    able.controller.start()
    until(lambda: reserve.numbers() == [number, number], "the report, again")
    assert reserve.reported[0]["given"] == reserve.reported[1]["given"]
    assert reserve.reported[1]["person"] is None


def test_a_number_that_only_a_lost_journal_knew_is_told_to_the_one_that_came_after(
    able: Rig,
) -> None:
    """The backup was taken before the controller gave it, and doubts it now."""
    number, booked = gives(able)["number"], able.controller.tickets
    until(lambda: all(able.controller.outcomes.values()), "how it ended")
    until(lambda: (able.state_dir / "told.jsonl").read_text(), "the number to be kept")
    able.controller.stop()
    with able.controller.lock:
        able.controller.reserve.leased["R"] += [1, 2, 3]
        able.controller.seq -= 2  # the kiosk may not have heard of the last one
        (asked,) = booked.values()
    able.controller.start()
    until(lambda: able.controller.reserve.numbers() == [number], "the report")
    told = able.controller.reserve.reported[0]
    assert (told["items"], told["person"]) == (asked["items"], None)
    assert told["given"]["printed"]


def test_a_block_that_the_controller_no_longer_knows_is_not_used(able: Rig) -> None:
    """A backup that is older than the lease: its numbers may belong to others."""
    able.controller.stop()
    with able.controller.lock:
        able.controller.seq -= 1
        able.controller.reserve.leased.clear()
        able.controller.reserve.top = {"R": 989, "A": 989, "Z": 989}
    able.controller.start()
    until(lambda: able.controller.reserve.leased.get("Z", [0])[-1] == 989, "new blocks")
    until(lambda: able.view()["link"] == "online", "the link")
    cut(able)
    assert gives(able)["number"] == "R980"


# -- what happens to the rig -------------------------------------------------------


def restarted(rig: Rig, backup: FakeController | None = None) -> Station:
    """The kiosk's process ends and begins again on the same files."""
    rig.station.close()
    rig.station = station_of(
        rig.state_dir, rig.controller, rig.device.port, rig.printer.port, backup
    )
    rig.station.start()
    return rig.station


def wait(rig: Rig, holds: Any) -> dict[str, Any]:
    seen: list[dict[str, Any]] = []

    def shown() -> bool:
        seen[:] = [rig.view()]
        return bool(holds(seen[0]))

    until(shown, "the view")
    return seen[0]
