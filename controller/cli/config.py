"""`jiaohao config`: is this configuration directory fit for use?"""

from __future__ import annotations

from pathlib import Path

import click

from config import HallConfig, load_display, load_hall
from config import check as check_directory
from controller.clock import SystemClock
from controller.openings import calendar_warnings
from display.fit import display_misfit, hall_misfits


@click.group()
def command() -> None:
    """Look at a configuration directory; nothing is ever written."""


@command.command()
@click.option(
    "--config",
    "directory",
    type=click.Path(path_type=Path),
    default=Path("/etc/jiaohao"),
    envvar="JIAOHAO_CONFIG",
    show_default=True,
    show_envvar=True,
    help="Directory with the .toml files of a hall, a kiosk or a screen; what is there.",
)
@click.pass_context
def check(context: click.Context, directory: Path) -> None:
    """Print every problem with its file, line and remedy (exit 2), or one line (exit 0).

    Whatever will need attention soon is a warning, and no reason to fail.
    """
    problems = check_directory(directory)
    for problem in problems:
        click.echo(problem)
    misfits = [] if problems else _misfits(directory)
    for misfit in misfits:
        click.echo(misfit)
    if problems or misfits:
        context.exit(2)
    if not (directory / "hall.toml").exists():
        click.echo(f"{directory}: in order (no hall.toml here)")
        return
    hall = load_hall(directory)
    click.echo(_summary(directory, hall))
    for warning in calendar_warnings(hall, SystemClock(hall.hall.timezone).now().local.date()):
        click.echo(f"{directory / 'calendar.toml'}: warning: {warning}", err=True)


def _misfits(directory: Path) -> list[str]:
    """Screens that nobody could read from where people stand; the files are in order."""
    found = []
    if (directory / "hall.toml").exists():
        for screen, why in hall_misfits(load_hall(directory)):
            found.append(f"{directory / 'hall.toml'}: screen {screen}: {why}")
    file = directory / "display.toml"
    if file.exists() and (misfit := display_misfit(load_display(directory))):
        found.append(f"{file}: screen: {misfit}")
    return found


def _summary(directory: Path, hall: HallConfig) -> str:
    return (
        f"{directory}: in order. {hall.hall.name}: {len(hall.windows)} windows, "
        f"{len(hall.items)} items, {len(hall.bundles)} bundles, {len(hall.clerks)} clerks, "
        f"{len(hall.kiosks)} kiosks, {len(hall.screens)} screens"
    )
