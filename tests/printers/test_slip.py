"""What may stand on a ticket, and what can never be put there."""

from dataclasses import fields
from datetime import UTC, datetime

import pytest

from printers.slip import SlipError, TicketSlip
from tests.printers.samples import slip


def invented_id() -> str:
    """Area code 999901, made here so that no such number is written in a file."""
    return "999901" + "19900101" + "001" + "X"


def test_a_slip_has_no_field_for_a_person() -> None:
    names = {field.name for field in fields(TicketSlip)}
    assert names == {
        "hall", "number", "items", "zone", "zone_name", "windows", "people_ahead", "wait",
        "issued_at", "kiosk", "short_code", "progress_url", "bundle_parts",
        "priority_mark", "alone",
        "reprint", "void", "pass_after_s", "return_within_min", "behind",
    }  # fmt: skip


@pytest.mark.parametrize("field", ["hall", "zone_name", "windows", "kiosk", "progress_url"])
def test_an_id_number_is_refused_in_every_text(field: str) -> None:
    with pytest.raises(SlipError, match=field):
        slip(**{field: "a" + invented_id()})


@pytest.mark.parametrize(
    "disguise",
    [
        invented_id(),
        invented_id()[:6] + " " + invented_id()[6:14] + " " + invented_id()[14:],
        "-".join(invented_id()),
        invented_id()[:15],
        "".join(chr(0xFF10 + int(d)) for d in invented_id()[:17]),
    ],
)
def test_an_id_number_is_refused_in_disguise(disguise: str) -> None:
    with pytest.raises(SlipError, match="ID numbers"):
        slip(items=(f"事项 {disguise}",))
    with pytest.raises(SlipError, match="ID numbers"):
        slip(bundle_parts=("事项", disguise))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"number": "r055"}, "number"),
        ({"number": "R55"}, "number"),
        ({"number": "R05555"}, "number"),
        ({"zone": "BB"}, "zone"),
        ({"zone": "3"}, "zone"),
        ({"items": ()}, "items"),
        ({"items": ("一",) * 6}, "items"),
        ({"items": (" ",)}, "items"),
        ({"items": ("长" * 81,)}, "items"),
        ({"items": ("换\n行",)}, "control"),
        ({"bundle_parts": ("项",) * 13}, "bundle_parts"),
        ({"hall": ""}, "hall"),
        ({"short_code": "7k3m"}, "short_code"),
        ({"progress_url": "https://大厅.example/"}, "ASCII"),
        ({"progress_url": "https://hall.example/" + "a" * 120}, "progress_url"),
        ({"people_ahead": -1}, "people_ahead"),
        ({"wait": (20, 10)}, "wait"),
        ({"wait": (-5, 10)}, "wait"),
        ({"pass_after_s": 0}, "pass_after_s"),
        ({"issued_at": datetime(2026, 3, 17, tzinfo=UTC)}, "local time"),
    ],
)
def test_a_wrong_fact_is_refused_with_its_name(changes: dict[str, object], says: str) -> None:
    with pytest.raises(SlipError, match=says):
        slip(**changes)


def test_unknown_people_and_estimate_are_allowed() -> None:
    assert slip(people_ahead=None, wait=None).wait is None
