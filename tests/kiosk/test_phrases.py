"""Which sentence belongs to each step, as the voice says it and as the page shows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.day import day_from_json
from kiosk.phrases import phrase_of
from kiosk.readers.base import CardRemoved, CardSeen
from kiosk.session.model import (
    Act,
    DayChanged,
    IssueRefused,
    Lamp,
    LinkChanged,
    PrinterChanged,
    Sent,
    Session,
    State,
    Tick,
)
from kiosk.session.own import Due, Standing
from tests.kiosk.finds import CODE, PASSED, WAITING, WORDS, looked_up, sought, with_appointment
from tests.kiosk.people import AT_HOME, AT_ITEM, after, day_json, item_json
from tests.kiosk.visits import done, issued, printed, ready, request_of, taken


def said(session: Session, lang: str = "zh") -> str:
    phrase = phrase_of(session)
    assert phrase is not None
    assert phrase.clips(lang)
    return phrase.text(lang)


@pytest.mark.parametrize("due", Due)
def test_every_appointment_is_said(due: Due) -> None:
    assert said(with_appointment(due))


STATES = (
    *("waiting", "offered", "called", "serving", "held", "passed", "returned"),
    *("handed", "finished", "cancelled", "dropped", "void"),
)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("window", [5, None])
def test_every_number_is_said_and_never_a_window_that_is_not_known(
    state: str, window: int | None
) -> None:
    number = replace(WAITING, state=state, window=window, target=window)
    assert "R046" in said(looked_up(number))
    assert "None" not in said(looked_up(number))


def test_a_number_that_is_called_is_told_its_window() -> None:
    called: Standing = replace(WAITING, state="called", window=5)
    assert said(looked_up(called)) == "请 R046 号到 5 号窗口办理。"
    assert said(looked_up(called), "en") == "Ticket R046: please go to counter 5."


def test_every_step_of_a_visit_is_said() -> None:
    steps = [
        ready(),
        ready(CardSeen()),
        ready(*AT_HOME),
        ready(*AT_HOME, Act("show_all")),
        ready(*AT_HOME, Act("show_all"), Act("group", "RS")),
        ready(*AT_HOME, Act("search_open")),
        ready(*AT_HOME, Act("show_bundles")),
        ready(*AT_ITEM),
        ready(Act("show_all"), Act("choose", "RS-003")),
        issued(),
        done(),
        ready(Act("pad_open")),
        ready(Act("book_open")),
        ready(Act("look_open"), Act("code_open")),
        sought(ready(), CODE)[0],
        looked_up(PASSED),
        looked_up(WAITING, PASSED),
        after(Act("give_back"), session=looked_up(WAITING)),
        with_appointment(),
        ready(Act("privacy_open")),
        ready(LinkChanged(False)),
        after(Tick(), session=ready(*AT_HOME), now=20.0),
    ]
    assert {session.visit.state for session in steps} | {State.ENROL, State.CLOSED} == set(State)
    assert all(said(session, lang) for session in steps for lang in ("zh", "en"))


def test_a_card_that_lies_there_is_said_first() -> None:
    left = after(Act("exit"), session=ready(*AT_HOME))
    assert said(left) == "请取走您的身份证。"
    assert said(after(CardRemoved(), session=left)).startswith("您好。请把身份证放在感应区。")


def test_a_kiosk_alone_says_no_figures() -> None:
    session = ready(*AT_ITEM)
    assert "前面还有 7 人" in said(session)
    assert "7" not in said(replace(session, alone=True))


def test_nobody_ahead_is_not_counted_aloud() -> None:
    day = day_from_json(day_json(items=[item_json("RS-003", "社会保障卡申领", ahead=0)]))
    assert "0" not in said(ready(DayChanged(day), *AT_ITEM))


def test_what_went_wrong_is_said_by_kind() -> None:
    unread = ready(CardSeen(), CardRemoved())
    assert "重新放" in said(unread)
    assert "打印不了" in said(ready(PrinterChanged(Lamp.OUT)))
    held = taken()
    refused = IssueRefused(request_of(held), WORDS, "already-waiting", WAITING.id)
    assert "补打" in said(after(refused, session=held))
    assert "R055" in said(after(printed(Sent.UNPROVEN), session=issued()))
