"""``jiaohao forecast evaluate``: forecasts against what came true, on days never seen before."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from controller.forecast.figures import Figures, figures
from controller.forecast.rollout import ROLLOUTS
from controller.forecast.trial import Trial, profile, tried
from controller.simulate.scenario import SCENARIOS, days


@click.command("evaluate")
@click.option("--scenario", type=click.Choice(list(SCENARIOS)), default="S1", show_default=True)
@click.option("--days", "tested", type=click.IntRange(1, 200), default=6, show_default=True)
@click.option("--train", type=click.IntRange(1, 200), default=6, show_default=True)
@click.option("--samples", type=click.IntRange(1, 2000), default=40, show_default=True)
@click.option("--runs", type=click.IntRange(5, 500), default=ROLLOUTS, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
def evaluate(
    scenario: str, tested: int, train: int, samples: int, runs: int, seed: int, as_json: bool
) -> None:
    """Play days under the hall's rule and foretell the wait of SAMPLES tickets a day as they come.

    What is foretold is corrected by the first TRAIN days and judged by the DAYS that follow. Exit
    status 1 if a target of docs/forecast.md is missed.
    """
    all_days = list(days(scenario, SCENARIOS[scenario], seed, train + tested))
    usual = profile(all_days[:train])
    trials: list[list[Trial]] = []
    for day in all_days:
        trials.append(tried(day, usual, samples, runs))
        click.echo(f"{day.name}: {len(trials[-1])} tickets", err=True)
    found = figures(
        [t for one in trials[:train] for t in one], [t for one in trials[train:] for t in one]
    )
    click.echo(_json(found) if as_json else _table(found))
    if not all(found.targets.values()):
        raise click.exceptions.Exit(1)


def _json(found: Figures) -> str:
    return json.dumps({**asdict(found), "targets": found.targets})


def _table(found: Figures) -> str:
    rows = [
        ("tickets, of whom waited", f"{found.trials}, {found.waiting}"),
        ("mean absolute error, min", f"{found.mae:.2f}"),
        ("  before correction", f"{found.raw_mae:.2f}"),
        ("  head of the line", f"{found.head_mae:.2f}"),
        ("  last to enter service", f"{found.last_mae:.2f}"),
        ("  people ahead x mean / windows", f"{found.share_mae:.2f}"),
        ("bias, min", f"{found.bias:+.2f}"),
        ("within 5 min", f"{found.within_5:.3f}"),
        ("printed interval holds", f"{found.coverage:.3f}"),
        ("  of those who waited", f"{found.coverage_waiting:.3f}"),
        ("printed interval's width, min", f"{found.width:.2f}"),
    ]
    missed = [name for name, holds in found.targets.items() if not holds]
    lines = [f"{name:<34}{value:>12}" for name, value in rows]
    return "\n".join([*lines, f"missed: {', '.join(missed)}" if missed else "all targets hold"])
