"""Giving out numbers while cut off (FR-23): which, to whom, and for how long."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from controller.hall.numbering import CODE_LETTERS
from kiosk.alone import Alone, code_by_chance
from kiosk.hall_clock import HallClock, Machine
from kiosk.session.model import HeldAlready, Issued, IssueLost, IssueRefused, Outcome
from tests.kiosk.cut_off import LI, NOON, OURS, TODAY, ZHANG, Kiosk, somebody


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    one = Kiosk(tmp_path)
    yield one
    one.stop()


def test_a_number_says_what_is_known_and_nothing_else(kiosk: Kiosk) -> None:
    ticket = kiosk.take(LI)
    assert (ticket.id, ticket.number) == (f"{TODAY}-R990", "R990")
    assert (ticket.items, ticket.zone.letter, ticket.windows) == (("社会保障卡申领",), "B", "3–8")
    assert (ticket.ahead, ticket.wait) == (None, None), "nobody can know"
    assert (ticket.issued_at, ticket.short_code, ticket.priority) == (NOON, "CODE00", True)
    assert ticket.alone


def test_it_is_written_down_with_whose_it_is_before_anybody_prints(kiosk: Kiosk) -> None:
    kiosk.take(LI, "RS-004")
    (given,) = kiosk.outbox.given()
    assert (given.ticket, given.code, given.at) == (f"{TODAY}-R990", "CODE00", NOON)
    assert (given.items, given.priority) == (("RS-004",), "elder")
    assert (given.key, given.masked) == (LI.key, LI.masked)


def test_numbers_and_their_times_go_up_even_if_the_clock_goes_back(kiosk: Kiosk) -> None:
    numbers = []
    for n, at in enumerate((60.0, 30.0, 30.0, 90.0)):
        kiosk.since_boot = at
        numbers.append(kiosk.take(somebody(n)).number)
    times = [given.at for given in kiosk.outbox.given()]
    assert numbers == ["R990", "R991", "R992", "R993"]
    assert times == sorted(set(times))


def test_the_first_item_gives_the_letter_and_a_bundle_keeps_its_name(kiosk: Kiosk) -> None:
    wish = kiosk.wish(ZHANG, "GA-010", "RS-003", bundle="Y-04")
    given = kiosk.alone.give(wish, OURS)
    assert isinstance(given, Issued)
    assert (given.ticket.number, given.ticket.bundle) == ("A998", "灵活就业一件事")
    assert kiosk.outbox.given()[0].bundle == "Y-04"


def test_whoever_has_a_number_for_the_line_may_have_it_printed_again(kiosk: Kiosk) -> None:
    """FR-08: one person, one number in a line."""
    first = kiosk.take(ZHANG)
    kiosk.prints(first)
    again = kiosk.ask(ZHANG, "RS-004")
    assert isinstance(again, HeldAlready), "another item of the same line"
    assert (again.ticket.id, again.printed) == (first.id, True)
    assert kiosk.take(ZHANG, "GA-010").number == "A998", "another line"
    assert kiosk.take(LI).number == "R991", "another person"


def test_also_after_a_restart(kiosk: Kiosk) -> None:
    first = kiosk.take(ZHANG)
    kiosk.prints(first, Outcome.UNPROVEN)
    kiosk.stop()
    kiosk.start()
    again = kiosk.ask(ZHANG)
    assert isinstance(again, HeldAlready)
    assert (again.ticket, again.printed) == (first, False)
    assert kiosk.take(LI).number == "R991"


def test_a_number_that_nobody_got_holds_nobody_back(kiosk: Kiosk) -> None:
    first = kiosk.take(ZHANG)
    kiosk.prints(first, Outcome.VOID)
    kiosk.alone.void(first.id)
    assert kiosk.take(ZHANG).number == "R991"


def test_the_daily_limit_holds_as_far_as_the_kiosk_knows(kiosk: Kiosk) -> None:
    """FR-09: also with numbers that the controller gave here, and after a restart."""
    kiosk.alone.took(f"{TODAY}-R001", kiosk.wish(ZHANG), OURS)
    kiosk.prints(kiosk.take(ZHANG))
    kiosk.prints(kiosk.take(ZHANG, "GA-010"))
    refused = kiosk.ask(ZHANG, "ZX-001")
    assert isinstance(refused, IssueRefused)
    assert "3" in refused.words.say
    assert "咨询台" in refused.words.say
    assert kiosk.take(LI).number == "R991"


def test_a_number_for_two_lines_counts_in_both(kiosk: Kiosk) -> None:
    day = replace(OURS, alone=replace(OURS.alone, per_person=2))
    assert isinstance(kiosk.ask(ZHANG, "RS-003", "GA-010", day=day), Issued)
    assert isinstance(kiosk.ask(ZHANG, "ZX-001", day=day), IssueRefused)


def test_numbers_of_an_earlier_run_count_too(kiosk: Kiosk) -> None:
    day = replace(OURS, alone=replace(OURS.alone, per_person=1))
    kiosk.prints(kiosk.take(ZHANG))
    kiosk.stop()
    kiosk.start()
    assert isinstance(kiosk.ask(ZHANG, "GA-010", day=day), IssueRefused)


def test_when_the_block_is_used_up_there_is_no_number(kiosk: Kiosk) -> None:
    assert kiosk.alone.spares(OURS) == {"R", "A"}
    for n in range(2):
        kiosk.take(somebody(n), "GA-010")
    assert kiosk.alone.spares(OURS) == {"R"}
    assert isinstance(kiosk.ask(LI, "GA-010"), IssueLost)


def test_no_number_is_given_out_longer_than_the_hall_allows(kiosk: Kiosk) -> None:
    """FR-23: for at most so many minutes from the first one on, over a restart too."""
    kiosk.since_boot = 1000.0
    kiosk.prints(kiosk.take(somebody(1)))
    kiosk.since_boot += 600.0
    kiosk.prints(kiosk.take(somebody(2)))
    kiosk.since_boot += 0.01
    kiosk.stop()
    kiosk.start()
    assert kiosk.alone.spares(OURS) == frozenset()
    assert isinstance(kiosk.ask(somebody(3)), IssueLost)
    kiosk.is_back()
    assert kiosk.alone.spares(OURS) == {"R", "A"}


def test_over_midnight_neither_block_nor_day_is_good_any_more(kiosk: Kiosk) -> None:
    kiosk.since_boot = 12 * 3600.0 - 1
    assert kiosk.alone.spares(OURS) == {"R", "A"}
    kiosk.since_boot += 1
    assert kiosk.alone.spares(OURS) == frozenset()
    assert isinstance(kiosk.ask(ZHANG), IssueLost)


def test_a_kiosk_that_does_not_know_the_day_gives_nothing(kiosk: Kiosk) -> None:
    unsure = HallClock(kiosk.folder / "none", Machine("other", right_after_boot=lambda: False))
    alone = Alone(kiosk.book, kiosk.outbox, unsure)
    assert alone.spares(OURS) == frozenset()
    assert isinstance(alone.give(kiosk.wish(ZHANG), OURS), IssueLost)


@pytest.mark.parametrize("file", ["leases", "outbox"])
def test_what_cannot_be_written_down_is_not_given(
    kiosk: Kiosk, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    part, name = {"leases": (kiosk.book, "take"), "outbox": (kiosk.outbox, "give")}[file]
    with monkeypatch.context() as broken:
        broken.setattr(part, name, full)
        assert isinstance(kiosk.ask(ZHANG), IssueLost)
    number = kiosk.take(ZHANG).number
    assert number == ("R990" if file == "leases" else "R991"), "a number may be skipped"


def test_an_item_that_has_no_letter_has_no_number(kiosk: Kiosk) -> None:
    bare = replace(OURS, items=tuple(replace(item, series="") for item in OURS.items))
    assert isinstance(kiosk.ask(ZHANG, day=bare), IssueLost)


def test_codes_on_slips_are_unlike_each_other(kiosk: Kiosk) -> None:
    codes = iter(["SAME00", "SAME00", "SAME00", "OTHER0"])
    kiosk.alone = Alone(kiosk.book, kiosk.outbox, kiosk.clock, lambda: next(codes))
    assert kiosk.take(ZHANG).short_code == "SAME00"
    assert kiosk.take(LI).short_code == "OTHER0"


def test_codes_are_made_of_the_letters_the_controller_uses() -> None:
    codes = {code_by_chance() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 6 and set(code) <= set(CODE_LETTERS) for code in codes)
