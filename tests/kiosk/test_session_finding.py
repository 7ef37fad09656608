"""预约取号 and 查号: found by card, by code, by number; and every answer that can come."""

from __future__ import annotations

import pytest

from kiosk.day import day_from_json
from kiosk.readers.base import (
    CardRemoved,
    CardSeen,
    CodeRefused,
)
from kiosk.session import step
from kiosk.session.model import (
    Act,
    Code,
    DayChanged,
    Forget,
    Input,
    Issue,
    IssueLost,
    IssueRefused,
    Lamp,
    LinkChanged,
    PrinterChanged,
    State,
    Tick,
)
from kiosk.session.own import (
    Claim,
    Found,
    Purpose,
)
from kiosk.ways import actions_of
from tests.kiosk.finds import (
    CODE,
    DUE,
    PASSED,
    WAITING,
    WORDS,
    found,
    looked_up,
    sought,
    typed,
)
from tests.kiosk.people import AT_HOME, CARD, ELDER, after, day_json, read
from tests.kiosk.visits import TAKE, done, fault, last, ready, taken

# -- by a code --------------------------------------------------------------------


@pytest.mark.parametrize("acts", [[], [Act("look_open")], [Act("look_open"), Act("code_open")]])
def test_fr_57_a_scanned_code_is_looked_up_without_a_touch(acts: list[Input]) -> None:
    session, seek = sought(ready(*acts), CODE)
    assert (seek.purpose, seek.claim) == (Purpose.LOOK, Claim(code="7K3M2Q"))
    session = found(session, WAITING)
    assert (session.visit.state, session.visit.numbers) == (State.NUMBER, (WAITING,))


def test_a_code_typed_on_the_page_is_looked_up_when_it_is_whole() -> None:
    session = ready(Act("look_open"), Act("code_open"), *typed("7K3M2"))
    assert after(Act("code_key", "ok"), session=session).visit.wrong
    session = after(*typed("QX"), session=session)
    assert session.visit.text == "7K3M2Q"
    _, seek = sought(session, Act("code_key", "ok"))
    assert seek.claim == Claim(code="7K3M2Q")


def test_fr_24_a_number_typed_on_the_page_is_looked_up_and_proves_nothing() -> None:
    session = ready(Act("look_open"), Act("code_open"), *typed("R046"))
    session, seek = sought(session, Act("code_key", "ok"))
    assert seek.claim == Claim(number="R046")
    session = found(session, PASSED)
    for act in ("come_back", "give_back", "print_own"):
        assert after(Act(act), session=session).visit == session.visit


@pytest.mark.parametrize("text", ["046", "RR46", "R04", "46R0"])
def test_what_is_no_code_and_no_number_is_said_at_once(text: str) -> None:
    session = ready(Act("look_open"), Act("code_open"), *typed(text), Act("code_key", "ok"))
    assert (session.visit.state, session.visit.wrong) == (State.CODE, True)
    assert not after(Act("code_key", "back"), session=session).visit.wrong


def test_an_appointment_has_a_code_and_no_number() -> None:
    session = ready(Act("book_open"), Act("code_open"), *typed("R046"), Act("code_key", "ok"))
    assert (session.visit.state, session.visit.wrong) == (State.CODE, True)


def test_the_code_of_an_appointment_opens_the_appointment_wherever_it_is_shown() -> None:
    session, _ = sought(ready(), CODE)
    assert found(session, booked=DUE).visit.state is State.BOOKED


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        ("unknown-ticket", Code.CODE_UNKNOWN),
        ("too-many-requests", Code.CODE_LOCKED),
        ("something-else", Code.REFUSED),
    ],
)
def test_a_code_that_is_refused_says_why_and_can_be_tried_again(refusal: str, code: Code) -> None:
    session, seek = sought(ready(), CODE)
    session = after(IssueRefused(seek.request_id, WORDS, refusal), session=session)
    assert fault(session) is code
    if code is not Code.REFUSED:
        assert actions_of(session) == ["retry", "staff", "exit"]
        again = after(Act("retry"), session=session)
        assert (again.visit.state, again.visit.purpose) == (State.FIND, Purpose.LOOK)


def test_no_answer_is_said_and_the_same_is_asked_again() -> None:
    session, seek = sought(ready(), CODE)
    for lost in (IssueLost(seek.request_id), Tick()):
        failed = after(lost, session=session, now=20.0)
        assert fault(failed) is Code.NO_ANSWER
        _, again = sought(failed, Act("retry"))
        assert again.claim == seek.claim
        assert again.request_id != seek.request_id


def test_without_the_controller_nobody_waits_for_an_answer() -> None:
    session = ready(*AT_HOME, LinkChanged(False))
    session, effects = step(session, Act("look_open"), 0.0)
    assert (fault(session), effects) == (Code.NO_ANSWER, ())


def test_a_code_of_others_is_refused_where_one_is_looked_for_and_else_overlooked() -> None:
    assert fault(ready(CodeRefused())) is Code.CODE_FOREIGN
    session = ready(Act("book_open"), CodeRefused())
    assert after(Act("retry"), session=session).visit.purpose is Purpose.BOOKED
    at_home = ready(*AT_HOME)
    assert after(CodeRefused(), session=at_home) == at_home


def test_a_code_disturbs_no_printing_and_no_reading() -> None:
    for session in (ready(CardSeen()), taken()):
        assert last(session, CODE) == ()
        assert after(CODE, session=session) == session


def test_whoever_shows_a_code_after_a_number_is_somebody_else() -> None:
    session, effects = step(after(Act("elder", "true"), session=done()), CODE, 1.0)
    assert Forget() in effects
    assert session.visit.visitor is None
    assert session.visit.ticket is None


def test_who_is_known_stays_known_and_goes_back_to_the_services() -> None:
    session, seek = sought(ready(*AT_HOME), CODE)
    assert seek.claim == Claim(code="7K3M2Q")
    session = found(session, WAITING)
    assert session.visit.visitor is not None
    assert after(Act("back"), session=session).visit.state is State.HOME


def test_a_kiosk_without_paper_still_looks_numbers_up_and_one_cut_off_does_not() -> None:
    session = ready(PrinterChanged(Lamp.OUT))
    assert actions_of(session) == ["look", "staff"]
    sought(session, CODE)
    assert after(Act("look_open"), session=session).visit.state is State.FIND
    alone = ready(LinkChanged(False))
    assert after(CODE, session=alone) == alone
    assert after(Act("look_open"), session=alone) == alone


def test_a_closed_hall_still_looks_numbers_up() -> None:
    session = ready(DayChanged(day_from_json(day_json(open=False, closed_why="night"))))
    assert after(Act("look_open"), session=session).visit.state is State.FIND
    session, _ = sought(session, CODE)
    session = found(session, WAITING)
    assert after(Act("back"), session=session).visit.state is State.CLOSED


# -- by a card --------------------------------------------------------------------


@pytest.mark.parametrize("purpose", [Purpose.LOOK, Purpose.BOOKED])
def test_a_card_laid_for_it_is_looked_up_with_its_hashes_and_nothing_else(purpose: Purpose) -> None:
    act = "look_open" if purpose is Purpose.LOOK else "book_open"
    session = ready(Act(act))
    assert session.visit.state is State.FIND
    session, seek = sought(after(CardSeen(), session=session), read())
    assert seek.purpose is purpose
    assert len(seek.claim.key) == 64
    assert [len(one) for one in seek.claim.bookings] == [64, 64]
    assert seek.claim.key != seek.claim.bookings[0]
    assert session.visit.visitor is not None
    held = repr(session) + repr(seek)
    assert CARD.name not in held
    assert CARD.number not in held
    assert seek.claim.key not in held
    assert seek.claim.bookings[0] not in held


def test_hashes_for_appointments_are_asked_for_by_a_touch_and_not_by_an_ordinary_visit() -> None:
    """A kiosk shows whom appointments know only when somebody asks for one."""
    session, effects = step(ready(CardSeen()), read(), 0.0)
    assert effects == ()
    _, effects = step(after(Act("choose", "RS-003"), session=session), TAKE, 0.0)
    assert isinstance(effects[0], Issue)
    assert effects[0].claim is None


def test_who_is_known_already_is_not_asked_for_a_card() -> None:
    _, seek = sought(ready(*AT_HOME), Act("book_open"))
    assert seek.purpose is Purpose.BOOKED


def test_a_typed_id_number_finds_what_a_card_finds() -> None:
    session = ready(Act("book_open"), Act("pad_open"), *typed(CARD.number, "pad_key"))
    _, by_hand = sought(session, Act("pad_key", "ok"))
    _, by_card = sought(ready(Act("book_open"), CardSeen()), read())
    assert by_hand.claim == by_card.claim


def test_a_card_that_cannot_be_read_is_laid_again_for_the_same_purpose() -> None:
    session = ready(Act("look_open"), CardSeen(), CardRemoved())
    assert fault(session) is Code.CARD_UNREADABLE
    sought(after(CardSeen(), session=session), read())
    assert after(Act("retry"), session=session).visit.state is State.FIND


def test_a_card_without_a_number_or_an_appointment_is_told_so_and_shown_the_way() -> None:
    session, _ = sought(ready(Act("look_open"), CardSeen()), read())
    session = found(session)
    assert fault(session) is Code.NO_NUMBER
    assert actions_of(session)[0] == "home"
    assert after(Act("home"), session=session).visit.state is State.HOME
    session, _ = sought(ready(Act("book_open"), CardSeen()), read())
    session = found(session)
    assert fault(session) is Code.NO_BOOKING
    assert actions_of(session) == ["retry", "home", "staff", "exit"]


def test_the_next_card_is_the_next_person_also_while_numbers_are_shown() -> None:
    session, _ = sought(ready(Act("look_open"), CardSeen()), read())
    session = found(session, WAITING)
    session, effects = step(session, CardSeen(), 1.0)
    assert effects == (Forget(),)
    assert (session.visit.numbers, session.visit.claim) == ((), None)
    session = after(read(ELDER), session=session)
    assert session.visit.state is State.HOME


def test_a_card_after_a_scanned_code_begins_an_ordinary_visit() -> None:
    session = after(CardSeen(), read(), session=looked_up(WAITING))
    assert (session.visit.state, session.visit.numbers) == (State.HOME, ())


# -- ways back and out --------------------------------------------------------------


def test_every_page_of_it_leads_back_step_by_step_in_the_same_language() -> None:
    session = ready(Act("lang", "en"), Act("look_open"), Act("code_open"))
    for state in (State.FIND, State.IDLE):
        session = after(Act("back"), session=session)
        assert (session.visit.state, session.visit.lang) == (state, "en")
    pad = ready(Act("book_open"), Act("pad_open"))
    assert after(Act("back"), session=pad).visit.state is State.FIND


def test_the_notice_about_personal_data_is_one_touch_away_and_gives_time_to_read() -> None:
    session = ready(Act("lang", "en"), Act("privacy_open"))
    assert (session.visit.state, session.visit.lang) == (State.PRIVACY, "en")
    assert after(Tick(), session=session, now=49.0).visit.state is State.PRIVACY
    assert after(Act("back"), session=session).visit.state is State.IDLE


def test_an_answer_that_comes_after_the_person_left_changes_nothing() -> None:
    session, seek = sought(ready(), CODE)
    left = after(Act("exit"), session=session)
    assert after(Found(seek.request_id, (WAITING,)), session=left) == left


def test_codes_are_in_no_repr() -> None:
    session = ready(Act("look_open"), Act("code_open"), *typed("7K3M2Q"), Act("code_key", "ok"))
    assert "7K3M2Q" not in repr(session)
