"""What people do with a number or an appointment that was found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.readers.base import (
    CardSeen,
)
from kiosk.readers.virtual import invented_number
from kiosk.session import fits, step
from kiosk.session.model import (
    Act,
    Alert,
    AlertStaff,
    Code,
    Confirm,
    HeldAlready,
    Issue,
    Issued,
    IssueRefused,
    Lamp,
    Outcome,
    Print,
    PrinterChanged,
    Sent,
    State,
    Tick,
)
from kiosk.session.own import (
    Again,
    Claim,
    Deed,
    Due,
    Found,
    Want,
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
    with_appointment,
)
from tests.kiosk.people import CARD, after, read, ticket
from tests.kiosk.visits import fault, last, printed, ready, request_of, taken

# -- one's numbers ----------------------------------------------------------------


def test_of_several_numbers_one_is_picked_and_back_is_the_list() -> None:
    other = replace(WAITING, id="2026-03-17-C007", number="C007")
    session = looked_up(WAITING, other)
    assert session.visit.state is State.NUMBERS
    session = after(Act("pick", other.id), session=session)
    assert (session.visit.state, session.visit.picked) == (State.NUMBER, 1)
    assert after(Act("back"), session=session).visit.state is State.NUMBERS
    assert after(Act("pick", "nonsense"), session=session).visit.state is State.NUMBER


def test_open_numbers_are_shown_and_else_the_last_that_ended() -> None:
    over = replace(WAITING, id="2026-03-17-R001", state="finished")
    assert looked_up(over, WAITING).visit.numbers == (WAITING,)
    last_one = replace(over, id="2026-03-17-R002", state="dropped")
    assert looked_up(over, last_one).visit.numbers == (last_one,)


def test_fr_35_a_passed_number_lines_up_again_and_is_shown_as_it_stands_then() -> None:
    session, effects = step(looked_up(PASSED), Act("come_back"), 0.0)
    assert effects == (Want(request_of(session), Deed.RETURN, PASSED.id, Claim(code="7K3M2Q")),)
    back = replace(PASSED, state="returned")
    assert found(session, back).visit.numbers == (back,)


def test_only_a_passed_number_lines_up_again() -> None:
    session = looked_up(WAITING)
    assert last(session, Act("come_back")) == ()


def test_fr_21_a_number_is_given_back_after_a_question() -> None:
    session = after(Act("give_back"), session=looked_up(WAITING))
    assert session.visit.state is State.SURE
    assert after(Act("back"), session=session).visit.state is State.NUMBER
    session, effects = step(session, Act("sure"), 0.0)
    assert isinstance(effects[0], Want)
    assert effects[0].deed is Deed.CANCEL
    gone = replace(WAITING, state="cancelled")
    session = found(session, gone)
    assert (session.visit.state, session.visit.numbers) == (State.NUMBER, (gone,))


@pytest.mark.parametrize("state", ["called", "serving", "held", "finished", "cancelled"])
def test_what_is_in_hand_or_over_is_not_given_back(state: str) -> None:
    assert last(looked_up(replace(WAITING, state=state)), Act("give_back")) == ()


def test_fr_20_the_slip_is_printed_again_marked_and_proves_itself() -> None:
    session, effects = step(looked_up(WAITING), Act("print_own"), 0.0)
    request = request_of(session)
    assert effects == (Again(request, WAITING.id, Claim(code="7K3M2Q")),)
    paper = ticket("R046")
    session, effects = step(session, Issued(request, paper, again=True), 0.0)
    assert effects == (Print(paper, reprint=True, again=f"{paper.id}-{request}"),)
    ended = replace(printed(Sent.PRINTED, reprint=True), ticket=paper.id)
    session, effects = step(session, ended, 0.0)
    assert (session.visit.state, session.visit.printed) == (State.DONE, True)
    assert effects == (Confirm(paper.id, Outcome.PRINTED),)


def test_a_copy_that_may_not_have_come_out_leaves_the_number_as_it_was() -> None:
    session = after(Act("print_own"), session=looked_up(WAITING))
    paper = ticket("R046")
    session = after(Issued(request_of(session), paper, again=True), session=session)
    failed = replace(printed(Sent.NOT_SENT, Lamp.OUT, reprint=True), ticket=paper.id)
    ended, effects = step(session, failed, 0.0)
    assert fault(ended) is Code.PRINTER_SILENT
    assert effects == ()
    unproven = replace(printed(Sent.UNPROVEN, reprint=True), ticket=paper.id)
    _, effects = step(session, unproven, 0.0)
    assert effects == (Confirm(paper.id, Outcome.UNPROVEN), AlertStaff(Alert.PRINT))
    assert not fits(ended, Act("print_own")) or last(ended, Act("print_own")) == ()


def test_a_slip_that_nobody_waits_for_any_more_takes_no_number_back() -> None:
    session = after(Act("print_own"), session=looked_up(WAITING))
    request = request_of(session)
    session = after(Tick(), session=session, now=20.0)
    assert fault(session) is Code.NO_ANSWER
    assert last(session, Issued(request, ticket("R046"), again=True), 21.0) == ()


def test_no_slip_is_offered_without_paper_or_too_often() -> None:
    session = looked_up(replace(WAITING, reprints=2))
    assert last(session, Act("print_own")) == ()
    session = after(PrinterChanged(Lamp.OUT), session=looked_up(WAITING))
    assert last(session, Act("print_own")) == ()


def test_fr_08_a_second_try_is_offered_the_first_number_s_slip() -> None:
    session = taken()
    refused = IssueRefused(request_of(session), WORDS, "already-waiting", WAITING.id)
    session = after(refused, session=session)
    assert actions_of(session) == ["print_own", "look", "staff", "home"]
    again, effects = step(session, Act("print_own"), 0.0)
    assert isinstance(effects[0], Again)
    assert (effects[0].ticket, len(effects[0].claim.key)) == (WAITING.id, 64)
    assert again.visit.state is State.PRINTING
    sought(session, Act("look_open"))


@pytest.mark.parametrize("typed_number", [False, True])
def test_fr_08_who_laid_a_card_and_who_typed_a_number_get_the_same_slip(typed_number: bool) -> None:
    session = taken()
    if typed_number:
        keys = (*typed(invented_number(CARD.birth), "pad_key"), Act("pad_key", "ok"))
        session = ready(Act("pad_open"), *keys, Act("choose", "RS-003"), Act("take"))
        assert session.visit.visitor is not None
        assert session.visit.visitor.masked == "*"
    refused = IssueRefused(request_of(session), WORDS, "already-waiting", WAITING.id)
    session = after(refused, session=session)
    assert actions_of(session)[0] == "print_own"
    (again,) = last(session, Act("print_own"))
    assert isinstance(again, Again)
    assert session.visit.visitor is not None
    assert (again.ticket, again.claim.key) == (WAITING.id, session.visit.visitor.key)


@pytest.mark.parametrize("lamp", [Lamp.OUT, Lamp.COVER, Lamp.SILENT, Lamp.NONE])
def test_no_slip_is_offered_where_none_can_be_printed(lamp: Lamp) -> None:
    refused = IssueRefused(request_of(taken()), WORDS, "already-waiting", WAITING.id)
    held = HeldAlready(request_of(taken()), ticket("R990"), printed=True)
    for answer, act in ((refused, "print_own"), (held, "reprint")):
        session = after(answer, session=taken())
        assert actions_of(session)[0] == act
        broken = replace(session, printer=lamp)
        assert act not in actions_of(broken)
        assert last(broken, Act(act)) == ()


@pytest.mark.parametrize("why", ["quota-exhausted", "ticketing-closed", "too-many-waiting"])
def test_fr_12_what_is_refused_for_one_service_leads_to_the_others(why: str) -> None:
    session = taken()
    session = after(IssueRefused(request_of(session), WORDS, why), session=session)
    assert actions_of(session) == ["home", "staff", "exit"]
    assert after(Act("home"), session=session).visit.state is State.HOME


# -- one's appointment ------------------------------------------------------------


@pytest.mark.parametrize("due", [Due.DUE, Due.LATE, Due.OVER])
def test_fr_14_an_appointment_gets_its_number_by_one_touch(due: Due) -> None:
    session, effects = step(with_appointment(due), Act("check_in"), 0.0)
    (wish,) = effects
    assert isinstance(wish, Issue)
    assert wish.choice.items == ("RS-003",)
    assert wish.visitor == session.visit.visitor
    assert wish.claim is not None
    assert len(wish.claim.bookings) == 2
    session, effects = step(session, Issued(wish.request_id, ticket(late=False)), 0.0)
    assert effects == (Print(ticket(late=False), reprint=False),)


@pytest.mark.parametrize("due", [Due.EARLY, Due.OTHER_DAY, Due.ARRIVED, Due.CANCELLED])
def test_fr_14_before_its_time_and_after_its_number_there_is_none(due: Due) -> None:
    session = with_appointment(due)
    assert session.visit.state is State.BOOKED
    assert last(session, Act("check_in")) == ()


def test_whoever_shows_the_code_of_an_appointment_need_not_be_known() -> None:
    session, _ = sought(ready(Act("book_open")), CODE)
    session, effects = step(found(session, booked=DUE), Act("check_in"), 0.0)
    assert isinstance(effects[0], Issue)
    assert (effects[0].visitor, effects[0].claim) == (None, Claim(code="7K3M2Q"))
    session = after(Issued(effects[0].request_id, ticket()), session=session)
    session = after(printed(Sent.PRINTED), session=session)
    assert session.visit.state is State.DONE
    session, effects = step(session, Act("exit"), 0.0)
    assert (session.visit.claim, session.visit.booked) == (None, None)


def test_an_appointment_whose_number_cannot_be_printed_now_waits_for_it() -> None:
    session = after(PrinterChanged(Lamp.OUT), session=with_appointment())
    session, effects = step(session, Act("check_in"), 0.0)
    assert (fault(session), effects) == (Code.PAPER_OUT, ())
    session = after(PrinterChanged(Lamp.OK), Act("retry"), session=session)
    assert session.visit.state is State.BOOKED


def test_of_several_appointments_the_one_that_is_meant_now_comes_first() -> None:
    session, _ = sought(ready(Act("book_open"), CardSeen()), read())
    tomorrow = replace(DUE, id="2", day="2026-03-18", due=Due.OTHER_DAY)
    over = replace(DUE, id="3", start="09:00", due=Due.ARRIVED)
    answer = Found(request_of(session), (), (tomorrow, over, DUE))
    assert after(answer, session=session).visit.booked == DUE
