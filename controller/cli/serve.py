"""``jiaohao serve``: run the controller."""

from pathlib import Path

import click
import structlog

from config import ConfigError, load_controller, load_hall
from controller.clock import SystemClock
from controller.journal.base import JournalError
from controller.logs import set_up_logs
from controller.openings import calendar_warnings
from controller.server import serve


@click.command("serve")
@click.option(
    "--config",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    envvar="JIAOHAO_CONFIG",
    help="Directory with hall.toml and controller.toml.",
)
def command(directory: Path) -> None:
    """Run the controller of a hall."""
    try:
        hall, config = load_hall(directory), load_controller(directory)
    except ConfigError as error:
        raise click.exceptions.Exit(_say(str(error), 2)) from None
    set_up_logs(config.log.level)
    for warning in calendar_warnings(hall, SystemClock(hall.hall.timezone).now().local.date()):
        structlog.get_logger().warning("the calendar needs attention", detail=warning)
    try:
        serve(hall, config, _ready)
    except (JournalError, OSError) as error:
        raise click.exceptions.Exit(_say(f"jiaohao serve: {error}", 1)) from None


def _say(text: str, status: int) -> int:
    click.echo(text, err=True)
    return status


def _ready(address: str, setup: str | None) -> None:
    structlog.get_logger().info("serving", address=address)
    click.echo(f"jiaohao: {address}")
    if setup is not None:
        click.echo(f"First administrator, once: {setup}")
