"""Lamps and buzzer follow the visit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.panel.base import DoorMoved, Place, PresenceChanged, Signal, StaffWanted
from kiosk.panel.signals import Show, show_of
from kiosk.readers.base import (
    CardRemoved,
    CardSeen,
    CardUnreadable,
    CodeRefused,
    Down,
    ReaderDown,
    Unreadable,
)
from kiosk.session.model import (
    Act,
    Alert,
    AlertStaff,
    EnrolmentChanged,
    Lamp,
    LinkChanged,
    PrinterChanged,
    ReaderLamp,
    Sent,
    Session,
    Tick,
)
from kiosk.session.panel import asleep
from tests.kiosk.people import AT_HOME, after
from tests.kiosk.visits import done, issued, last, printed, ready, taken

OFF, INVITE, BUSY = Signal.OFF, Signal.INVITE, Signal.BUSY
GOOD, TAKE, BAD = Signal.GOOD, Signal.TAKE, Signal.BAD
ASKED = AlertStaff(Alert.ASKED)


def lamps(session: Session) -> tuple[Signal, Signal]:
    show = show_of(session)
    return show.reader, show.mouth


def without_card(session: Session) -> Session:
    return after(CardRemoved(), session=session)


@pytest.mark.parametrize(
    ("session", "reader", "mouth"),
    [
        (ready(), INVITE, OFF),
        (ready(CardSeen()), BUSY, OFF),
        (ready(*AT_HOME), GOOD, OFF),
        (without_card(ready(*AT_HOME)), OFF, OFF),
        (ready(CardSeen(), CardUnreadable(Unreadable.TRY_AGAIN)), BAD, OFF),
        (taken(), GOOD, BUSY),
        (issued(), GOOD, BUSY),
        (done(), TAKE, TAKE),
        (without_card(done()), OFF, TAKE),
        (after(printed(Sent.UNPROVEN), session=issued()), GOOD, BAD),
        (after(printed(Sent.UNPROVEN, Lamp.SILENT), session=issued()), GOOD, BAD),
        (ready(PrinterChanged(Lamp.OUT)), OFF, BAD),
        (ready(PrinterChanged(Lamp.NEAR_END)), INVITE, OFF),
        (ready(LinkChanged(False)), OFF, OFF),
        (after(EnrolmentChanged(False, "7K3M2Q")), OFF, BAD),
    ],
    ids=[
        "idle",
        "reading",
        "read",
        "card taken back",
        "unreadable",
        "asked for",
        "printing",
        "printed",
        "printed, card gone",
        "unproven",
        "printer silent",
        "no paper",
        "little paper",
        "offline",
        "not enrolled, printer not heard of",
    ],
)
def test_the_lamps_follow_the_visit(session: Session, reader: Signal, mouth: Signal) -> None:
    assert lamps(session) == (reader, mouth)


def test_a_reader_that_is_out_is_red_and_one_that_is_not_there_dark() -> None:
    assert lamps(ready(ReaderDown(Down.GONE)))[0] is BAD
    assert lamps(replace(ready(), reader=ReaderLamp.NONE))[0] is OFF


def test_a_kiosk_without_a_printer_lights_no_mouth() -> None:
    assert lamps(replace(ready(), printer=Lamp.NONE))[1] is OFF


def test_a_card_left_behind_is_called_after_until_staff_know_or_it_is_taken() -> None:
    assert not show_of(ready(*AT_HOME)).buzz
    left = done()
    assert show_of(left).buzz
    assert not show_of(without_card(left)).buzz
    assert not show_of(after(Tick(), session=left, now=100.0)).buzz


def test_a_lamp_is_asked_by_its_place() -> None:
    show = Show(GOOD, BAD)
    assert (show.at(Place.READER), show.at(Place.MOUTH)) == (GOOD, BAD)


@pytest.mark.parametrize("session", [ready(), ready(*AT_HOME), done()])
def test_the_staff_button_is_the_call_for_staff_of_the_page(session: Session) -> None:
    assert last(session, StaffWanted()) == last(session, Act("staff")) == (ASKED,)
    assert after(StaffWanted(), session=session) == after(Act("staff"), session=session)


def test_an_opened_cabinet_is_told_to_staff_and_a_shut_one_not() -> None:
    assert last(ready(), DoorMoved(True)) == (AlertStaff(Alert.DOOR),)
    assert last(ready(), DoorMoved(False)) == ()


def test_a_screen_sleeps_only_when_nobody_is_there_and_nothing_is_under_way() -> None:
    nobody = PresenceChanged(False)
    assert not asleep(ready())
    assert asleep(ready(nobody))
    assert not asleep(ready(nobody, PresenceChanged(True)))
    assert not asleep(ready(nobody, Act("elder", "true")))
    assert not asleep(ready(nobody, *AT_HOME))
    assert not asleep(ready(nobody, CardSeen()))
    assert not asleep(ready(nobody, CodeRefused()))
    assert not asleep(after(nobody))
    assert asleep(ready(nobody, LinkChanged(False)))


def test_a_card_left_behind_keeps_the_screen_awake() -> None:
    nobody_there = after(Act("exit"), PresenceChanged(False), session=done())
    assert not asleep(nobody_there)
    assert asleep(without_card(nobody_there))


def test_who_touches_is_there_until_the_sensor_has_felt_somebody_go() -> None:
    missed = ready(PresenceChanged(False), Act("touch"))
    over = after(Tick(), session=missed, now=10_000.0)
    assert over.visit.deadline is None
    assert not asleep(over), "the sensor did not feel the one who touched"
    felt_again = after(PresenceChanged(True), PresenceChanged(False), session=over, now=10_000.0)
    assert asleep(felt_again)
