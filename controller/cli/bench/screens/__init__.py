"""``jiaohao bench screens``: from the press of a key to pixels and sound, and what is missed."""

from __future__ import annotations

import json
import sys

import click

from controller.cli.bench.screens.figures import Plan, measure
from controller.cli.bench.screens.report import table, wrong


@click.command("screens")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@click.option("--calls", type=click.IntRange(5, 500), default=40, show_default=True)
@click.option("--sockets", type=click.IntRange(5, 5000), multiple=True, default=(50, 500))
@click.option("--soak-calls", type=click.IntRange(0, 100_000), default=5_000, show_default=True)
@click.option("--soak-rate", type=click.FloatRange(1, 60), default=12.0, show_default=True)
def command(
    as_json: bool, calls: int, sockets: tuple[int, ...], soak_calls: int, soak_rate: float
) -> None:
    """Measure real Chromium pages among many displays' sockets on a real controller.

    A clerk's key is pressed at a real console; a hall display draws, while so many other screens
    hear the same events. Then an announcer: key to chime, a burst of 12 calls, a display and an
    announcer whose line is cut, and one whose line is silent, for 20 calls, and a soak. Status 1
    if anything was missed, shown or said out of order, or took longer than it may.
    """

    def say(text: str) -> None:
        if not as_json:
            click.echo(text, err=True)

    found = measure(Plan(calls, sockets, soak_calls, soak_rate), say)
    click.echo(json.dumps(found) if as_json else table(found))
    complaints = wrong(found)
    for complaint in complaints:
        click.echo(complaint, err=True)
    sys.exit(1 if complaints else 0)
