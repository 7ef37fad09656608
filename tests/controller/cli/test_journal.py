"""`jiaohao journal verify --decisions`: would the rule call the same people again?"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from controller.cli.bench.hall import BenchHall, fill_day, make_hall
from controller.cli.journal import command


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> BenchHall:
    made = make_hall(tmp_path_factory.mktemp("journal") / "hall", "threading")
    fill_day(made, 40)
    return made


def verify(hall: BenchHall, config: Path) -> Result:
    options = ["--decisions", "--config", str(config)]
    return CliRunner().invoke(command, ["verify", str(hall.journal), *options])


def test_every_call_of_the_day_is_decided_alike_again(hall: BenchHall) -> None:
    result = verify(hall, hall.directory)
    assert result.exit_code == 0, result.output
    assert "40 calls of the newest day, each decided alike again" in result.output


def test_a_configuration_of_another_hall_is_named_as_the_fault(
    hall: BenchHall, tmp_path: Path
) -> None:
    other = (hall.directory / "hall.toml").read_text().replace('"I-00"', '"J-00"')
    (tmp_path / "hall.toml").write_text(other)
    result = verify(hall, tmp_path)
    assert result.exit_code == 1
    assert "does not have" in result.output
