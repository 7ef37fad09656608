"""`jiaohao test`: pytest in the repository, without the tests that take minutes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

REPOSITORY = Path(__file__).resolve().parents[2]
# pytest takes the last -m it is given, so `jiaohao test -m long` runs the long ones.
DEFAULT_ARGUMENTS = ("-m", "not long")
# The whole suite shares the cores file by file: what a file sets up once stays in one process.
WHOLE_SUITE = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile")
ALONE = ("--last-failed", "--last-failed-no-failures=none")
TESTS_FAILED = 1
MOST_ALONE = 5
"""More failures than this are no crowd's doing."""


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run the tests from the repository's root; ARGUMENTS go to pytest as they are.

    Without arguments the whole suite runs, several browsers and halls at once. What fails in that
    crowd, if it is little, is run once more alone: it is said, and only a second failure counts.
    """
    os.chdir(REPOSITORY)
    pytest = [sys.executable, "-m", "pytest", *DEFAULT_ARGUMENTS]
    if not arguments:
        status = subprocess.run([*pytest, *WHOLE_SUITE]).returncode
        failed = _failed()
        if status != TESTS_FAILED or not 0 < len(failed) <= MOST_ALONE:
            sys.exit(status)
        click.echo("Failed in the crowd, once more alone:\n  " + "\n  ".join(failed))
        arguments = ALONE
    # Replaced, not called: the last line and the exit code are pytest's own.
    os.execv(sys.executable, [*pytest, *arguments])


def _failed() -> list[str]:
    """The tests that failed in the last run, as pytest's cache knows them."""
    listing = subprocess.run(
        [sys.executable, "-m", "pytest", "--cache-show=cache/lastfailed", "-q"],
        capture_output=True,
        text=True,
    ).stdout
    return [line.split("'")[1] for line in listing.splitlines() if "': True" in line]
