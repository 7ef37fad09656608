"""FR-05: the entry kinds 办事, 领证 and 咨询, each with a letter of its own."""

from __future__ import annotations

from pathlib import Path

from config import load_hall

DEMO = Path(__file__).resolve().parents[2] / "config" / "demo"


def test_fr_05_every_entry_kind_has_items_and_letters_that_no_other_kind_has() -> None:
    hall = load_hall(DEMO)
    letters = {
        kind: {s.prefix for s in hall.skills if s.entry == kind}
        for kind in ("service", "collect", "enquire")
    }
    assert all(letters.values())
    assert letters["collect"].isdisjoint(letters["service"] | letters["enquire"])
    skills = {s.id: s.entry for s in hall.skills}
    assert {skills[i.skill] for i in hall.items} == set(letters)


def test_fr_05_some_items_can_be_booked_and_some_cannot() -> None:
    assert {i.appointment for i in load_hall(DEMO).items} == {True, False}
