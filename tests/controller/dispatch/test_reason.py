"""FR-33: reasons as whole sentences, in both languages."""

from __future__ import annotations

import pytest

from controller.dispatch.reason import sentence
from controller.hall.model import Reason


@pytest.mark.parametrize(
    ("facts", "zh", "en"),
    [
        (
            (59, 1, 1),
            "刚刚取号，是本窗口能办的人中等得最久的。",
            "Just arrived, the longest among those this window can serve.",
        ),
        (
            (840, 1, 1),
            "等候 14 分钟，是本窗口能办的人中等得最久的。",
            "Waited 14 min, the longest among those this window can serve.",
        ),
        (
            (60, 2, 3),
            "等候 1 分钟；3 项中本窗口能办 2 项，是本窗口能办的人中等得最久的。",
            "Waited 1 min; this window can do 2 of 3 items, "
            "the longest among those this window can serve.",
        ),
    ],
)
def test_the_reason_is_a_sentence_in_both_languages(
    facts: tuple[int, int, int], zh: str, en: str
) -> None:
    named = tuple(zip(("waited_s", "can_do", "remaining"), facts, strict=True))
    assert sentence(Reason("longest-waiting", named)) == {"zh": zh, "en": en}


def test_no_reason_is_no_sentence_and_an_unknown_rule_is_named() -> None:
    assert sentence(None) == {"zh": "", "en": ""}
    assert sentence(Reason("by-hand")) == {"zh": "by-hand", "en": "by-hand"}


def hall(**facts: int | str) -> dict[str, str]:
    """The sentence of the hall's rule for a call with these facts."""
    usual: dict[str, int | str] = {
        "waited_s": 840,
        "cls": "ordinary",
        "service": "C-1",
        "fit_pct": 100,
        "can_do": 1,
        "remaining": 1,
        "before_older": 0,
        "kinds": 3,
        "strict": 0,
        "posts": 5,
        "pressure_min": 12,
    }
    return sentence(Reason("hall", tuple({**usual, **facts}.items())))


@pytest.mark.parametrize(
    ("facts", "zh", "en"),
    [
        (
            {},
            "等候 14 分钟；本窗口能办的人中等得最久。",
            "Waited 14 min; the longest among those this window can serve.",
        ),
        (
            {"waited_s": 59},
            "等候不到 1 分钟；本窗口能办的人中等得最久。",
            "Waited less than 1 min; the longest among those this window can serve.",
        ),
        (
            {"cls": "priority", "before_older": 2},
            "等候 14 分钟；优先；先于至少 2 位等候更久的人：综合等候时间、办理快慢和窗口忙闲。",
            "Waited 14 min; priority; before at least 2 who waited longer: "
            "wait, speed here and load weighed together.",
        ),
        (
            {"cls": "priority", "before_older": 1, "strict": 1},
            "等候 14 分钟；优先；先于至少 1 位等候更久的人：优先者先办。",
            "Waited 14 min; priority; before at least 1 who waited longer: priority goes first.",
        ),
        (
            {"cls": "appointment"},
            "等候 14 分钟；预约；本窗口能办的人中等得最久。",
            "Waited 14 min; appointment; the longest among those this window can serve.",
        ),
        (
            {"cls": "appointment", "waited_s": 0},
            "按预约时间；本窗口能办的人中等得最久。",
            "By appointment; the longest among those this window can serve.",
        ),
        (
            {"can_do": 2, "remaining": 3},
            "等候 14 分钟；3 项中本窗口能办 2 项；本窗口能办的人中等得最久。",
            "Waited 14 min; this window can do 2 of 3 items; "
            "the longest among those this window can serve.",
        ),
        (
            {"fit_pct": 105},
            "等候 14 分钟；本窗口办理较快；本窗口能办的人中等得最久。",
            "Waited 14 min; this window is quick at it; "
            "the longest among those this window can serve.",
        ),
        (
            {"fit_pct": 104, "posts": 2},
            "等候 14 分钟；现在只有 2 个窗口能办；本窗口能办的人中等得最久。",
            "Waited 14 min; only 2 windows can do it now; "
            "the longest among those this window can serve.",
        ),
        (
            {"posts": 1},
            "等候 14 分钟；现在只有本窗口能办；本窗口能办的人中等得最久。",
            "Waited 14 min; only this window can do it now; "
            "the longest among those this window can serve.",
        ),
        (
            {"cls": "priority", "can_do": 1, "remaining": 2, "posts": 2, "fit_pct": 130}
            | {"before_older": 3},
            "等候 14 分钟；优先；2 项中本窗口能办 1 项；现在只有 2 个窗口能办；本窗口办理较快；"
            "先于至少 3 位等候更久的人：综合等候时间、办理快慢和窗口忙闲。",
            "Waited 14 min; priority; this window can do 1 of 2 items; "
            "only 2 windows can do it now; this window is quick at it; "
            "before at least 3 who waited longer: wait, speed here and load weighed together.",
        ),
    ],
)
def test_the_hall_s_rule_gives_its_reason_in_one_sentence(
    facts: dict[str, int | str], zh: str, en: str
) -> None:
    assert hall(**facts) == {"zh": zh, "en": en}
