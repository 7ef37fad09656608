"""One visit, step by step: every state, every way out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kiosk.day import day_from_json
from kiosk.readers.base import (
    CardRead,
    CardRemoved,
    CardSeen,
    CardUnreadable,
    DocumentType,
    Down,
    ReaderDown,
    ReaderUp,
    Unreadable,
)
from kiosk.readers.virtual import VirtualCard
from kiosk.session import next_wake, step
from kiosk.session.model import (
    Act,
    Alert,
    AlertStaff,
    Code,
    DayChanged,
    EnrolmentChanged,
    Forget,
    Input,
    Issue,
    IssueLost,
    Lamp,
    LinkChanged,
    PrinterChanged,
    ReaderLamp,
    State,
    Tick,
)
from tests.kiosk.people import (
    AT_HOME,
    AT_ITEM,
    CARD,
    DAY,
    ELDER,
    START,
    after,
    day_json,
    read,
)
from tests.kiosk.visits import TAKE, done, fault, issued, last, ready, request_of, taken


def test_a_new_kiosk_shows_its_code_until_it_is_approved() -> None:
    session = after(EnrolmentChanged(False, "7K3M2Q"))
    assert (session.visit.state, session.enrol_code) == (State.ENROL, "7K3M2Q")
    assert ready().visit.state is State.IDLE


def test_a_kiosk_that_loses_its_approval_says_so_when_nobody_is_at_it() -> None:
    assert after(EnrolmentChanged(False), session=ready()).visit.state is State.ENROL
    assert after(EnrolmentChanged(False), session=ready(*AT_HOME)).visit.state is State.HOME


def test_card_to_number_takes_two_touches() -> None:
    session = ready(*AT_HOME)
    assert session.visit.state is State.HOME
    session = after(Act("choose", "RS-003"), session=session)
    assert session.visit.state is State.ITEM
    session, effects = step(session, TAKE, 0.0)
    assert session.visit.state is State.PRINTING
    assert isinstance(effects[0], Issue)


def test_of_a_card_only_a_mask_and_a_keyed_hash_remain() -> None:
    session = ready(*AT_HOME)
    assert session.visit.visitor is not None
    assert session.visit.visitor.masked == "张*名"
    assert len(session.visit.visitor.key) == 64
    held = repr(session) + session.visit.visitor.key + session.visit.visitor.masked
    assert CARD.name not in held
    assert CARD.number not in held


def test_the_same_person_has_the_same_key_by_card_and_by_hand() -> None:
    typed = ready(Act("pad_open"), *keys(CARD.number), Act("pad_key", "ok"))
    carded = ready(*AT_HOME)
    assert typed.visit.visitor is not None
    assert carded.visit.visitor is not None
    assert typed.visit.visitor.key == carded.visit.visitor.key


def test_age_gives_priority_and_the_birth_date_is_dropped() -> None:
    session = ready(CardSeen(), read(ELDER))
    assert session.visit.visitor is not None
    assert session.visit.visitor.elderly
    assert "1940" not in repr(session)


def test_an_expired_card_may_still_queue() -> None:
    card = replace(CARD, valid_to=date(2020, 1, 1))
    session = ready(CardSeen(), read(card))
    assert session.visit.state is State.HOME
    assert session.visit.visitor is not None
    assert session.visit.visitor.expired


def test_a_number_of_another_kind_has_no_check_digit() -> None:
    """FR-03"""
    card = CardRead(DocumentType.FOREIGN_RESIDENT, "Jane Doe", "XXX000000000001", CARD.birth, None)
    session = ready(CardSeen(), card)
    assert session.visit.visitor is not None
    assert session.visit.visitor.masked == "J*"


def test_a_card_whose_number_is_wrong_is_refused() -> None:
    card = VirtualCard("张无名", CARD.birth, number_text=CARD.number[:-1] + "?")
    assert fault(ready(CardSeen(), read(card))) is Code.CARD_INVALID


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (Unreadable.TRY_AGAIN, Code.CARD_UNREADABLE),
        (Unreadable.NOT_VALID, Code.CARD_INVALID),
        (Unreadable.WRONG_CARD, Code.CARD_UNKNOWN),
        (Unreadable.UNKNOWN_LAYOUT, Code.CARD_UNKNOWN),
    ],
)
def test_each_unreadable_card_has_its_own_words(reason: Unreadable, code: Code) -> None:
    assert fault(ready(CardSeen(), CardUnreadable(reason))) is code


def test_a_card_taken_away_too_early_can_be_laid_again() -> None:
    session = ready(CardSeen(), CardRemoved())
    assert fault(session) is Code.CARD_UNREADABLE
    assert after(*AT_HOME, session=session).visit.state is State.HOME


def test_failed_cards_are_counted_and_typing_is_open() -> None:
    session = ready()
    for _ in range(3):
        session = after(
            CardSeen(), CardUnreadable(Unreadable.TRY_AGAIN), CardRemoved(), session=session
        )
        session = after(Act("retry"), session=session)
    assert (session.visit.state, session.visit.tries) == (State.IDLE, 3)
    assert after(Act("pad_open"), session=session).visit.state is State.PAD


def test_a_reader_that_dies_while_reading_lets_the_person_type() -> None:
    session = ready(CardSeen(), ReaderDown(Down.GONE))
    assert session.reader is ReaderLamp.OUT
    assert after(Act("pad_open"), session=session).visit.state is State.PAD
    assert after(ReaderUp(), session=session).reader is ReaderLamp.OK


def test_a_read_that_never_ends_is_an_unreadable_card() -> None:
    session = ready(CardSeen())
    assert fault(after(Tick(), session=session, now=11.0)) is Code.CARD_UNREADABLE


def keys(text: str) -> list[Input]:
    return [Act("pad_key", key) for key in text]


def test_the_pad_takes_eighteen_and_no_more() -> None:
    session = ready(Act("pad_open"), *keys("1" * 25))
    assert len(session.visit.digits) == 18


def test_the_pad_takes_x_only_at_the_end_and_nothing_else() -> None:
    session = ready(Act("pad_open"), *keys("X1a "), Act("pad_key", "12"))
    assert session.visit.digits == "1"
    assert ready(Act("pad_open"), *keys("1" * 17 + "X")).visit.digits.endswith("X")


def test_a_wrong_number_is_said_and_corrected() -> None:
    session = ready(Act("pad_open"), *keys(CARD.number[:-1]), Act("pad_key", "ok"))
    assert (session.visit.state, session.visit.wrong) == (State.PAD, True)
    session = after(*keys(CARD.number[-1]), Act("pad_key", "ok"), session=session)
    assert session.visit.state is State.HOME
    assert session.visit.digits == ""


def test_typed_digits_are_in_no_repr() -> None:
    assert CARD.number[:10] not in repr(ready(Act("pad_open"), *keys(CARD.number)))
    assert "9" not in repr(Act("pad_key", "9"))


def test_every_choice_has_its_page_and_a_way_back() -> None:
    home = ready(*AT_HOME)
    for act, state in [(Act("show_all"), State.ALL), (Act("show_bundles"), State.BUNDLES)]:
        listed = after(act, session=home)
        assert listed.visit.state is state
        chosen = after(Act("choose", "RS-003"), session=listed)
        assert after(Act("back"), session=chosen).visit.state is state
        assert after(Act("back"), session=listed).visit.state is State.HOME
    assert after(Act("choose", "RS-003"), Act("back"), session=home).visit.state is State.HOME


def test_a_bundle_asks_for_all_its_items() -> None:
    session = ready(*AT_HOME, Act("choose_bundle", "Y-04"))
    effects = last(session, TAKE)
    assert isinstance(effects[0], Issue)
    assert effects[0].choice.bundle == "Y-04"
    assert effects[0].choice.items == ("RS-003", "GA-010")


def test_one_enquiry_goes_straight_to_its_page_and_several_pickups_to_a_list() -> None:
    assert ready(*AT_HOME, Act("enquire")).visit.state is State.ITEM
    session = ready(*AT_HOME, Act("collect"))
    assert (session.visit.state, session.visit.filter) == (State.ALL, "collect")


def test_an_item_the_hall_does_not_offer_changes_nothing() -> None:
    assert ready(*AT_HOME, Act("choose", "nothing")).visit.state is State.HOME


@pytest.mark.parametrize(
    ("lamp", "code"),
    [
        (Lamp.OUT, Code.PAPER_OUT),
        (Lamp.COVER, Code.PRINTER_COVER),
        (Lamp.CUTTER, Code.PRINTER_CUTTER),
        (Lamp.OFFLINE, Code.PRINTER_OFFLINE),
        (Lamp.SILENT, Code.PRINTER_OFFLINE),
    ],
)
def test_a_printer_in_trouble_is_known_before_anyone_starts(lamp: Lamp, code: Code) -> None:
    """FR-19; and nobody gets a number that cannot be printed."""
    session = ready(PrinterChanged(lamp))
    assert fault(session) is code
    assert after(*AT_HOME, session=session).visit.visitor is None
    assert after(PrinterChanged(Lamp.OK), session=session).visit.state is State.IDLE
    late = ready(*AT_ITEM, PrinterChanged(lamp))
    late, effects = step(late, TAKE, 0.0)
    assert fault(late) is code
    assert effects == ()


def test_paper_running_low_still_prints() -> None:
    assert ready(PrinterChanged(Lamp.NEAR_END), *AT_ITEM, TAKE).visit.state is State.PRINTING


def test_without_the_controller_there_is_no_number() -> None:
    session = ready(*AT_ITEM, LinkChanged(False))
    session, effects = step(session, TAKE, 0.0)
    assert (fault(session), effects) == (Code.OFFLINE, ())
    session = after(LinkChanged(True), Act("retry"), session=session)
    assert session.visit.state is State.ITEM


def test_a_kiosk_alone_sends_people_to_the_guide_desk_and_comes_back_by_itself() -> None:
    session = ready(LinkChanged(False))
    assert fault(session) is Code.OFFLINE
    assert after(LinkChanged(True), session=session).visit.state is State.IDLE


def test_a_closed_hall_is_closed() -> None:
    closed = day_from_json(day_json(open=False, closed_why="lunch"))
    session = ready(DayChanged(closed))
    assert session.visit.state is State.CLOSED
    assert after(CardSeen(), session=session).visit.state is State.CLOSED


def test_after_twenty_seconds_more_time_is_offered_and_after_thirty_all_is_forgotten() -> None:
    session = ready(*AT_HOME)
    assert next_wake(session) == 20.0
    session = after(Tick(), session=session, now=20.0)
    assert (session.visit.state, session.visit.under) == (State.TIMEOUT, State.HOME)
    assert next_wake(session) == 30.0
    session, effects = step(session, Tick(), 30.0)
    assert session.visit.state is State.IDLE
    assert session.visit.visitor is None
    assert Forget() in effects


def test_large_text_has_twice_the_time() -> None:
    session = ready(*AT_HOME, Act("elder", "true"))
    assert next_wake(session) == 50.0
    assert next_wake(after(Act("elder", "false"), session=session)) == 20.0


@pytest.mark.parametrize("act", ["continue", "touch"])
def test_a_touch_goes_on_where_the_person_was(act: str) -> None:
    session = after(Tick(), session=ready(*AT_ITEM), now=20.0)
    session = after(Act(act), session=session, now=25.0)
    assert session.visit.state is State.ITEM
    assert next_wake(session) == 45.0


def test_a_touch_after_the_end_finds_the_visit_ended() -> None:
    session = after(Tick(), session=ready(*AT_ITEM), now=20.0)
    session, effects = step(session, TAKE, 31.0)
    assert session.visit.state is State.IDLE
    assert not any(isinstance(effect, Issue) for effect in effects)


def test_the_done_page_leaves_after_eight_seconds() -> None:
    session = after(CardRemoved(), session=done())
    assert after(Tick(), session=session, now=7.9).visit.state is State.DONE
    assert after(Tick(), session=session, now=8.0).visit.state is State.IDLE


def test_a_card_left_behind_keeps_the_page_and_calls_staff_once() -> None:
    session = after(Tick(), session=done(), now=8.0)
    assert session.visit.state is State.DONE
    session, effects = step(session, Tick(), 20.0)
    assert AlertStaff(Alert.CARD_LEFT) in effects
    assert session.visit.state is State.IDLE
    assert last(session, Tick(), 100.0) == ()
    assert next_wake(session) is None


def test_taking_the_card_ends_the_done_page_that_was_over() -> None:
    session = after(Tick(), session=done(), now=9.0)
    assert after(CardRemoved(), session=session, now=10.0).visit.state is State.IDLE


def test_the_next_card_is_the_next_person() -> None:
    session = after(Act("elder", "true"), session=done())
    session, effects = step(session, CardSeen(), 1.0)
    assert session.visit.state is State.READING
    assert session.visit.visitor is None
    assert not session.visit.elder
    assert Forget() in effects


def test_a_card_during_printing_disturbs_nobody() -> None:
    session = after(CardRemoved(), CardSeen(), read(ELDER), session=issued())
    assert session.visit.state is State.PRINTING
    assert session.visit.visitor == issued().visit.visitor


def test_staff_can_be_called_from_everywhere() -> None:
    for session in (START, ready(), ready(*AT_HOME), taken(), done(), ready(LinkChanged(False))):
        session, effects = step(session, Act("staff"), 0.0)
        assert effects == (AlertStaff(Alert.ASKED),)
        assert session.visit.staff_called


def test_language_and_size_chosen_before_the_card_stay_and_do_not_outlive_the_person() -> None:
    session = ready(Act("lang", "en"), Act("elder", "true"), *AT_HOME)
    assert (session.visit.lang, session.visit.elder) == ("en", True)
    session = after(Act("exit"), session=session)
    assert (session.visit.lang, session.visit.elder) == ("zh", False)


def test_a_language_chosen_and_left_goes_back_to_chinese() -> None:
    session = ready(Act("lang", "en"))
    assert after(Tick(), session=session, now=30.0).visit.lang == "zh"


@pytest.mark.parametrize(
    ("name", "arg"), [("lang", "fr"), ("choose", ""), ("pad_key", "1"), ("fly", "")]
)
def test_what_does_not_fit_changes_nothing(name: str, arg: str) -> None:
    session = ready(*AT_HOME)
    changed, effects = step(session, Act(name, arg), 0.0)
    assert (changed.visit, effects) == (session.visit, ())


def test_each_number_is_asked_for_under_a_new_id() -> None:
    first = taken()
    again = after(IssueLost(request_of(first)), Act("retry"), TAKE, session=first)
    assert request_of(again) != request_of(first)
    assert request_of(first).startswith("n0nce000")


def test_a_day_whose_key_changed_makes_other_people() -> None:
    other: dict[str, Any] = day_json(key="ff" * 32)
    first = ready(*AT_HOME).visit.visitor
    second = ready(DayChanged(day_from_json(other)), *AT_HOME).visit.visitor
    assert first is not None
    assert second is not None
    assert first.key != second.key


def test_the_days_key_is_in_no_repr() -> None:
    assert DAY.key.hex() not in repr(DAY)
    assert repr(DAY.key) not in repr(ready())
