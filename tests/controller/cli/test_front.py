"""The `jiaohao` command as a table: what it lists, and what it does not import."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from controller.cli import COMMANDS, VERSION, main
from controller.cli.lazy import LazyGroup, Target

REPOSITORY = Path(__file__).resolve().parents[3]


def group(**targets: Target) -> LazyGroup:
    return LazyGroup("front", commands_by_name=targets)


def test_help_lists_every_command_with_its_line() -> None:
    result = CliRunner().invoke(main, ["--help"], terminal_width=120)
    assert result.exit_code == 0
    for name, target in COMMANDS.items():
        assert f"{name} " in result.output
        assert target.help in result.output


def test_help_imports_no_command_and_no_library_but_click() -> None:
    program = (
        "import sys; from controller.cli import main; main(['--help'], standalone_mode=False);"
        "print(*sys.modules)"
    )
    out = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout
    loaded = set(out.splitlines()[-1].split())
    ours = {name for name in loaded if name.partition(".")[0] in {"controller", "kiosk", "display"}}
    assert ours == {"controller", "controller.cli", "controller.cli.lazy"}
    assert not loaded & {"flask", "eventlet", "gevent", "pydantic", "sqlite_utils", "structlog"}


def test_the_version_is_the_project_s() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
    assert CliRunner().invoke(main, ["--version"]).output == f"jiaohao, version {VERSION}\n"


def test_an_unknown_command_is_a_usage_error() -> None:
    assert CliRunner().invoke(main, ["dance"]).exit_code == 2


def test_a_missing_library_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "needs_more.py").write_text("import a_library_nobody_has")
    monkeypatch.syspath_prepend(tmp_path)
    front = group(run=Target("needs_more:command", "Run."))
    result = CliRunner().invoke(front, ["run"])
    assert result.exit_code == 2
    assert "a_library_nobody_has is missing" in result.output
    assert "./jiaohao" in result.output


def test_a_missing_module_of_ours_is_not_hidden() -> None:
    front = group(run=Target("controller.cli.no_such_module:command", "Run."))
    result = CliRunner().invoke(front, ["run"])
    assert isinstance(result.exception, ModuleNotFoundError)


def test_a_target_must_be_a_command() -> None:
    front = group(run=Target("controller.cli:VERSION", "Run."))
    assert isinstance(CliRunner().invoke(front, ["run"]).exception, TypeError)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_listed_command_is_there_and_explains_itself(name: str) -> None:
    with click.Context(main) as context:
        command = main.get_command(context, name)
    assert isinstance(command, click.Command)
    assert command.help


def test_the_test_command_hands_pytest_its_arguments_and_its_exit_code(tmp_path: Path) -> None:
    failing = tmp_path / "test_it.py"
    failing.write_text("def test_it():\n    assert False\n")
    result = subprocess.run(
        [sys.executable, "-m", "controller.cli", "test", "-q", "-p", "no:cacheprovider", failing],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert "1 failed" in result.stdout.splitlines()[-1]
