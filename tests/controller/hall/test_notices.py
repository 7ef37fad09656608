"""FR-51, T15: what the screens say beside calls, who may have them say it, and for how long."""

from __future__ import annotations

import pytest

from controller.hall import commands as c
from controller.hall import refusals as r
from controller.hall.evolve import evolve
from controller.hall.model import Hall
from controller.hall.notices import MOST_OPEN, MOST_TEXT, EmergencyKind, plain
from controller.hall.visitor import check_digit
from controller.views.board import Board
from tests.controller.hall.desk import Desk
from tests.controller.hall_fixture import small_plan

TEXT = "今天下午 3 点停电检修，请提前办理"
WRITER, RELEASER = "0801", "0802"


def standing(desk: Desk) -> list[str]:
    return [n.text for n in desk.hall.told.standing()]


def written(desk: Desk, text: str = TEXT, minutes: int = 60, by: str = WRITER) -> str:
    (event,) = desk.do(c.WriteNotice(text, by, minutes))
    return event.notice  # type: ignore[attr-defined, no-any-return]


def released(desk: Desk, text: str = TEXT, minutes: int = 60) -> str:
    notice = written(desk, text, minutes)
    desk.do(c.ReleaseNotice(notice, RELEASER))
    return notice


# --- two people ----------------------------------------------------------------------------------


def test_a_notice_is_shown_only_when_somebody_else_released_it() -> None:
    desk = Desk()
    notice = written(desk)
    assert standing(desk) == []
    with pytest.raises(r.SecondPersonNeeded):
        desk.do(c.ReleaseNotice(notice, WRITER))
    assert standing(desk) == []
    desk.do(c.ReleaseNotice(notice, RELEASER))
    assert standing(desk) == [TEXT]


def test_a_notice_is_released_once() -> None:
    desk = Desk()
    notice = released(desk)
    assert desk.do(c.ReleaseNotice(notice, "0803")) == []
    assert desk.hall.told.notices[notice].releaser == RELEASER


def test_its_writer_or_a_supervisor_takes_it_down_at_once() -> None:
    desk = Desk()
    first, second = released(desk, "第一条"), released(desk, "第二条")
    with pytest.raises(r.NotYourNotice):
        desk.do(c.WithdrawNotice(first, "0803"))
    desk.do(c.WithdrawNotice(first, WRITER))
    assert standing(desk) == ["第二条"]
    desk.do(c.WithdrawNotice(second, "0803", authority=True))
    assert standing(desk) == []
    for command in (c.ReleaseNotice(first, RELEASER), c.WithdrawNotice(first, WRITER)):
        with pytest.raises(r.UnknownNotice):
            desk.do(command)


def test_there_are_no_more_notices_than_people_read() -> None:
    desk = Desk()
    for n in range(MOST_OPEN):
        written(desk, f"通告 {n}")
    with pytest.raises(r.NoticeLimit):
        written(desk)
    desk.do(c.WithdrawNotice("2026-03-17-N1", WRITER))
    assert written(desk) == f"2026-03-17-N{MOST_OPEN + 1}", "an id is never given twice"


# --- plain text ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "好",
        "字" * (MOST_TEXT + 1),
        "上\n下",
        "上\t下",
        "\u202e反过来",
        "看\u200b不见",
        "！！",
        "😀 你好",
    ],
)
def test_what_a_screen_cannot_show_is_refused(text: str) -> None:
    with pytest.raises(r.NoticeText):
        Desk().do(c.WriteNotice(text, WRITER, 60))


def test_markup_is_text_like_any_other() -> None:
    assert plain("<b>请排队</b>") == "<b>请排队</b>"
    assert plain(" 窗口 5\u3000暂停 ") == "窗口 5\u3000暂停"
    assert plain("龘" * MOST_TEXT) is not None
    assert plain("𠮷野家") == "𠮷野家"


def test_the_number_of_a_document_is_hidden() -> None:
    first = "999901" + "19490307" + "123"
    desk = Desk()
    written(desk, f"请 {first}{check_digit(first)} 到咨询台")
    assert first[:15] not in str(desk.log)


# --- for a time ----------------------------------------------------------------------------------


def test_a_notice_ends_by_itself() -> None:
    desk = Desk()
    notice = released(desk, minutes=30)
    desk.wait(30 * 60 - 1)
    assert standing(desk) == [TEXT]
    assert [e.type for e in desk.wait(1)] == ["notice.ended"]
    assert standing(desk) == []
    assert desk.hall.told.notices[notice].ended == "expired"
    assert desk.wait(60) == []


def test_what_stands_over_midnight_is_told_again_and_a_restart_reads_it() -> None:
    desk = Desk()
    draft, stands = written(desk, "明早九点放号", 24 * 60), released(desk, "明日照常", 24 * 60)
    desk.do(c.WithdrawNotice(written(desk, "不要了"), WRITER))
    desk.do(c.RaiseEmergency(EmergencyKind.FIRE, RELEASER, 600))
    desk.clock.set("2026-03-17 23:00:00")
    desk.do(c.RaiseEmergency(EmergencyKind.SUSPENDED, RELEASER, 120, drill=True))
    before = desk.hall.told.emergency
    desk.clock.set("2026-03-18 00:00:00")
    desk.turn()
    assert standing(desk) == ["明日照常"]
    assert set(desk.hall.told.notices) == {draft, stands}
    assert desk.hall.told.emergency == before
    opened = max(n for n, a in enumerate(desk.log) if a.event.type == "day.opened")
    again, board = Hall(small_plan()), Board(small_plan())
    for a in desk.log[opened:]:
        board.fold(evolve(again, a.event, a.seq, a.at))
    assert again.told == board.told == desk.hall.told
    assert written(desk, "新的一条") == "2026-03-18-N1"


# --- the emergency -------------------------------------------------------------------------------


def test_an_emergency_stands_until_it_is_ended_or_its_time_is_over() -> None:
    desk = Desk()
    with pytest.raises(r.NoEmergency):
        desk.do(c.EndEmergency(WRITER))
    desk.do(c.RaiseEmergency(EmergencyKind.EVACUATE, WRITER, 30, drill=True))
    desk.wait(60)
    desk.do(c.RaiseEmergency(EmergencyKind.EVACUATE, RELEASER, 30))
    emergency = desk.hall.told.emergency
    assert emergency is not None
    assert (emergency.by, emergency.drill) == (RELEASER, False), "the newest counts"
    desk.do(c.EndEmergency(WRITER))
    assert desk.hall.told.emergency is None
    desk.do(c.RaiseEmergency(EmergencyKind.SHELTER, WRITER, 1))
    assert [e.type for e in desk.wait(60)] == ["emergency.ended"]
    assert desk.hall.told.emergency is None


def test_calling_goes_on_under_an_emergency() -> None:
    desk = Desk()
    desk.do(c.RaiseEmergency(EmergencyKind.SHELTER, WRITER, 30))
    ticket = desk.issue()
    desk.open(1)
    assert desk.call(1) == ticket


def test_the_board_says_only_what_everybody_may_see() -> None:
    board, desk = Board(small_plan()), Desk()
    notice = written(desk)
    desk.do(c.ReleaseNotice(notice, RELEASER))
    desk.do(c.WithdrawNotice(notice, WRITER))
    told = {a.event.type: board.fold(a).told for a in desk.log}
    assert told["notice.written"] is False, "a draft is nobody's business"
    assert told["notice.released"]
    assert told["notice.ended"]
