"""A call is a fixed order of clips, and there is a clip for every word of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from display.voice.catalogue import wanted
from display.voice.phrases import Called, Manner, call_phrase

CALL = Called("A023", 5)


PLAIN = Manner()


def words(call: Called, manner: Manner = PLAIN) -> str:
    return " ".join(call_phrase(call, manner))


def test_a_call_in_chinese() -> None:
    assert words(CALL) == "请 letter-A 零 二 三 号 到 五 号窗口办理"
    assert words(Called("R101", 12)) == "请 letter-R 幺 零 幺 号 到 十 二 号窗口办理"


def test_a_recall_asks_for_attention() -> None:
    assert words(Called("A023", 5, recall=True)).startswith("请注意 请 letter-A")


def test_the_floor_is_said_where_a_hall_has_several() -> None:
    call = Called("A023", 12, floor=2)
    assert words(call, Manner(floors=True)) == "请 letter-A 零 二 三 号 到 二 楼 十 二 号窗口办理"
    assert "楼" not in words(call)


def test_the_english_line_follows_the_chinese_one() -> None:
    said = words(CALL, Manner(english=True))
    assert said.endswith("en-ticket letter-A en-zero en-two en-three en-counter en-five")


@pytest.mark.parametrize("wrong", ["", "023A", "A", "张三", "A0231234", "<b>1"])
def test_a_number_that_is_none_is_not_said(wrong: str) -> None:
    with pytest.raises(ValueError, match="not a ticket number"):
        call_phrase(Called(wrong, 5))


@given(
    st.from_regex(r"[A-Z]{0,2}[0-9]{1,6}", fullmatch=True),
    st.integers(1, 999),
    st.booleans(),
    st.builds(Manner, st.sampled_from(["yao", "yi"]), st.booleans(), st.booleans()),
)
def test_there_is_a_clip_for_every_word_of_every_call(
    number: str, window: int, recall: bool, manner: Manner
) -> None:
    known = {one.id for one in wanted()}
    assert set(call_phrase(Called(number, window, recall, 2), manner)) <= known


def test_no_clip_is_listed_twice() -> None:
    ids = [one.id for one in wanted()]
    assert len(ids) == len(set(ids))
