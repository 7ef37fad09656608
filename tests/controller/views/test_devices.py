"""Kiosks and screens as staff see them."""

from __future__ import annotations

from controller.views.condition_words import Level
from controller.views.devices import (
    SILENT_MS,
    Device,
    Health,
    conditions,
    device_json,
    heard,
    silent,
)

STARTED = 1_000
NOW = 100_000


def kiosk(health: Health | None, *, kind: str = "kiosk", state: str = "approved") -> Device:
    return Device("k-1", kind, "1 号取号机", state, health)


def said(*, at: int = NOW, **parts: str) -> Health:
    return heard(None, parts, at)


def words(device: Device, now: int = NOW) -> list[tuple[str, str]]:
    return [(one.part, one.word) for one in conditions(device, now, STARTED)]


def level(device: Device, now: int = NOW) -> str:
    return str(device_json(device, now, STARTED)["level"])


def test_a_part_keeps_the_time_since_when_it_says_so() -> None:
    first = heard(None, {"printer": "ok", "scanner": "ok"}, 10)
    second = heard(first, {"printer": "paper_out", "scanner": "ok"}, 20)
    third = heard(second, {"printer": "paper_out", "scanner": "ok", "panel": "ok"}, 30)
    assert dict(third.since) == {"printer": 20, "scanner": 10, "panel": 30}
    assert third.seen_at == 30


def test_a_part_that_is_told_no_more_is_forgotten() -> None:
    first = heard(None, {"printer": "ok", "staff": "asked"}, 10)
    assert dict(heard(first, {"printer": "ok"}, 20).parts) == {"printer": "ok"}


def test_the_worst_condition_stands_first_and_gives_the_device_its_level() -> None:
    device = kiosk(said(scanner="gone", resident_id="ok", printer="paper_out"))
    assert [part for part, _ in words(device)] == ["printer", "scanner", "resident_id"]
    assert level(device) == "bad"
    assert level(kiosk(said(scanner="gone", printer="ok"))) == "warn"
    assert level(kiosk(said(scanner="ok", printer="ok"))) == "ok"


def test_a_device_that_fell_silent_says_nothing_else_any_more() -> None:
    device = kiosk(said(printer="paper_out", at=NOW))
    assert not silent(device, NOW + SILENT_MS)
    assert silent(device, NOW + SILENT_MS + 1)
    (gone,) = conditions(device, NOW + SILENT_MS + 1, STARTED)
    assert (gone.part, gone.word, gone.since_at) == ("contact", "silent", NOW)
    assert gone.meaning.level is Level.BAD


def test_a_device_that_was_never_heard_of_is_told_since_the_start() -> None:
    (never,) = conditions(kiosk(None), NOW, STARTED)
    assert (never.word, never.since_at, never.observed) == ("never", STARTED, False)
    assert never.meaning.level is Level.BAD


def test_a_screen_is_less_urgent_than_a_kiosk() -> None:
    gone = kiosk(said(display="ok", at=0), kind="screen")
    assert level(gone) == "warn"
    assert level(kiosk(None, kind="screen")) == "off"


def test_a_device_that_waits_or_was_shut_out_is_told_as_that() -> None:
    assert words(kiosk(None, state="pending")) == [("contact", "pending")]
    revoked = device_json(kiosk(said(printer="ok"), state="revoked"), NOW, STARTED)
    assert (revoked["level"], revoked["conditions"]) == ("off", [])


def test_the_page_lamp_is_told_only_where_no_reader_is() -> None:
    assert words(kiosk(said(reader="out", resident_id="gone"))) == [("resident_id", "gone")]
    assert words(kiosk(said(reader="out"))) == [("reader", "out")]


def test_the_slips_that_are_left_stand_in_the_printers_sentence() -> None:
    (near,) = conditions(kiosk(said(printer="near_end", slips_left="30")), NOW, STARTED)
    assert near.meaning.say["zh"] == "打印纸快用完，请准备换纸。约剩 30 张。"


def test_a_part_of_a_later_version_is_told_without_its_raw_name() -> None:
    told = device_json(kiosk(said(holo_lens="strange")), NOW, STARTED)["conditions"][0]
    assert "holo_lens" not in str([told["name"], told["short"], told["say"]])
    assert told["level"] == "warn"
