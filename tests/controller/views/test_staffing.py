"""What the next hours need: loads by hour, and which window to open before when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.views.roster import Clerk
from controller.views.staffing import HIGH, Hour, Post, Work, advise, outlook
from controller.views.staffing_json import hours_left

HOURS = (Hour(540, 600), Hour(600, 660), Hour(660, 720))


def post(no: int, *skills: str, staffed: bool = True) -> Post:
    return Post(no, frozenset(skills), staffed)


def work(skill: str, *arriving: float, backlog: float = 0.0, waiting: int = 0) -> Work:
    return Work(skill, waiting, backlog, tuple(arriving))


def test_two_windows_share_the_work_of_their_skill() -> None:
    seen = outlook(HOURS, [work("tax", 60, 90, 30)], [post(1, "tax"), post(2, "tax")])
    assert [load.share for load in seen.loads["tax"]] == pytest.approx([0.5, 0.75, 0.25])
    assert seen.loads["tax"][1].capacity == pytest.approx(120)


def test_those_who_wait_now_are_work_of_the_first_hour() -> None:
    seen = outlook(HOURS, [work("tax", 30, 0, 0, backlog=24)], [post(1, "tax")])
    assert seen.loads["tax"][0].work == 54


def test_what_does_not_fit_is_carried_into_the_next_hour() -> None:
    seen = outlook(HOURS, [work("tax", 90, 20, 0)], [post(1, "tax")])
    assert [load.work for load in seen.loads["tax"]] == pytest.approx([90, 50, 0])
    assert seen.loads["tax"][0].share == pytest.approx(1.5)


def test_a_window_of_two_skills_helps_where_it_is_needed() -> None:
    works = [work("civil", 90, 0, 0), work("tax", 30, 0, 0)]
    seen = outlook(HOURS, works, [post(1, "civil"), post(2, "civil", "tax")])
    loads = {skill: row[0].share for skill, row in seen.loads.items()}
    assert loads == pytest.approx({"civil": 1.0, "tax": 1.0}, abs=0.01)


def test_work_that_no_window_can_do_has_no_load_but_is_told() -> None:
    seen = outlook(HOURS, [work("tax", 10, 0, 0)], [post(1, "civil")])
    assert seen.loads["tax"][0].share is None
    assert seen.loads["tax"][0].over == 10


def test_an_idle_skill_without_a_window_is_no_trouble() -> None:
    assert outlook(HOURS, [work("tax", 0, 0, 0)], []).over() == 0


def test_a_closed_window_is_advised_before_the_hour_that_needs_it() -> None:
    works = [work("tax", 30, 75, 60), work("civil", 20, 20, 20)]
    posts = [post(1, "tax"), post(2, "civil"), post(23, "tax", "civil", staffed=False)]
    (advice,) = advise(HOURS, works, posts)
    assert (advice.no, advice.skill, advice.hour) == (23, "tax", 1)
    assert advice.before.share == pytest.approx(1.25)
    assert advice.after.share is not None
    assert advice.after.share < HIGH


def test_the_window_that_relieves_most_is_named_first() -> None:
    works = [work("tax", 110, 110, 110), work("civil", 58, 0, 0)]
    posts = [
        post(1, "tax"),
        post(2, "civil"),
        post(8, "civil", staffed=False),
        post(9, "tax", staffed=False),
    ]
    advice = advise(HOURS, works, posts)
    assert [one.no for one in advice] == [9, 8]


def test_nothing_is_advised_while_there_is_room() -> None:
    posts = [post(1, "tax"), post(2, "tax", staffed=False)]
    assert advise(HOURS, [work("tax", 40, 40, 40)], posts) == []


def test_a_window_that_cannot_do_the_work_is_not_advised() -> None:
    posts = [post(1, "tax"), post(2, "civil", staffed=False)]
    assert advise(HOURS, [work("tax", 90, 90, 90)], posts) == []


def test_a_few_minutes_of_work_open_no_window() -> None:
    posts = [post(2, "tax", staffed=False)]
    assert advise(HOURS, [work("tax", 3, 0, 0)], posts) == []


def test_without_hours_left_nothing_is_said() -> None:
    assert advise((), [work("tax")], [post(2, "tax", staffed=False)]) == []


def clerk(no: str, home: int, *skills: str) -> Clerk:
    return Clerk(no, home, frozenset(skills))


def test_who_is_free_for_an_advised_window_is_named_with_it() -> None:
    posts = [post(1, "tax"), post(23, "tax", "civil", staffed=False)]
    (advice,) = advise(HOURS, [work("tax", 90, 60, 60)], posts, [clerk("0523", 23)])
    assert advice.clerk == clerk("0523", 23)


def test_a_free_clerk_without_the_skill_is_not_counted_on() -> None:
    posts = [post(1, "tax"), post(23, "tax", "civil", staffed=False)]
    (advice,) = advise(HOURS, [work("tax", 90, 60, 60)], posts, [clerk("0523", 23, "civil")])
    assert (advice.no, advice.clerk) == (23, None)


def test_a_window_that_somebody_is_free_for_goes_before_one_that_would_relieve_more() -> None:
    works = [work("tax", 200, 200, 200), work("civil", 65, 65, 65)]
    posts = [
        post(1, "tax"),
        post(2, "civil"),
        post(8, "tax", staffed=False),
        post(9, "civil", staffed=False),
    ]
    advice = advise(HOURS, works, posts, [clerk("0509", 9, "civil")])
    assert [(one.no, one.clerk and one.clerk.no) for one in advice] == [(9, "0509"), (8, None)]


def test_nobody_is_counted_on_twice() -> None:
    posts = [post(1, "tax"), *(post(no, "tax", staffed=False) for no in (8, 9))]
    advice = advise(HOURS, [work("tax", 170, 170, 170)], posts, [clerk("0508", 8)])
    assert [one.clerk and one.clerk.no for one in advice] == ["0508", None]


def test_a_window_counts_with_the_skills_of_who_would_sit_there() -> None:
    works = [work("tax", 90, 0, 0), work("civil", 90, 0, 0)]
    posts = [post(1, "tax"), post(2, "civil"), post(23, "tax", "civil", staffed=False)]
    (advice, *_) = advise(HOURS, works, posts, [clerk("0530", 23, "civil")])
    assert (advice.skill, advice.clerk and advice.clerk.no) == ("civil", "0530")
    assert advice.after.share == pytest.approx(0.75), "the tax work stays at window 1"


def test_whoever_belongs_to_the_window_is_asked_first() -> None:
    posts = [post(1, "tax"), post(23, "tax", staffed=False)]
    free = [clerk("0501", 7, "tax"), clerk("0523", 23)]
    (advice,) = advise(HOURS, [work("tax", 90, 0, 0)], posts, free)
    assert advice.clerk == clerk("0523", 23)


def test_whoever_can_do_least_elsewhere_is_asked_before_one_who_can_do_all() -> None:
    posts = [post(1, "tax"), post(23, "tax", staffed=False)]
    free = [clerk("0501", 7), clerk("0502", 8, "tax")]
    (advice,) = advise(HOURS, [work("tax", 90, 0, 0)], posts, free)
    assert advice.clerk == clerk("0502", 8, "tax")


MORNING, AFTERNOON = (9 * 60, 12 * 60), (13 * 60 + 30, 17 * 60)


def test_the_day_is_planned_by_the_hour_of_the_clock() -> None:
    left = hours_left(10 * 60 + 10, [MORNING, AFTERNOON])
    assert left == (
        Hour(610, 660),
        Hour(660, 720),
        Hour(810, 840),
        Hour(840, 900),
        Hour(900, 960),
        Hour(960, 1020),
    )


def test_the_last_minutes_of_an_hour_are_planned_with_the_next() -> None:
    assert hours_left(14 * 60 + 46, [AFTERNOON])[0] == Hour(886, 960)
    assert hours_left(16 * 60 + 50, [AFTERNOON]) == (Hour(1010, 1020),)


def test_after_work_only_those_who_still_wait_count() -> None:
    assert hours_left(20 * 60 + 5, [MORNING, AFTERNOON]) == (Hour(1205, 1260),)


amounts = st.floats(0, 200, allow_nan=False)
skills = st.sampled_from(["a", "b", "c"])


@given(
    st.lists(st.tuples(amounts, amounts), min_size=3, max_size=3),
    st.lists(st.tuples(st.frozensets(skills, min_size=1), st.booleans()), max_size=6),
)
def test_advice_never_makes_the_outlook_worse_and_names_closed_windows(
    arriving: list[tuple[float, float]], windows: list[tuple[frozenset[str], bool]]
) -> None:
    hours = HOURS[:2]
    works = [work(s, *row) for s, row in zip("abc", arriving, strict=True)]
    posts = [Post(n, of, staffed) for n, (of, staffed) in enumerate(windows)]
    closed = {p.no for p in posts if not p.staffed}
    over = outlook(hours, works, posts).over()
    for advice in advise(hours, works, posts):
        assert advice.no in closed
        posts = [Post(p.no, p.skills, p.staffed or p.no == advice.no) for p in posts]
        now = outlook(hours, works, posts).over()
        assert now <= over + 1e-6 * (1 + over)
        over = now
