"""What the controller has not heard yet: kept over every restart, in order, and no longer."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.outbox import Entry, Given, Outbox
from kiosk.session.model import Outcome

KEY, MASKED = "ab" * 32, "张*名"


def given(n: int, **more: str | None) -> Given:
    fields: dict[str, str | None] = {"key": KEY, "masked": MASKED, "priority": "elder"} | more
    ticket = f"2026-03-17-R{n:03d}"
    return Given(ticket, f"request-{n}", f"CODE{n:02d}", 1000 + n, ("RS-003",), None, **fields)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "outbox.jsonl"


def test_all_kinds_come_back_after_a_restart_in_order(path: Path) -> None:
    with Outbox(path) as outbox:
        outbox.wish("wish-1")
        outbox.give(given(951))
        outbox.note("2026-03-17-R001")
        outbox.settle("2026-03-17-R951", Outcome.PRINTED)
        outbox.give(given(952))
        before = outbox.entries()
    with Outbox(path) as again:
        assert again.entries() == (Entry("wish-1", wish=True), *before)
        assert [e.id[-4:] for e in before] == ["R951", "R001", "R952"]
        assert again.given() == (given(951), given(952))
        assert again.pending() == {
            "2026-03-17-R951": Outcome.PRINTED,
            "2026-03-17-R001": None,
            "2026-03-17-R952": None,
        }


def test_a_wish_that_somebody_waits_for_is_nobody_s_to_withdraw(path: Path) -> None:
    with Outbox(path) as outbox:
        outbox.wish("wish-1")
        assert outbox.entries() == ()
        outbox.lost("wish-1")
        assert outbox.entries() == (Entry("wish-1", wish=True),)


def test_an_answered_wish_becomes_its_number_in_one_step(path: Path) -> None:
    with Outbox(path) as outbox:
        outbox.wish("wish-1")
        outbox.wish("wish-2")
        outbox.answered("wish-1", "2026-03-17-R001")
        outbox.answered("wish-2", None)
        assert outbox.pending() == {"2026-03-17-R001": None}
    with Outbox(path) as again:
        assert again.entries() == (Entry("2026-03-17-R001"),)


def test_a_number_of_one_s_own_that_reached_nobody_is_forgotten(path: Path) -> None:
    with Outbox(path) as outbox:
        outbox.give(given(951))
        outbox.settle(given(951).ticket, Outcome.VOID)
        assert outbox.entries() == ()
    assert path.read_bytes() == b""


def test_a_newer_end_of_a_reported_number_is_still_told(path: Path) -> None:
    ticket = given(951).ticket
    with Outbox(path) as outbox:
        outbox.give(given(951))
        outbox.settle(ticket, Outcome.UNPROVEN)
        outbox.settle(ticket, Outcome.PRINTED)
        outbox.done(ticket, Outcome.UNPROVEN)
        assert outbox.entries() == (Entry(ticket, outcome=Outcome.PRINTED),)
    with Outbox(path) as again:
        assert again.given() == (), "the controller knows it"
        again.done(ticket, Outcome.PRINTED)
        assert again.entries() == ()


def test_what_was_told_leaves_nothing_of_a_person_on_the_disk(path: Path) -> None:
    with Outbox(path) as outbox:
        outbox.give(given(951))
        assert KEY in path.read_text()
        outbox.settle(given(951).ticket, Outcome.PRINTED)
        with path.open("rb") as old:
            outbox.done(given(951).ticket, Outcome.PRINTED)
            assert KEY.encode() not in old.read()
        assert path.read_bytes() == b""


def test_at_the_purge_numbers_stay_and_persons_go(path: Path) -> None:
    with Outbox(path) as outbox:
        outbox.wish("wish-1")
        outbox.lost("wish-1")
        outbox.give(given(951))
        outbox.settle(given(951).ticket, Outcome.PRINTED)
        outbox.note("2026-03-17-R001")
        before = outbox.entries()
        outbox.forget_persons()
        text = path.read_text()
        assert KEY not in text
        assert "elder" not in text
        nobody = given(951, key=None, masked=None, priority=None)
        assert outbox.given() == (nobody,)
        assert [e.id for e in outbox.entries()] == [e.id for e in before]
    with Outbox(path) as again:
        assert again.given() == (nobody,)
        assert again.pending()[given(951).ticket] is Outcome.PRINTED


def test_what_the_controller_will_never_want_is_struck_off(path: Path) -> None:
    with Outbox(path) as outbox:
        outbox.give(given(951))
        outbox.wish("wish-1")
        outbox.lost("wish-1")
        for entry in outbox.entries():
            outbox.strike(entry.id)
        outbox.strike("nothing")
        assert outbox.entries() == ()


def test_an_outbox_shows_no_person_to_a_log(path: Path) -> None:
    with Outbox(path) as outbox:
        outbox.give(given(951))
        seen = repr(outbox.entries()) + repr(outbox.given())
    assert KEY not in seen
    assert MASKED not in seen
