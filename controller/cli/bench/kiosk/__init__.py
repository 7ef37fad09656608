"""``jiaohao bench kiosk``: how far a kiosk lets people walk and wait, and what it survives."""

from __future__ import annotations

import json

import click

from config import ConfigError
from controller.cli.bench.kiosk import offline
from controller.cli.bench.kiosk.faults import faults
from controller.cli.bench.kiosk.result import Result
from controller.cli.bench.kiosk.visits import CannotMeasure, visits
from controller.cli.client import Refused
from controller.cli.demo.children import ChildDied
from controller.cli.demo.enrol import NotEnrolled
from controller.cli.leaving import Leave, leave_on_signals


@click.command("kiosk")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@click.option("--papers", type=click.IntRange(1, 1000), default=40, show_default=True)
@click.option(
    "--services", type=click.IntRange(1), help="Walk to so many services only.  [default: all]"
)
@click.option(
    "--faults", "fault_runs", type=click.IntRange(4, 9000), default=200, show_default=True
)
@click.option(
    "--offline-seconds", type=click.FloatRange(1, 86_400), default=600.0, show_default=True
)
@click.option("--offline-tickets", type=click.IntRange(1, 1000), default=40, show_default=True)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Chooses the printer's faults."
)
def command(
    as_json: bool,
    papers: int,
    services: int | None,
    fault_runs: int,
    offline_seconds: float,
    offline_tickets: int,
    seed: int,
) -> None:
    """Measure a kiosk of real processes: taps, tap to paper, memory, printer faults, a cut line.

    Every service of the demo's hall is walked to in Chromium; tickets are taken there, each as
    somebody else, until the paper is cut. Exits with 1 if a number was lost, doubled, out of
    order or has no end. All processes run on this machine and end with the command.
    """
    leave_on_signals()

    def say(text: str) -> None:
        if not as_json:
            click.echo(text, err=True)

    try:
        seen = visits(papers, services, say)
        say(f"{fault_runs} printer faults …")
        broken = faults(fault_runs, seed)
        say(f"{offline_seconds:.0f} s offline …")
        alone = offline.run(offline_seconds, offline_tickets)
    except Leave:
        raise click.exceptions.Exit(130) from None
    except (CannotMeasure, ConfigError, ChildDied, NotEnrolled, Refused, OSError) as error:
        click.echo(f"jiaohao bench kiosk: {error}", err=True)
        raise click.exceptions.Exit(1) from None
    result = Result(seen, broken, alone)
    click.echo(json.dumps(result.json()) if as_json else result.table())
    if not result.good:
        raise click.exceptions.Exit(1)
