"""`jiaohao test`: pytest in the repository, without the tests that take minutes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

REPOSITORY = Path(__file__).resolve().parents[2]
# pytest takes the last -m it is given, so `jiaohao test -m long` runs the long ones.
DEFAULT_ARGUMENTS = ("-m", "not long")
# The whole suite shares the cores file by file, in the order of tests/conftest.py: what a file sets
# up once stays in one process.
# Two workers for each core: most tests wait for a process or a browser of their own.
WORKERS = min(4, 2 * (os.cpu_count() or 1))
WHOLE_SUITE = (f"--numprocesses={WORKERS}", "--dist=loadfile", "--no-loadscope-reorder")


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run the tests from the repository's root; ARGUMENTS go to pytest as they are.

    Without arguments the whole suite runs, several browsers and halls at once.
    """
    os.chdir(REPOSITORY)
    chosen = arguments or WHOLE_SUITE
    # Replaced, not called: the last line and the exit code are pytest's own.
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *DEFAULT_ARGUMENTS, *chosen])
