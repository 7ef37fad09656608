"""The other papers: 一次性告知 (FR-45) and 预约单, and what all kinds have in common."""

from dataclasses import fields, replace
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printers.facts import SlipError
from printers.paper import Paper
from printers.slips import Slip, from_json, layout_of, reprint_of, to_json
from tests.printers.samples import BOOKING, NOTICE, PAPERS, slip
from tests.printers.test_slip import invented_id
from tests.printers.test_ticket import outside, words

papers = pytest.mark.parametrize("paper", list(Paper))
_printable = st.characters(codec="utf-8", exclude_categories=("C", "Nd", "Zl", "Zp"))
_names = st.text(alphabet=_printable, min_size=1, max_size=80).filter(str.strip)


@papers
@pytest.mark.parametrize("kind", PAPERS)
def test_nothing_leaves_the_paper(paper: Paper, kind: str) -> None:
    assert outside(layout_of(PAPERS[kind], paper)) == []


@papers
@settings(max_examples=40)
@given(missing=st.lists(_names, min_size=1, max_size=30))
def test_a_notice_holds_every_missing_thing_whole_and_in_order(
    paper: Paper, missing: list[str]
) -> None:
    plan = layout_of(replace(NOTICE, missing=tuple(missing)), paper)
    said, at = words(plan), 0
    assert outside(plan) == []
    for name in missing:
        for part in name.split():
            at = said.index(part, at) + len(part)


@papers
def test_a_notice_says_what_of_when_where_and_that_it_is_all(paper: Paper) -> None:
    said = words(layout_of(NOTICE, paper))
    for fact in (
        "一次性告知", "R055灵活就业人员参保登记", "共3项", "以上为需要补正的全部内容",
        "告知时间2026-03-1711:08", "5号窗口", "盖章处",
    ):  # fmt: skip
        assert fact in said


@papers
def test_a_booking_says_when_where_what_to_bring_and_its_code(paper: Paper) -> None:
    said = words(layout_of(BOOKING, paper))
    for fact in (
        "3月20日星期五", "09:30–10:00", "二楼D区", "不动产转移登记（二手房）", "买卖合同",
        "7K3M-2Q", "前后15分钟",
    ):  # fmt: skip
        assert fact in said


@pytest.mark.parametrize("kind", PAPERS)
def test_every_kind_survives_being_stored(kind: str) -> None:
    assert from_json(to_json(PAPERS[kind])) == PAPERS[kind]


def test_a_ticket_stored_without_a_kind_is_still_read() -> None:
    assert from_json(to_json(slip()).replace(', "kind": "ticket"', "")) == slip()


def test_a_ticket_stored_by_an_earlier_version_is_still_read() -> None:
    stored = to_json(slip())
    assert '"alone": false, ' in stored
    assert from_json(stored.replace('"alone": false, ', "")) == slip()


@pytest.mark.parametrize("kind", [slip(), NOTICE, BOOKING])
def test_a_reprint_says_so(kind: Slip) -> None:
    assert words(layout_of(reprint_of(kind), Paper.MM58)).startswith("补打")


@pytest.mark.parametrize("kind", [NOTICE, BOOKING])
def test_no_text_may_hold_an_id_number_or_a_line_break(kind: Slip) -> None:
    texts = [f.name for f in fields(kind) if isinstance(getattr(kind, f.name), str | tuple)]
    for name in texts:
        for bad in (invented_id(), "a\nb"):
            value = (bad,) if isinstance(getattr(kind, name), tuple) else bad
            with pytest.raises(SlipError):
                replace(kind, **{name: value})


@pytest.mark.parametrize(
    ("kind", "change", "says"),
    [
        (NOTICE, {"missing": ()}, "missing must hold 1 to 30"),
        (NOTICE, {"number": "55"}, "a letter and 3 or 4 digits"),
        (BOOKING, {"ends": time(9, 0)}, "must begin before it ends"),
        (BOOKING, {"code": "yy"}, "code must look like"),
        (BOOKING, {"minutes_around": -1}, "cannot be negative"),
    ],
)
def test_what_makes_no_sense_is_refused(kind: Slip, change: dict[str, object], says: str) -> None:
    with pytest.raises(SlipError, match=says):
        replace(kind, **change)
