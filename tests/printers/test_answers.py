"""What comes on one wire is told apart, in whatever pieces it comes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.answers import Answer, Ear, Kind, NoSense
from printers.faults import Faults

REALTIME = st.builds(
    lambda bits: Answer(Kind.REALTIME, bytes((0x12 | bits & 0x6C,))), st.integers(0, 255)
)
QUEUED = st.sampled_from([b"\x00", b"\x0c", b"\x60"]).map(lambda data: Answer(Kind.QUEUED, data))
AUTOMATIC = st.builds(
    lambda a, b, c, d: Answer(
        Kind.AUTOMATIC, bytes((0x10 | a & 0x6C, b & 0x6F, c & 0x6F, d & 0x6F))
    ),
    *[st.integers(0, 255)] * 4,
)
TROUBLES = ["paper_near_end", "paper_out", "cover_open", "cutter", "error", "offline"]


@given(said=st.lists(REALTIME | QUEUED | AUTOMATIC), cuts=st.lists(st.integers(0, 60)))
def test_answers_are_told_apart_wherever_the_stream_is_cut(
    said: list[Answer], cuts: list[int]
) -> None:
    stream = b"".join(answer.data for answer in said)
    edges = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    ear = Ear()
    heard = [answer for start, end in pairwise(edges) for answer in ear.hear(stream[start:end])]
    assert heard == said


def test_flow_control_is_no_answer() -> None:
    assert Ear().hear(b"\x13\x11\x12") == [Answer(Kind.REALTIME, b"\x12")]


@pytest.mark.parametrize("noise", [b"\xff", b"\x92", b"\x93", b"\x80", b"\x10\x12\x00"])
def test_what_is_no_status_of_any_kind_is_refused(noise: bytes) -> None:
    with pytest.raises(NoSense):
        Ear().hear(noise)


@pytest.mark.parametrize("fault", TROUBLES)
@pytest.mark.parametrize("query", [1, 2, 3, 4])
def test_the_virtual_printer_speaks_soundly(fault: str, query: int) -> None:
    faults = Faults(**{fault: True})
    assert Ear().hear(faults.answer(query)) == [Answer(Kind.REALTIME, faults.answer(query))]
    assert Ear().hear(faults.automatic()) == [Answer(Kind.AUTOMATIC, faults.automatic())]
