"""``jiaohao bench``: how fast controller and kiosk really are, and what they survive."""

from __future__ import annotations

import json
from typing import Any

import click

from controller.cli.bench.figures import measure
from controller.cli.bench.report import table
from controller.cli.lazy import LazyGroup, Target

ENGINES = ("eventlet", "gevent", "threading")
COMMANDS = {
    "crash": Target(
        "controller.cli.bench.crash:command", "Kill it, fill its disk, set its clock; check all."
    ),
    "screens": Target(
        "controller.cli.bench.screens:command", "Key to pixel, bursts, cut cables, a long day."
    ),
    "kiosk": Target(
        "controller.cli.bench.kiosk:command", "Taps, tap to paper, printer faults, a cut line."
    ),
}


@click.group("bench", cls=LazyGroup, commands_by_name=COMMANDS, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@click.option("--engine", type=click.Choice(ENGINES), default="eventlet", show_default=True)
@click.option("--seconds", type=click.FloatRange(0.2, 60), default=3.0, show_default=True)
@click.option("--most-screens", type=click.IntRange(1, 5000), default=1000, show_default=True)
@click.option("--tickets", type=click.IntRange(10, 100_000), default=10_000, show_default=True)
@click.pass_context
def command(
    ctx: click.Context,
    as_json: bool,
    engine: str,
    seconds: float,
    most_screens: int,
    tickets: int,
) -> None:
    """Measure durable issue and call, press to event at many screens, and restore.

    Every figure stands beside its floor: a no-op request, a raw commit, a bare emit, all on the
    same engine, in the same run. All processes run on loopback and end with the command.
    """
    if ctx.invoked_subcommand is not None:
        return

    def say(text: str) -> None:
        if not as_json:
            click.echo(text, err=True)

    found: dict[str, Any] = measure(engine, seconds, most_screens, tickets, say)
    click.echo(json.dumps(found) if as_json else table(found))
