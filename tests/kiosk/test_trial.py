"""FR-18, peers 9: whatever printer and power do, every number ends printed, shown or void."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.trial import driver, random_faults
from printers.link import NetworkLink
from printers.page import Page
from printers.printer import Outcome, Printer, Proof
from printers.status import PrinterStatus

SEEDS = 4


@pytest.mark.timeout(600)
@pytest.mark.parametrize("runs", [60, pytest.param(200, marks=pytest.mark.long)])
def test_random_faults_leave_no_number_unaccounted_for(tmp_path: Path, runs: int) -> None:
    def one(seed: int) -> dict[str, int]:
        return random_faults(tmp_path / str(seed), runs // SEEDS, seed)

    with ThreadPoolExecutor(SEEDS) as pool:
        found = sum((Counter(result) for result in pool.map(one, range(SEEDS))), Counter())
    assert found["runs"] == runs
    assert found["unaccounted"] == 0
    assert found["printed"] + found["shown"] + found["void"] == runs
    assert min(found["printed"], found["shown"], found["void"]) > runs // 20


class Claims:
    """A driver that says what it likes about its jobs."""

    def __init__(self, printer: Printer, outcome: Outcome) -> None:
        self._printer, self._outcome = printer, outcome

    def status(self) -> PrinterStatus:
        return self._printer.status()

    def print(self, page: Page) -> Proof:
        return replace(self._printer.print(page), outcome=self._outcome)

    def distrust(self) -> None:
        self._printer.distrust()

    def close(self) -> None:
        self._printer.close()


@pytest.mark.parametrize("outcome", [Outcome.PRINTED, Outcome.NOT_SENT])
def test_the_trial_catches_a_driver_that_lies(tmp_path: Path, outcome: Outcome) -> None:
    def make(link: NetworkLink) -> Printer:
        return Claims(driver(link), outcome)

    assert random_faults(tmp_path, 12, 7, make)["unaccounted"] > 1


class Twice(Claims):
    """A driver that prints again when it is not sure."""

    def print(self, page: Page) -> Proof:
        first = self._printer.print(page)
        return first if first.outcome is Outcome.NOT_SENT else self._printer.print(page)


def test_the_trial_catches_a_driver_that_prints_twice(tmp_path: Path) -> None:
    def make(link: NetworkLink) -> Printer:
        return Twice(driver(link), Outcome.PRINTED)

    assert random_faults(tmp_path, 12, 7, make)["unaccounted"] > 1


def test_a_trial_of_no_numbers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="runs must be"):
        random_faults(tmp_path, 0)
