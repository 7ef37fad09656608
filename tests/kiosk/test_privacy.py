"""No name and no number leaves a kiosk's memory."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
import structlog

from controller.hall.visitor import hide_long_numbers
from kiosk.log import set_up
from kiosk.readers.virtual import VirtualCard
from tests.kiosk.conftest import Rig
from tests.kiosk.heard import until
from tests.kiosk.people import CARD, ELDER

PEOPLE = [CARD, ELDER]
LOOKS_LIKE_ONE = re.compile(r"(?<![0-9A-Fa-f])[1-9]\d{16}[\dXx](?![0-9A-Fa-f])")


def traces(card: VirtualCard, text: str) -> list[str]:
    secrets = [card.name, card.number, f"{card.birth:%Y%m%d}", f"{card.birth:%Y-%m-%d}"]
    return [secret for secret in secrets if secret in text]


@pytest.mark.usefixtures("hasty")
def test_a_whole_day_leaves_no_name_and_no_number(
    rig: Rig, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Peers 13: logs, HTTP bodies, files and views of good and bad visits."""
    views: list[str] = []
    keep = rig.station.board.view
    monkeypatch.setattr(rig.station.board, "view", lambda: (views.append(repr(keep())), keep())[1])

    for card in PEOPLE:
        rig.lay(card)
        rig.take()
        rig.wait_for("done")
        rig.device.lift()
        until(lambda: not rig.station._session.card_on_reader, "the card to be taken")
        rig.act("exit")
    assert rig.act("pad_open")
    for key in [*CARD.number, "ok"]:
        rig.act("pad_key", key)
        rig.view()
    rig.wait_for("home")
    rig.controller.lose_answers = 8
    rig.take()
    rig.wait_for("error")
    rig.act("exit")
    rig.device.bad.auth_failed = True
    rig.device.lay(ELDER)
    rig.wait_for("error")
    rig.station.tell(CARD)  # type: ignore[arg-type]
    until(lambda: len(rig.controller.tickets) == 3, "the third number")

    out, err = capfd.readouterr()
    files = [path.read_bytes() for path in rig.state_dir.rglob("*") if path.is_file()]
    seen = out + err + "".join(views) + "".join(rig.controller.bodies)
    seen += json.dumps(rig.controller.tickets, ensure_ascii=False)
    assert "number" in out + err
    assert views
    assert files
    for card in PEOPLE:
        assert traces(card, seen) == []
        for data in files:
            assert card.name.encode() not in data
            assert card.number.encode() not in data
            assert card.name.encode("utf-16-le") not in data


def test_the_files_of_a_kiosk_hold_no_key_and_no_mask(rig: Rig) -> None:
    rig.lay()
    rig.take()
    rig.wait_for("done")
    person = rig.controller.tickets["2026-03-17-R001"]["person"]
    for path in rig.state_dir.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert person["key"].encode() not in data
            assert person["masked"].encode() not in data


def test_a_finished_visit_leaves_nothing_in_the_session(rig: Rig) -> None:
    rig.lay()
    rig.take()
    rig.wait_for("done")
    rig.act("exit")
    visit = rig.wait_for("idle")
    assert visit["visitor"] is None
    held = rig.station._session.visit
    assert (held.visitor, held.ticket, held.digits) == (None, None, "")


@pytest.mark.parametrize("length", [15, 17, 18, 30])
def test_long_numbers_are_masked_in_every_log_line(length: int) -> None:
    number = "9" * length
    for text in (number, f"read {number}!", f"{number}X", " ".join(number), "-".join(number)):
        assert number[:15] not in hide_long_numbers(text).replace(" ", "").replace("-", "")


@pytest.mark.parametrize("text", ["R055", "2026-03-17-R055", "1773717720000", "2026-11-23 02:44"])
def test_ordinary_figures_stay(text: str) -> None:
    assert hide_long_numbers(text) == text


@pytest.mark.parametrize("as_json", [True, False])
def test_the_log_masks_values_of_every_kind(as_json: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    number = CARD.number
    try:
        set_up(as_json)
        log = structlog.get_logger("test")
        log.info(f"event {number}", text=number, whole=int(number[:17]), many=[number])
        log.error("with an error", error=ValueError(number))
    finally:
        structlog.reset_defaults()
    assert number[:15] not in stream.getvalue()
    assert stream.getvalue().count("\n") == 2


def test_no_long_number_is_written_in_the_kiosks_own_files() -> None:
    here = Path(__file__).parents[2]
    for folder in (here / "kiosk", here / "tests/kiosk"):
        for path in folder.rglob("*.py"):
            assert not LOOKS_LIKE_ONE.search(path.read_text()), path
