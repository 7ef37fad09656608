"""What is told to a controller that was restored from a backup, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.link import Link
from kiosk.outbox import Given, Outbox
from kiosk.session.model import Outcome
from kiosk.settle import Settler
from kiosk.told import Told
from tests.kiosk.fake_controller import FakeController

DAY = "2026-03-17"
R047 = Given(f"{DAY}-R047", "request-47", "CODE47", 1_000, ("RS-003",))


@dataclass
class Teller:
    """A settler whose rounds the test makes; `heard`: the controller knows what the kiosk knows."""

    controller: FakeController
    outbox: Outbox
    told: Told
    link: Link
    heard: bool = True
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.settler = Settler(
            self.link, self.outbox, self.refused.append, self.told, lambda: self.heard
        )


@pytest.fixture
def teller(tmp_path: Path) -> Iterator[Teller]:
    with FakeController() as controller, Outbox(tmp_path / "outbox.jsonl") as outbox:
        told, link = Told(tmp_path / "told.jsonl"), Link(controller.url)
        link.token, _ = link.enrol("1 号取号机")
        yield Teller(controller, outbox, told, link)
        link.close()
        told.close()


def test_a_number_that_was_being_printed_when_the_journal_was_lost_is_told(teller: Teller) -> None:
    """The controller gave it, and the one that came after does not know it."""
    teller.told.got(R047)
    teller.outbox.note(R047.ticket)
    teller.controller.reserve.leased["R"] = [47]
    teller.settler.confirm(R047.ticket, Outcome.PRINTED)
    assert not teller.settler.tell_all(), "there is more to tell"
    assert teller.settler.tell_all()
    assert teller.controller.reserve.numbers() == ["R047"]
    assert (teller.refused, teller.outbox.entries()) == ([], ())


def test_one_that_the_controller_does_not_want_either_is_named_to_staff_and_told_no_more(
    teller: Teller,
) -> None:
    teller.told.got(R047)
    teller.outbox.note(R047.ticket)
    teller.settler.confirm(R047.ticket, Outcome.PRINTED)
    assert not teller.settler.tell_all()
    assert teller.settler.tell_all()
    assert (teller.refused, teller.outbox.entries()) == (["R047"], ())


def test_a_number_that_nobody_got_is_not_told(teller: Teller) -> None:
    teller.told.got(R047)
    teller.outbox.note(R047.ticket)
    teller.settler.confirm(R047.ticket, Outcome.VOID)
    assert teller.settler.tell_all()
    assert (teller.controller.reserve.numbers(), teller.refused) == ([], [])


def test_nothing_is_told_before_the_controller_has_heard_what_the_kiosk_knows(
    teller: Teller,
) -> None:
    teller.heard = False
    teller.outbox.give(R047)
    teller.settler.confirm(R047.ticket, Outcome.PRINTED)
    assert not teller.settler.tell_all()
    assert teller.outbox.given()
    assert "POST tickets" not in teller.controller.calls
    teller.heard = True
    teller.controller.reserve.leased["R"] = [47]
    assert teller.settler.tell_all()
    assert teller.controller.reserve.numbers() == ["R047"]


def test_a_paper_that_is_proven_later_is_told_as_proven(teller: Teller) -> None:
    teller.told.got(R047)
    for outcome in (Outcome.UNPROVEN, Outcome.PRINTED):
        teller.told.ended(R047.ticket, outcome)
    found = teller.told.find(R047.ticket)
    assert found is not None
    assert found[1] is Outcome.PRINTED
