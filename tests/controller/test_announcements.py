"""Law 6: a call is said once in a zone, whoever asks and whatever dies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.announcements import CLAIM_S, FAILED, OVER, SAID, TAKEN, Announcements, Sounding
from controller.hall.instants import SECOND
from controller.views.board import Call

NOW = 1_773_720_000_000_000
CALL = Call(
    id=398,
    ticket="2026-03-17-R046",
    number="R046",
    window=5,
    zone="B",
    ticket_zone="A",
    state="called",
    times=1,
    called_at=NOW,
    last_called_at=NOW,
    arrived_at=None,
)
IN_B, IN_A = Sounding(398, 1, "B"), Sounding(398, 1, "A")


def claim(said: Announcements, wanted: Sounding, device: str = "s-1", call: Call = CALL) -> str:
    found = said.claim([call], wanted, device, "2026-03-17", NOW)
    if found.row is not None:
        said.apply(found.row)
    return found.why or "granted"


def confirm(said: Announcements, wanted: Sounding, device: str, outcome: str) -> str | None:
    row = said.confirm(wanted, device, outcome)
    if row is not None:
        said.apply(row)
    return row and row.outcome


def doubts(said: Announcements, after_s: float, call: Call = CALL) -> list[list[str]]:
    return [zones for _, zones in said.doubtful([call], NOW + int(after_s * SECOND))]


def test_a_call_is_granted_once_in_each_of_its_zones() -> None:
    said = Announcements()
    assert claim(said, IN_B) == "granted"
    assert claim(said, IN_A) == "granted"
    assert [claim(said, IN_B, device) for device in ("s-1", "s-2")] == [TAKEN, TAKEN]


def test_a_recall_is_said_again_and_the_call_before_it_no_more() -> None:
    said = Announcements()
    again = replace(CALL, times=2)
    assert claim(said, IN_B) == "granted"
    assert claim(said, Sounding(398, 2, "B"), call=again) == "granted"
    assert claim(said, IN_A, call=again) == OVER


@pytest.mark.parametrize("state", ["serving", "done", "passed", "gone"])
def test_a_person_who_needs_no_call_is_not_called(state: str) -> None:
    assert claim(Announcements(), IN_B, call=replace(CALL, state=state)) == OVER


@pytest.mark.parametrize("wanted", [Sounding(398, 1, "C"), Sounding(397, 1, "B")])
def test_a_call_that_is_none_and_a_zone_that_is_not_its_own_are_refused(wanted: Sounding) -> None:
    assert claim(Announcements(), wanted) == OVER


def test_only_who_claimed_it_says_how_it_ended_and_the_first_word_stands() -> None:
    said = Announcements()
    claim(said, IN_B)
    assert confirm(said, IN_B, "s-2", SAID) is None
    assert confirm(said, IN_A, "s-1", SAID) is None
    assert confirm(said, IN_B, "s-1", SAID) == SAID
    assert confirm(said, IN_B, "s-1", FAILED) == SAID


def test_a_claim_without_an_end_is_in_doubt_after_a_while() -> None:
    said = Announcements()
    claim(said, IN_B)
    assert doubts(said, CLAIM_S) == []
    assert doubts(said, CLAIM_S + 1) == [["B"]]
    confirm(said, IN_B, "s-1", SAID)
    assert doubts(said, CLAIM_S + 1) == []


def test_what_could_not_be_said_is_in_doubt_at_once_in_every_zone() -> None:
    said = Announcements()
    for wanted in (IN_B, IN_A):
        claim(said, wanted)
        confirm(said, wanted, "s-1", FAILED)
    assert doubts(said, 0) == [["A", "B"]]


def test_the_doubt_ends_when_the_person_comes_or_is_called_again() -> None:
    said = Announcements()
    claim(said, IN_B)
    assert doubts(said, CLAIM_S + 1, replace(CALL, state="serving")) == []
    assert doubts(said, CLAIM_S + 1, replace(CALL, times=2)) == []


def test_a_call_nobody_claimed_is_not_in_doubt() -> None:
    """A hall without a voice has no alarms of the voice."""
    assert doubts(Announcements(), CLAIM_S + 1) == []


def test_claims_are_forgotten_with_their_day() -> None:
    said = Announcements()
    claim(said, IN_B)
    said.forget("2026-03-17")
    assert claim(said, IN_B) == TAKEN
    said.forget("2026-03-18")
    assert said.rows == {}
