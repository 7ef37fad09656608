"""From many services to the ones a person came for: groups, pages, letters, several at once."""

from __future__ import annotations

import pytest

from kiosk.day import day_from_json
from kiosk.readers.base import CardRemoved, CardSeen
from kiosk.session import step
from kiosk.session.choosing import PAGE, group_items, groups_of
from kiosk.session.model import Act, Choice, DayChanged, Issue, Session, State, Tick
from tests.kiosk.people import AT_HOME, after, day_json, item_json, read
from tests.kiosk.visits import TAKE, last, ready


def at_home(*acts: Act) -> Session:
    return ready(*AT_HOME, *acts)


# -- groups -----------------------------------------------------------------------


def test_a_group_is_opened_and_back_is_the_groups_and_then_home() -> None:
    session = at_home(Act("show_all"))
    assert [group.id for group, _ in groups_of(session)] == ["RS", "GA", "ZX"]
    session = after(Act("group", "RS"), session=session)
    assert [item.code for item in group_items(session)] == ["RS-003", "RS-004"]
    chosen = after(Act("choose", "RS-004"), session=session)
    assert group_items(after(Act("back"), session=chosen)) == group_items(session)
    session = after(Act("back"), session=session)
    assert (session.visit.state, group_items(session)) == (State.ALL, [])
    assert after(Act("back"), session=session).visit.state is State.HOME


def test_a_group_that_is_not_there_opens_nothing() -> None:
    session = at_home(Act("show_all"))
    assert after(Act("group", "nothing"), session=session) == session
    assert after(Act("group", "RS"), session=at_home(Act("collect"))).visit.group == ""


def test_the_only_group_of_a_kind_is_open_by_itself() -> None:
    session = at_home(Act("collect"))
    assert [item.code for item in group_items(session)] == ["CJ-001", "CJ-002"]
    assert after(Act("back"), session=session).visit.state is State.HOME


def test_a_long_group_is_turned_over_page_by_page() -> None:
    rows = [item_json(f"RS-{n:03d}", f"事项{n}") for n in range(PAGE + 1)]
    day = day_from_json(day_json(items=rows, popular=["RS-001"]))
    session = after(Act("show_all"), session=after(DayChanged(day), session=at_home()))
    assert after(Act("turn", "1"), session=session).visit.page == 1
    for page in ("2", "-1", "x", "", "١"):
        assert after(Act("turn", page), session=session).visit.page == 0


# -- letters ----------------------------------------------------------------------


def test_fr_06_letters_are_typed_taken_back_and_cleared() -> None:
    session = at_home(Act("search_open"), *(Act("search_key", key) for key in "sbK1"))
    assert session.visit.text == "sb"
    assert after(Act("search_key", "back"), session=session).visit.text == "s"
    assert after(Act("search_key", "clear"), session=session).visit.text == ""
    for _ in range(30):
        session = after(Act("search_key", "z"), session=session)
    assert len(session.visit.text) == 10


def test_a_service_found_by_letters_goes_back_to_the_letters() -> None:
    session = at_home(Act("search_open"), Act("search_key", "s"), Act("choose", "RS-003"))
    assert session.visit.state is State.ITEM
    session = after(Act("back"), session=session)
    assert (session.visit.state, session.visit.text) == (State.SEARCH, "s")
    assert after(Act("back"), session=session).visit.state is State.HOME


# -- several on one number ----------------------------------------------------------


def test_fr_10_several_services_go_on_one_number() -> None:
    session = at_home(Act("choose", "RS-003"), Act("add"))
    assert (session.visit.state, session.visit.basket) == (State.HOME, ("RS-003",))
    session = after(Act("choose", "GA-010"), session=session)
    assert session.visit.choice == Choice(("RS-003", "GA-010"))
    (wish,) = last(session, TAKE)
    assert isinstance(wish, Issue)
    assert wish.choice.items == ("RS-003", "GA-010")


def test_back_before_the_second_is_taken_leaves_the_first_chosen() -> None:
    session = at_home(Act("choose", "RS-003"), Act("add"), Act("choose", "GA-010"), Act("back"))
    assert (session.visit.state, session.visit.basket) == (State.HOME, ("RS-003",))
    session = after(Act("show_basket"), session=session)
    assert session.visit.choice == Choice(("RS-003",))


def test_the_same_service_twice_is_once_and_more_than_the_hall_allows_are_not_added() -> None:
    session = at_home(Act("choose", "RS-003"), Act("add"), Act("choose", "RS-003"))
    assert session.visit.choice == Choice(("RS-003",))
    for code in ("RS-004", "GA-010"):
        session = after(Act("add"), Act("choose", code), session=session)
    full = after(Act("add"), session=session)
    assert full == session
    assert full.visit.choice == Choice(("RS-003", "RS-004", "GA-010"))


def test_one_of_several_is_left_out_again_and_the_last_one_leads_back() -> None:
    session = at_home(Act("choose", "RS-003"), Act("add"), Act("choose", "GA-010"))
    session = after(Act("drop", "RS-003"), session=session)
    assert session.visit.choice == Choice(("GA-010",))
    assert after(Act("drop", "nothing"), session=session) == session
    session = after(Act("drop", "GA-010"), session=session)
    assert (session.visit.state, session.visit.basket) == (State.HOME, ())


def test_a_bundle_is_whole_and_puts_away_what_was_chosen() -> None:
    session = at_home(Act("choose", "RS-003"), Act("add"), Act("choose_bundle", "Y-04"))
    assert session.visit.basket == ()
    for act in (Act("add"), Act("drop", "RS-003")):
        assert after(act, session=session) == session


def test_nothing_chosen_is_no_basket() -> None:
    assert after(Act("show_basket"), session=at_home()) == at_home()


# -- without a card -----------------------------------------------------------------


def test_fr_56_materials_and_fees_are_shown_without_a_card_and_a_card_goes_on_from_there() -> None:
    session = ready(Act("show_all"), Act("group", "RS"), Act("choose", "RS-003"))
    assert (session.visit.state, session.visit.visitor) == (State.ITEM, None)
    assert last(session, TAKE) == ()
    session = after(CardSeen(), read(), session=session)
    assert (session.visit.state, session.visit.choice) == (State.ITEM, Choice(("RS-003",)))
    assert isinstance(last(session, TAKE)[0], Issue)
    assert after(Act("back"), session=session).visit.state is State.ALL


def test_a_card_that_fails_loses_nothing_of_what_was_chosen() -> None:
    session = ready(Act("show_all"), Act("group", "RS"), Act("choose", "RS-003"))
    session = after(CardSeen(), CardRemoved(), session=session)
    assert after(Act("retry"), session=session).visit.state is State.ITEM
    session = after(CardSeen(), read(), session=session)
    assert session.visit.choice == Choice(("RS-003",))


def test_who_reads_without_a_card_is_led_back_to_the_beginning_in_the_same_language() -> None:
    session = ready(Act("lang", "en"), Act("show_all"), Act("search_open"))
    session = after(Act("back"), session=session)
    assert session.visit.state is State.ALL
    session = after(Act("back"), session=session)
    assert (session.visit.state, session.visit.lang) == (State.IDLE, "en")
    assert after(Tick(), session=session, now=31.0).visit.lang == "zh"


def test_a_second_service_is_added_without_a_card_too() -> None:
    session = ready(Act("show_all"), Act("group", "RS"), Act("choose", "RS-003"), Act("add"))
    assert (session.visit.state, session.visit.basket) == (State.ALL, ("RS-003",))


@pytest.mark.parametrize("mode", ["elder", "contrast", "voice"])
def test_how_the_page_is_read_outlives_a_card_but_not_the_person(mode: str) -> None:
    session = ready(Act(mode, "true"), *AT_HOME)
    assert getattr(session.visit, mode)
    session, _ = step(session, Act("exit"), 0.0)
    assert not getattr(session.visit, mode)
