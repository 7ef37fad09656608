"""``jiaohao bench crash``: whether the hall survives what machines and rooms do to it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from config import ConfigError
from controller.cli.bench.crash.deck import Goal
from controller.cli.bench.crash.run import crash
from controller.cli.client import Refused
from controller.cli.demo.children import ChildDied
from controller.cli.leaving import Leave, leave_on_signals


@click.command("crash")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@click.option("--seconds", type=click.FloatRange(1, 86_400), default=60.0, show_default=True)
@click.option("--kills", type=click.IntRange(0), default=0, help="Go on for at least so many.")
@click.option("--full-disks", type=click.IntRange(0), default=0, help="The same of full disks.")
@click.option("--seed", type=int, help="Chooses faults and their instants.  [default: the time]")
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="A new directory where journal, logs and all that was asked stay.",
)
def command(
    as_json: bool, seconds: float, kills: int, full_disks: int, seed: int | None, keep: Path | None
) -> None:
    """Kill a controller under load, fill its disk, set its clock, cut its power; check everything.

    Kiosks, clerks and screens hammer a real controller. After each restart an independent checker
    compares its journal with what they were answered and what they show. Exits with 1 if anything
    was lost, doubled, called twice or cannot be explained.
    """
    if keep is not None and keep.exists() and any(keep.iterdir()):
        raise click.UsageError(f"{keep} is not empty; name a new directory")
    leave_on_signals()

    def say(text: str) -> None:
        if not as_json:
            click.echo(text, err=True)

    try:
        result = crash(
            Goal(seconds, kills, full_disks),
            time.time_ns() % 1_000_000 if seed is None else seed,
            keep,
            say,
        )
    except Leave:
        raise click.exceptions.Exit(130) from None
    except (ConfigError, ChildDied, Refused, OSError) as error:
        click.echo(f"jiaohao bench crash: {error}", err=True)
        raise click.exceptions.Exit(1) from None
    found = json.dumps(result.json(), ensure_ascii=False) if as_json else result.table()
    click.echo(found)
    if not result.good:
        raise click.exceptions.Exit(1)
