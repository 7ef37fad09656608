"""The panel on gpiozero's mock pins: what is felt, what is shown, what goes wrong."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from gpiozero import LED
from gpiozero.pins.mock import MockFactory, MockPWMPin

from kiosk.panel.base import (
    Contact,
    DoorMoved,
    PinsLost,
    Place,
    PresenceChanged,
    Signal,
    StaffWanted,
    Word,
)
from kiosk.panel.contacts import Manner
from kiosk.panel.panel import Panel
from kiosk.panel.pins import Pins, Wiring
from kiosk.panel.signals import Show
from tests.kiosk.heard import until
from tests.kiosk.panel.wired import (
    BUTTON,
    BUZZER,
    DOOR,
    MOUTH,
    PRESENCE,
    QUICK,
    READER,
    TAKEN,
    WIRING,
    bench,
)

SLOW_HOLD = Manner(settle=0.01, hold=30.0, stays=0.1)
FIRM_HOLD = Manner(settle=0.01, hold=0.5, stays=0.1)
"""Longer than a busy machine lets a bounce last."""


def test_the_staff_button_counts_when_it_is_held() -> None:
    with bench() as b:
        b.pin(BUTTON).drive_low()
        b.heard(StaffWanted())
        b.pin(BUTTON).drive_high()
        b.move_door(open=True)
        b.pin(BUTTON).drive_low()
        b.heard(StaffWanted(), times=2)


def test_a_button_that_is_only_tapped_calls_nobody() -> None:
    with bench(manner=SLOW_HOLD) as b:
        b.pin(BUTTON).drive_low()
        b.move_door(open=True)
        b.pin(BUTTON).drive_high()
        b.move_door(open=False)
        assert StaffWanted() not in b.events


def test_a_bouncing_button_calls_once() -> None:
    with bench(manner=FIRM_HOLD) as b:
        for _ in range(5):
            b.pin(BUTTON).drive_low()
            b.pin(BUTTON).drive_high()
        b.pin(BUTTON).drive_low()
        b.heard(StaffWanted())
        b.move_door(open=True)
        assert b.events.count(StaffWanted()) == 1


def test_an_open_door_is_the_panels_word_until_it_is_shut() -> None:
    with bench() as b:
        assert b.panel.word == "ok"
        b.move_door(open=True)
        until(lambda: b.panel.word == "door_open", "the word")
        b.move_door(open=False)
        until(lambda: b.panel.word == "ok", "the word")


def test_a_cabinet_that_is_open_at_the_start_is_told() -> None:
    with bench(Wiring(contacts={Contact.DOOR: DOOR})) as b:
        b.heard(DoorMoved(True))


def test_somebody_in_front_is_felt_and_missed_when_gone_for_a_while() -> None:
    with bench() as b:
        b.heard(PresenceChanged(False))
        b.pin(PRESENCE).drive_high()
        b.heard(PresenceChanged(True))
        b.pin(PRESENCE).drive_low()
        b.heard(PresenceChanged(False), times=2)


def test_the_session_hears_the_panels_own_thread_only() -> None:
    with bench() as b:
        b.pin(BUTTON).drive_low()
        b.heard(StaffWanted())
        assert b.threads == {"panel"}


def test_lamps_swell_shine_blink_and_go_out() -> None:
    with bench() as b:
        b.panel.show(Show(reader=Signal.INVITE))
        until(lambda: any(0 < level < 1 for level in b.levels(READER)), "a swell")
        b.panel.show(Show(reader=Signal.BUSY))
        until(lambda: b.levels(READER)[-1] == 1, "the light")
        b.pin(READER).clear_states()
        b.panel.show(Show(reader=Signal.BAD))
        until(lambda: b.levels(READER)[-2:] == [1, 0], "a blink")
        b.panel.show(Show())
        until(lambda: b.levels(READER)[-1] == 0, "the dark")


def test_a_lamp_of_three_colours_says_by_colour_what_it_means() -> None:
    red, green, blue = 17, 27, 22
    wiring = Wiring(lamps={Place.READER: (red, green, blue)})
    with bench(wiring) as b:

        def colour() -> tuple[float, ...]:
            return tuple(b.levels(pin)[-1] for pin in (red, green, blue))

        b.panel.show(Show(reader=Signal.BUSY))
        until(lambda: colour() == (1, 1, 1), "white")
        b.panel.show(Show(reader=Signal.GOOD))
        until(lambda: colour() == (0, 1, 0), "green")
        b.panel.show(Show(reader=Signal.BAD))
        until(lambda: colour() == (1, 0, 0), "red")


def test_the_lamp_at_the_mouth_stops_asking_when_the_slip_is_taken() -> None:
    with bench() as b:
        b.pin(TAKEN).drive_high()
        b.panel.show(Show(mouth=Signal.TAKE))
        until(lambda: 1 in b.levels(MOUTH), "the light")
        b.pin(TAKEN).drive_low()
        until(lambda: b.levels(MOUTH)[-1] == 0 and b.panel.word == "ok", "the dark")
        b.panel.show(Show(mouth=Signal.BUSY))
        until(lambda: b.levels(MOUTH)[-1] == 1, "the next slip")


def test_the_buzzer_gives_time_to_take_the_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.panel.contacts.BUZZ_AFTER_S", 0.05)
    with bench() as b:
        b.panel.show(Show(buzz=True))
        until(lambda: 1 in b.levels(BUZZER), "the buzzer")
        b.panel.show(Show())
        until(lambda: b.levels(BUZZER)[-1] == 0, "silence")


def test_a_card_taken_in_time_is_not_buzzed_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.panel.contacts.BUZZ_AFTER_S", 60.0)
    with bench() as b:
        b.panel.show(Show(reader=Signal.BUSY, buzz=True))
        b.panel.show(Show(reader=Signal.OFF, buzz=False))
        until(lambda: b.levels(READER)[-2:] == [1, 0], "both to be seen")
        assert 1 not in b.levels(BUZZER)


def test_what_is_wired_the_other_way_round_works_the_other_way_round() -> None:
    inverted = Wiring(
        WIRING.lamps,
        WIRING.contacts,
        WIRING.buzzer,
        frozenset({"reader_lamp", "staff_button", "door", "presence"}),
    )
    with bench(inverted) as b:
        b.pin(DOOR).drive_low()
        b.heard(DoorMoved(True))
        b.heard(StaffWanted())  # nothing holds its pin down
        b.pin(PRESENCE).drive_high()
        b.heard(PresenceChanged(False))
        assert b.levels(READER)[-1] == 1
        b.panel.show(Show(reader=Signal.BUSY))
        until(lambda: b.levels(READER)[-1] == 0, "the light")


def test_a_panel_with_nothing_on_it_is_in_order() -> None:
    with bench(Wiring()) as b:
        b.panel.show(Show(Signal.BAD, Signal.TAKE, buzz=True))
        assert b.panel.word == "ok"


def test_a_closed_panel_leaves_its_lamps_dark_and_its_pins_free() -> None:
    with bench() as b:
        b.panel.show(Show(reader=Signal.BUSY))
        until(lambda: b.levels(READER)[-1] == 1, "the light")
    with LED(READER, pin_factory=b.factory) as led:
        assert not led.is_lit


# -- what goes wrong ----------------------------------------------------------------


def test_a_machine_without_the_library_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lgpio", None)
    monkeypatch.delitem(sys.modules, "gpiozero.pins.lgpio", raising=False)
    with pytest.raises(PinsLost) as lost:
        Pins(WIRING, lambda what, active: None)
    assert lost.value.word is Word.NOT_INSTALLED


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (PermissionError(13, "Permission denied"), Word.NOT_ALLOWED),
        (RuntimeError("no permissions to open gpiochip"), Word.NOT_ALLOWED),
        (RuntimeError("'GPIO busy'"), Word.HELD),
        (FileNotFoundError(2, "No such file or directory"), Word.GONE),
        (RuntimeError("can not open gpiochip"), Word.GONE),
    ],
)
def test_pins_that_cannot_be_had_have_a_word(
    error: Exception, word: Word, monkeypatch: pytest.MonkeyPatch
) -> None:
    factory = MockFactory(pin_class=MockPWMPin)

    def fail(*args: Any, **more: Any) -> None:
        raise error

    monkeypatch.setattr(factory, "pin", fail)
    with pytest.raises(PinsLost) as lost:
        Pins(WIRING, lambda what, active: None, factory)
    assert lost.value.word is word


def test_a_pin_that_somebody_else_uses_is_held_and_nothing_stays_open() -> None:
    factory = MockFactory(pin_class=MockPWMPin)
    with LED(BUZZER, pin_factory=factory):
        with pytest.raises(PinsLost) as lost:
            Pins(WIRING, lambda what, active: None, factory)
        assert lost.value.word is Word.HELD
        with LED(READER, pin_factory=factory):
            pass


def test_a_panel_that_is_away_comes_back_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.panel.panel.RETRY_S", 0.02)
    monkeypatch.setattr("kiosk.panel.panel.LOOK_S", 0.02)
    factory = MockFactory(pin_class=MockPWMPin)
    taken = LED(BUZZER, pin_factory=factory)
    events: list[object] = []
    panel = Panel(lambda felt: Pins(WIRING, felt, factory), QUICK)
    panel.start(events.append)
    panel.show(Show(reader=Signal.BUSY))
    until(lambda: panel.word == "held", "the word")
    taken.close()
    until(lambda: panel.word == "door_open", "the panel")
    until(lambda: factory.pin(READER).state == 1, "the lamp that was wanted meanwhile")
    panel.close()


def test_pins_that_fail_under_way_wake_the_screen_and_are_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kiosk.panel.panel.RETRY_S", 0.02)
    monkeypatch.setattr("kiosk.panel.panel.LOOK_S", 0.02)
    with bench() as b:
        b.heard(PresenceChanged(False))
        kind = type(b.pin(DOOR))
        broken = kind._get_state
        monkeypatch.setattr(
            kind, "_get_state", lambda pin: (_ for _ in ()).throw(OSError(5, "I/O"))
        )
        b.heard(PresenceChanged(True))
        until(lambda: b.panel.word == "gone", "the word")
        monkeypatch.setattr(kind, "_get_state", broken)
        until(lambda: b.panel.word == "door_open", "the panel")
