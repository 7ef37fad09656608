"""A whole kiosk over real pty, TCP and HTTP: from the card to the paper, and every way it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.outbox import Outbox
from kiosk.session.model import Act
from tests.kiosk.conftest import BRISK, PATIENT, Rig, station_of
from tests.kiosk.fake_controller import FakeController
from tests.kiosk.heard import until
from tests.kiosk.people import CARD, ELDER


def test_from_the_card_to_the_paper(rig: Rig) -> None:
    rig.lay()
    assert rig.view()["visitor"]["masked"] == "张*名"
    rig.take()
    view = rig.wait_for("done")
    assert view["ticket"]["number"] == "R001"
    assert view["ticket"]["printed"] is True
    rig.printer.wait_for_ticket()
    assert rig.printer.cuts == 1
    until(lambda: rig.outcomes("R001") == ["printed"], "the confirmation")


def test_without_a_card_the_number_is_typed(rig: Rig) -> None:
    """FR-02"""
    assert rig.act("pad_open")
    for key in [*CARD.number, "ok"]:
        assert rig.act("pad_key", key)
    rig.wait_for("home")
    rig.take()
    rig.wait_for("done")
    assert rig.controller.tickets["2026-03-17-R001"]["person"]["masked"] == "*"


def test_an_old_person_is_given_priority(rig: Rig) -> None:
    rig.lay(ELDER)
    rig.take()
    rig.wait_for("done")
    assert rig.controller.tickets["2026-03-17-R001"]["priority"] == "elder"


def test_a_lost_answer_prints_once(rig: Rig) -> None:
    """Peers 5: a retried request with the same request id prints once."""
    rig.lay()
    rig.controller.lose_answers = 2
    rig.take()
    rig.wait_for("done")
    rig.printer.wait_for_ticket()
    until(lambda: rig.outcomes("R001") == ["printed"], "the confirmation")
    assert len(rig.controller.tickets) == 1
    assert rig.printer.cuts == 1


@pytest.mark.usefixtures("hasty")
def test_an_answer_lost_for_good_is_a_wish_withdrawn_and_no_paper(rig: Rig) -> None:
    """Peers 9"""
    rig.lay()
    rig.controller.lose_answers = 8
    rig.take()
    assert rig.wait_for("error")["error"]["code"] == "offline"
    rig.controller.lose_answers = 0
    until(lambda: len(rig.controller.reserve.withdrawn) == 1, "the withdrawal")
    assert rig.printer.cuts == 0


def test_two_touches_on_take_are_one_number(rig: Rig) -> None:
    rig.lay()
    assert rig.act("choose", "RS-003")
    rev = rig.view()["rev"]
    assert rig.station.act(rev, Act("take"))
    assert not rig.station.act(rev, Act("take"))
    rig.wait_for("done")
    assert len(rig.controller.tickets) == 1


def test_a_touch_on_an_old_page_is_ignored(rig: Rig) -> None:
    rev = rig.view()["rev"]
    rig.lay()
    assert not rig.station.act(rev, Act("choose", "RS-003"))


def test_figures_that_change_make_no_touch_old(rig: Rig) -> None:
    rig.lay()
    rev = rig.view()["rev"]
    rig.controller.day = rig.controller.day | {"waiting_total": 99}
    rig.controller.seq += 1
    until(lambda: rig.view()["waiting_total"] == 99, "the new figure")
    assert rig.station.act(rev, Act("choose", "RS-003"))


def test_no_paper_is_known_before_anyone_starts(rig: Rig) -> None:
    """FR-19"""
    rig.printer.faults.paper_out = True
    until(lambda: rig.view().get("error", {}).get("code") == "paper_out", "the paper page")
    until(lambda: rig.controller.health.get("printer") == "paper_out", "the alert")
    rig.printer.faults.paper_out = False
    rig.wait_for("idle")


def test_paper_that_ends_at_the_last_moment_leaves_a_void_number(rig: Rig) -> None:
    """Peers 9: the job's own look before printing."""
    rig.lay()
    assert rig.act("choose", "RS-003")
    rig.printer.faults.paper_out_after_bytes = None
    # between the last look and the job the paper is gone: the job itself finds out
    with rig.controller.lock:
        assert rig.act("take")
        rig.printer.faults.paper_out = True
    assert rig.wait_for("error")["error"]["code"] == "paper_out"
    until(lambda: rig.outcomes("R001") in (["void"], []), "the end")
    assert rig.printer.cuts == 0


def test_a_printer_silent_after_the_cut_shows_the_number_and_offers_a_reprint(rig: Rig) -> None:
    """FR-18, peers 9"""
    rig.lay()
    rig.waits_for_the_printer(BRISK)
    rig.printer.faults.silent_after_cut = True
    rig.take()
    view = rig.wait_for("error")
    assert view["error"]["code"] == "printer_silent"
    assert view["ticket"]["number"] == "R001"
    assert view["ticket"]["printed"] is False
    assert view["error"]["actions"][0] == "staff", "it cannot print now"
    until(lambda: rig.outcomes("R001") == ["unproven"], "the flag")
    until(lambda: rig.controller.health.get("staff") == "print", "the alert")
    rig.waits_for_the_printer(PATIENT)
    rig.printer.faults.silent_after_cut = False
    until(lambda: rig.view()["printer"] == "ok", "the printer")
    assert rig.view()["error"]["actions"][0] == "reprint"
    assert rig.act("reprint")
    rig.wait_for("done")
    until(lambda: rig.outcomes("R001") == ["unproven", "printed"], "the proof")
    assert rig.printer.cuts == 2


def test_a_refusal_is_shown_in_the_controllers_words(rig: Rig) -> None:
    rig.controller.refuse = "series-full"
    rig.lay()
    rig.take()
    view = rig.wait_for("error")
    assert view["error"]["title"] == "标题 series-full"
    assert view["error"]["say_en"] == "detail series-full"
    assert rig.printer.cuts == 0


def test_a_controller_that_goes_away_is_shown_and_comes_back(rig: Rig) -> None:
    rig.controller.stop()
    view = rig.wait_for("error")
    assert (view["error"]["code"], view["link"]) == ("offline", "offline")
    rig.controller.start()
    rig.wait_for("idle")


def test_a_confirmation_waits_for_the_controller(rig: Rig) -> None:
    rig.lay()
    rig.take()
    rig.wait_for("done")
    rig.controller.stop()
    until(lambda: rig.view()["link"] == "offline", "the line to be missed")
    rig.controller.start()
    until(lambda: rig.outcomes("R001") == ["printed"], "the confirmation")


def test_an_unplugged_reader_is_out_and_comes_back(rig: Rig) -> None:
    rig.device.unplug()
    until(lambda: rig.view()["reader"] == "out", "the reader to be missed")
    assert rig.view()["state"] == "idle"
    rig.device.plug()
    until(lambda: rig.view()["reader"] == "ok", "the reader")
    rig.lay()


def test_an_unreadable_card_says_so(rig: Rig) -> None:
    rig.device.bad.unreadable = 99
    rig.device.lay(CARD)
    view = rig.wait_for("error")
    assert view["error"]["code"] == "card_unreadable"
    assert "pad" in view["error"]["actions"]


def test_a_call_for_staff_reaches_the_controller(rig: Rig) -> None:
    assert rig.act("staff")
    until(lambda: rig.controller.health.get("staff") == "asked", "the call")
    assert rig.view()["staff_called"]


def test_a_revoked_kiosk_shows_a_new_code(rig: Rig) -> None:
    """Peers 14"""
    rig.controller.approve = False
    with rig.controller.lock:
        rig.controller.devices.clear()
    view = rig.wait_for("enrol")
    until(lambda: rig.view()["enrol"]["code"] == "7K3M2Q", "the code")
    assert view["visitor"] is None


def test_a_new_kiosk_waits_for_its_approval(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.uplink.PENDING_S", 0.02)
    with FakeController(approve=False) as controller:
        station = station_of(tmp_path, controller, str(tmp_path / "none"), 9)
        station.start()
        until(lambda: station.board.view()["enrol"]["code"] == "7K3M2Q", "the code")
        with controller.lock:
            controller.devices["secret-1"] = "approved"
        until(lambda: station.board.view()["state"] != "enrol", "the approval")
        station.close()


def test_after_a_restart_the_kiosk_is_known_and_open_numbers_have_an_end(
    tmp_path: Path,
) -> None:
    """Peers 9: a power cut between number and print."""
    with FakeController() as controller:
        controller.outcomes["2026-03-17-R001"] = []
        with Outbox(tmp_path / "outbox.jsonl") as outbox:
            outbox.note("2026-03-17-R001")
        for _ in range(2):
            station = station_of(tmp_path, controller, str(tmp_path / "none"), 9)
            station.start()
            until(lambda: controller.outcomes["2026-03-17-R001"] == ["void"], "the end")
            until(lambda s=station: s.board.view()["state"] != "enrol", "being known")
            station.close()
        assert controller.calls.count("POST devices") == 1


def test_the_core_survives_what_it_cannot_handle(rig: Rig) -> None:
    rig.station.tell(object())  # type: ignore[arg-type]
    rig.lay()
