"""`jiaohao config`: is this configuration directory fit for use?"""

from __future__ import annotations

from pathlib import Path

import click

from config import check as check_directory
from config import load_hall


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
    help="Directory with hall.toml, controller.toml, kiosk.toml, display.toml; what is there.",
)
@click.pass_context
def check(context: click.Context, directory: Path) -> None:
    """Print every problem with its file, line and remedy (exit 2), or one line (exit 0)."""
    problems = check_directory(directory)
    for problem in problems:
        click.echo(problem)
    if problems:
        context.exit(2)
    click.echo(_summary(directory))


def _summary(directory: Path) -> str:
    if not (directory / "hall.toml").exists():
        return f"{directory}: in order (no hall.toml here)"
    hall = load_hall(directory)
    return (
        f"{directory}: in order. {hall.hall.name}: {len(hall.windows)} windows, "
        f"{len(hall.items)} items, {len(hall.bundles)} bundles, {len(hall.clerks)} clerks, "
        f"{len(hall.kiosks)} kiosks, {len(hall.screens)} screens"
    )
