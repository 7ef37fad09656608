"""`jiaohao config check` says what is wrong, and exits 2."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from config import DEMO
from controller.cli.config import command


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(command, list(arguments), env=environment)


def test_a_hall_in_order_is_one_line() -> None:
    result = run("check", "--config", str(DEMO))
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert "青禾区政务服务中心: 24 windows, 70 items, 6 bundles" in line


def test_problems_are_printed_and_exit_2(tmp_path: Path) -> None:
    (tmp_path / "controller.toml").write_text("[server]\nport = -1\nhots = 1\n")
    result = run("check", "--config", str(tmp_path))
    assert result.exit_code == 2
    assert result.output.splitlines() == [
        f"{tmp_path}/controller.toml:2: server.port: is -1. Write 0 or more.",
        f'{tmp_path}/controller.toml:3: server.hots: is not a known key. Did you mean "host"?',
    ]


def test_the_environment_may_name_the_directory() -> None:
    assert run("check", JIAOHAO_CONFIG=str(DEMO)).exit_code == 0


def test_a_directory_without_a_hall_is_in_order_too(tmp_path: Path) -> None:
    (tmp_path / "controller.toml").touch()
    result = run("check", "--config", str(tmp_path))
    assert (result.exit_code, result.output) == (0, f"{tmp_path}: in order (no hall.toml here)\n")
