"""``jiaohao forecast``: how far the waits that are printed can be believed."""

from __future__ import annotations

import click

from controller.cli.forecast.evaluate import evaluate


@click.group("forecast")
def command() -> None:
    """Judge the forecasts of waits."""


command.add_command(evaluate)
