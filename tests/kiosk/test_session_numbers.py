"""From asking for a number to holding it: every number ends printed, shown or void."""

from __future__ import annotations

from dataclasses import replace

from kiosk.session import fits, step
from kiosk.session.model import (
    Act,
    Alert,
    AlertStaff,
    Code,
    Confirm,
    Issued,
    IssueLost,
    IssueRefused,
    Lamp,
    Outcome,
    Print,
    Sent,
    State,
    Tick,
    Words,
)
from tests.kiosk.people import (
    AT_ITEM,
    READY,
    START,
    after,
    ticket,
)
from tests.kiosk.visits import TAKE, done, fault, issued, last, printed, request_of, taken


def test_a_printed_number_is_confirmed_and_shown() -> None:
    session, effects = step(issued(), printed(Sent.PRINTED), 0.0)
    assert session.visit.state is State.DONE
    assert session.visit.printed
    assert effects == (Confirm(ticket().id, Outcome.PRINTED),)


def test_a_number_of_which_nothing_was_sent_is_void() -> None:
    """FR-18"""
    session, effects = step(issued(), printed(Sent.NOT_SENT, Lamp.OUT), 0.0)
    assert fault(session) is Code.PAPER_OUT
    assert session.visit.ticket is None
    assert effects == (Confirm(ticket().id, Outcome.VOID),)


def test_a_number_that_may_be_on_paper_is_shown_and_flagged() -> None:
    """FR-18, peers 9"""
    session, effects = step(issued(), printed(Sent.UNPROVEN, Lamp.SILENT), 0.0)
    assert fault(session) is Code.PRINTER_SILENT
    assert session.visit.ticket == ticket()
    assert effects == (Confirm(ticket().id, Outcome.UNPROVEN), AlertStaff(Alert.PRINT))


def test_an_unproven_number_can_be_printed_again_and_is_then_printed() -> None:
    session = after(printed(Sent.UNPROVEN, Lamp.OK), session=issued())
    session, effects = step(session, Act("reprint"), 0.0)
    assert effects == (Print(ticket(), reprint=True),)
    session, effects = step(session, printed(Sent.PRINTED, reprint=True), 0.0)
    assert (session.visit.state, session.visit.printed) == (State.DONE, True)
    assert effects == (Confirm(ticket().id, Outcome.PRINTED),)


def test_a_failed_reprint_takes_no_number_back() -> None:
    session = after(printed(Sent.UNPROVEN), Act("reprint"), session=issued())
    session, effects = step(session, printed(Sent.NOT_SENT, Lamp.OUT, reprint=True), 0.0)
    assert fault(session) is Code.PRINTER_SILENT
    assert session.visit.ticket == ticket()
    assert effects == ()


def test_an_unproven_reprint_of_a_printed_number_leaves_it_printed() -> None:
    session = after(Act("reprint"), session=done())
    session, effects = step(session, printed(Sent.UNPROVEN, reprint=True), 0.0)
    assert (session.visit.state, effects) == (State.DONE, ())


def test_a_third_reprint_is_refused() -> None:
    """FR-20"""
    session = done()
    for _ in range(2):
        session = after(Act("reprint"), printed(Sent.PRINTED, reprint=True), session=session)
    assert last(session, Act("reprint")) == ()


def test_a_second_touch_on_take_is_no_second_number() -> None:
    session = taken()
    assert not fits(session, TAKE)
    assert last(session, TAKE) == ()


def test_a_refusal_is_told_in_the_controllers_words() -> None:
    words = Words("今天已取 3 个号", "Three tickets today", "请到咨询台。", "Ask the guide desk.")
    session = taken()
    session = after(IssueRefused(request_of(session), words), session=session)
    assert fault(session) is Code.REFUSED
    assert session.visit.fault is not None
    assert session.visit.fault.words == words


def test_no_answer_means_no_number_and_one_that_comes_late_is_void() -> None:
    session = taken()
    request = request_of(session)
    session = after(IssueLost(request), session=session)
    assert fault(session) is Code.OFFLINE
    assert last(session, Issued(request, ticket())) == (Confirm(ticket().id, Outcome.VOID),)


def test_an_answer_after_the_person_has_left_is_void() -> None:
    session = taken()
    request = request_of(session)
    session = after(Tick(), session=session, now=10.0)
    session = after(Tick(), session=session, now=100.0)
    assert session.visit.state is State.IDLE
    assert last(session, Issued(request, ticket()), 101.0) == (Confirm(ticket().id, Outcome.VOID),)


def test_a_print_that_never_ends_is_unproven_and_a_late_proof_counts() -> None:
    session, effects = step(issued(), Tick(), 30.0)
    assert fault(session) is Code.PRINTER_SILENT
    assert Confirm(ticket().id, Outcome.UNPROVEN) in effects
    assert last(session, printed(Sent.PRINTED), 31.0) == (Confirm(ticket().id, Outcome.PRINTED),)


def test_a_kiosk_without_printer_shows_its_numbers() -> None:
    start = replace(START, printer=Lamp.NONE)
    session = after(*READY[:3], *AT_ITEM, TAKE, session=start)
    session, effects = step(session, Issued(request_of(session), ticket()), 0.0)
    assert (session.visit.state, session.visit.printed) == (State.DONE, False)
    assert effects == (Confirm(ticket().id, Outcome.UNPROVEN),)
    assert last(session, Act("reprint")) == (), "there is nothing to print on"
