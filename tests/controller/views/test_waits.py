"""Expected waits in words, as paper and kiosk say them."""

from __future__ import annotations

import pytest

from controller.hall.instants import SECOND
from controller.views.waits import Range, Waits, wait_words, waits_json


@pytest.mark.parametrize(
    ("told", "zh", "en"),
    [
        ((15, 25), "约 15–25 分钟", "about 15–25 min"),
        ((20, 20), "约 20 分钟", "about 20 min"),
        ((0, 5), "5 分钟以内", "within 5 min"),
        ((0, 0), "无需等候", "no wait"),
    ],
)
def test_a_wait_is_said_in_both_languages(told: Range, zh: str, en: str) -> None:
    assert wait_words(told) == {"zh": zh, "en": en}


def test_screens_get_the_waits_with_the_instant_they_held() -> None:
    waits = Waits(1_700_000_000 * SECOND, {"A": (5, 15)})
    assert waits_json(waits) == {"at": 1_700_000_000_000, "zones": {"A": [5, 15]}}
    assert waits_json(None) is None
