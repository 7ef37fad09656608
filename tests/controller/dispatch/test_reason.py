"""Reasons as whole sentences, in both languages."""

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
