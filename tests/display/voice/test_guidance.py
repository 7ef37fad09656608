"""Sentences at the kiosk: whole in both languages, and cut into clips at their figures."""

from __future__ import annotations

import re

import pytest

from display.voice.catalogue import wanted
from display.voice.guidance import GUIDANCE, caption, guidance_phrase, guidance_texts

HAN = re.compile("[㐀-鿿]")
VALUES = {"number": "R046", "n": "12", "window": "5", "time": "10:15"}
CLIPS = {one.id for one in wanted()}


@pytest.mark.parametrize("step", GUIDANCE)
def test_every_step_is_a_sentence_in_both_languages_with_the_same_figures(step: str) -> None:
    zh, en = GUIDANCE[step]
    assert zh[-1] in "。？"
    assert en[-1] in ".?"
    assert not HAN.search(en)
    assert sorted(re.findall(r"{\w+}", zh)) == sorted(re.findall(r"{\w+}", en))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("step", GUIDANCE)
def test_every_step_is_said_from_clips_that_are_made(step: str, lang: str) -> None:
    assert set(guidance_phrase(step, lang, VALUES)) <= CLIPS


def test_a_sentence_is_cut_at_its_figures() -> None:
    assert guidance_phrase("number-called", "zh", VALUES) == (
        *("guide-number-called-zh-1", "letter-R", "零", "四", "六"),
        *("guide-number-called-zh-2", "五", "guide-number-called-zh-3"),
    )
    assert guidance_phrase("item-ahead", "en", VALUES)[1] == "en-twelve"


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("10:15", ["十", "点", "十", "五", "分"]),
        ("09:05", ["九", "点", "零", "五", "分"]),
        ("13:00", ["十", "三", "点"]),
    ],
)
def test_times_are_said_as_people_say_them(time: str, said: list[str]) -> None:
    assert list(guidance_phrase("booked-early", "zh", {"time": time})[1:-1]) == said


@pytest.mark.parametrize("value", ["", "-1", "1000", "many"])
def test_a_figure_that_is_none_is_refused_rather_than_said_wrongly(value: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        guidance_phrase("numbers", "zh", {"n": value})


def test_nobody_is_zero() -> None:
    assert guidance_phrase("numbers", "zh", {"n": "0"})[1] == "零"
    assert guidance_phrase("numbers", "en", {"n": "0"})[1] == "en-zero"


def test_captions_have_no_blank_before_a_full_stop() -> None:
    assert caption("done", "zh", VALUES).startswith("您的号码是 R046。请取走")


def test_no_clip_is_made_of_marks_alone() -> None:
    for clip, text, _ in guidance_texts():
        assert re.search(r"\w", text), clip
