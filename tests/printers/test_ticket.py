"""Where things stand on the paper: all facts present, nothing outside, nothing overlapping."""

import itertools
import string
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printers.paper import Box, Layout, Plate, Qr, Text
from printers.ticket import MIN_DIGIT, Paper, SlipError, TicketSlip, layout
from tests.printers.samples import KINDS, slip

papers = pytest.mark.parametrize("paper", list(Paper))

_printable = st.characters(codec="utf-8", exclude_categories=("C", "Nd", "Zl", "Zp"))
_names = st.text(alphabet=_printable, min_size=1, max_size=80).filter(str.strip)


def words(plan: Layout) -> str:
    return "".join(e.text for e in plan.elements if isinstance(e, Text)).replace(" ", "")


def outside(plan: Layout) -> list[object]:
    def inside(box: Box) -> bool:
        return (
            box.left >= 0
            and box.top >= 0
            and box.right <= plan.paper.dots + 0.5
            and box.bottom <= plan.height
        )

    return [element for element in plan.elements if not inside(element.box)]


def overlapping(plan: Layout) -> list[tuple[object, object]]:
    """Pairs of words, codes and rules on the same dots; white words belong on their plate."""
    solid = [
        e
        for e in plan.elements
        if (isinstance(e, Text) and not e.white) or isinstance(e, Qr | Plate)
    ]
    return [(a, b) for a, b in itertools.combinations(solid, 2) if _meet(a.box, b.box)]


def _meet(a: Box, b: Box) -> bool:
    slack = 1.0  # positions are rounded to dots
    return (
        a.left + slack < b.right
        and b.left + slack < a.right
        and a.top + slack < b.bottom
        and b.top + slack < a.bottom
    )


@st.composite
def slips(draw: st.DrawFn) -> TicketSlip:
    low = draw(st.integers(0, 700))
    return slip(
        hall=draw(st.text(alphabet=_printable, min_size=1, max_size=40)),
        number=draw(st.sampled_from(string.ascii_uppercase)) + f"{draw(st.integers(0, 999)):03}",
        items=tuple(draw(st.lists(_names, min_size=1, max_size=5))),
        bundle_parts=tuple(draw(st.lists(_names, max_size=12))),
        zone=draw(st.sampled_from(string.ascii_uppercase + "出咨")),
        zone_name=draw(st.text(alphabet=_printable, min_size=1, max_size=24)),
        windows=draw(st.sampled_from(["1", "3–8", "21–28、31", "101–112、115、117–119"])),
        people_ahead=draw(st.none() | st.integers(0, 9999)),
        wait=draw(st.none() | st.tuples(st.just(low), st.integers(low, 1440))),
        issued_at=draw(st.datetimes(datetime(2024, 1, 1), datetime(2099, 12, 31))),
        kiosk=draw(st.text(alphabet=_printable, min_size=1, max_size=24)),
        short_code=draw(st.from_regex(r"[0-9A-Z]{2,4}-[0-9A-Z]{2,8}", fullmatch=True)),
        progress_url=draw(
            st.none() | st.integers(1, 96).map(lambda n: "https://hall.example/t/" + "Q" * n)
        ),
        priority_mark=draw(st.booleans()),
        alone=draw(st.booleans()),
        reprint=draw(st.booleans()),
        void=False,
        pass_after_s=draw(st.integers(1, 3600)),
        return_within_min=draw(st.integers(0, 999)),
        behind=draw(st.integers(0, 99)),
    )


@papers
@settings(max_examples=60)
@given(facts=slips())
def test_nothing_leaves_the_paper_and_nothing_overlaps(paper: Paper, facts: TicketSlip) -> None:
    plan = layout(facts, paper)
    assert outside(plan) == []
    assert overlapping(plan) == []


@papers
@settings(max_examples=60)
@given(name=_names)
def test_every_item_name_is_printed_whole(paper: Paper, name: str) -> None:
    assert "".join(name.split()) in "".join(words(layout(slip(items=(name,)), paper)).split())


@papers
def test_a_ticket_of_a_kiosk_that_is_cut_off_says_so_and_counts_nobody(paper: Paper) -> None:
    """FR-23"""
    said = words(layout(slip(alone=True, people_ahead=None, wait=None), paper))
    for fact in ("网络中断时取的号", "照样有效", "按取号时间排队", "R055", "7K3M-2Q", "03-1710:42"):
        assert fact in said
    assert "预计等候" not in said


@papers
def test_an_ordinary_ticket_says_everything(paper: Paper) -> None:
    said = words(layout(slip(), paper))
    for fact in (
        "青禾区政务服务中心", "R055", "社会保障卡申领", "一楼B区3–8号窗口", "前面7人",
        "预计等候10–20分钟", "过号怎么办", "叫号后60秒未到算过号。", "30分钟内到咨询台报到，",
        "排在3位之后；再晚请重新取号。", "扫码看进度", "短码7K3M-2Q", "03-1710:42", "1号取号机",
        "不含姓名和身份证号码。",
    ):  # fmt: skip
        assert fact in said


@papers
@pytest.mark.parametrize(
    ("changes", "present", "absent"),
    [
        ({"priority_mark": True}, "◇", "补打"),
        ({}, "短码", "◇"),
        ({"reprint": True}, "补打", "作废"),
        ({"void": True}, "作废", "补打"),
        ({"wait": None}, "请留意叫号屏", "分钟前面"),
        ({"people_ahead": None}, "10–20分钟", "前面"),
        ({"wait": (0, 5)}, "5分钟内", "0–5"),
        ({"wait": (0, 0)}, "无需等候", "0–0"),
        ({"wait": (15, 15)}, "15分钟", "–15"),
        ({"progress_url": None}, "在取号机输入短码，", "扫码"),
        ({"behind": 0}, "接着叫您", "位之后"),
        ({"items": ("甲事项", "乙事项")}, "一次办2项", "扫码看进度甲"),
        ({"bundle_parts": ("甲事项", "乙事项")}, "本票包含2项", "一次办"),
    ],
)
def test_what_changes_the_wording(
    paper: Paper, changes: dict[str, object], present: str, absent: str
) -> None:
    said = words(layout(slip(**changes), paper))
    assert present in said
    assert absent not in said


def test_several_matters_are_listed_in_order() -> None:
    said = words(layout(KINDS["bundle"], Paper.MM58))
    parts = KINDS["bundle"].bundle_parts
    assert [said.index(part[:4]) for part in parts] == sorted(said.index(p[:4]) for p in parts)


@papers
@pytest.mark.parametrize("letter", string.ascii_uppercase)
def test_letter_and_three_digits_are_15_mm_high_for_every_letter(paper: Paper, letter: str) -> None:
    number = next(e for e in layout(slip(number=f"{letter}000"), paper).elements if _big(e))
    assert number.size * 0.733 >= MIN_DIGIT


def _big(element: object) -> bool:
    return isinstance(element, Text) and element.size > 100


def test_four_digits_fit_on_80_mm_only() -> None:
    plan = layout(slip(number="R1055"), Paper.MM80)
    assert next(e for e in plan.elements if _big(e)).size * 0.733 >= MIN_DIGIT
    with pytest.raises(SlipError, match="three digits"):
        layout(slip(number="R1055"), Paper.MM58)
