"""`jiaohao kiosk`: run one kiosk until it is told to stop."""

from __future__ import annotations

import json
import signal
import sys
import threading
from pathlib import Path

import click

from config import ConfigError, load_kiosk
from config.kiosk import KioskConfig
from kiosk.build import build
from kiosk.log import set_up
from kiosk.printing import roll
from kiosk.web.server import PageServer


@click.command("kiosk")
@click.option(
    "--config",
    "directory",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Directory with kiosk.toml.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines; logs are JSON too.")
@click.option(
    "--invented-people",
    "invented",
    is_flag=True,
    help="Accept the invented people of area 999901 (demonstrations).",
)
@click.option(
    "--new-roll",
    is_flag=True,
    help="Tell a kiosk, running or not, that a new roll of paper is in, and end.",
)
def command(directory: Path, as_json: bool, invented: bool, new_roll: bool) -> None:
    """Run a self-service kiosk: card reader, printer and touch page.

    Prints the address of the page on stdout once it is served. Ends on SIGTERM or
    SIGINT with status 0; a configuration that does not hold ends it with status 2.
    """
    try:
        config = load_kiosk(directory)
    except ConfigError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    if new_roll:
        count_anew(config)
        return
    set_up(as_json)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    station = build(config, invented=invented)
    try:
        page = PageServer(station, config.page.host, config.page.port)
    except OSError as error:
        station.close()
        click.echo(f"cannot serve the page on port {config.page.port}: {error.strerror}", err=True)
        sys.exit(2)
    station.start()
    page.start()
    click.echo(json.dumps({"page": page.url}) if as_json else f"page {page.url}")
    stop.wait()
    station.close()
    page.close()


def count_anew(config: KioskConfig) -> None:
    """Reset the count of the roll.  Exits with 2 where no roll is counted."""
    book = roll(config)
    if book is None:
        click.echo("no roll is counted: kiosk.toml has no [printer] roll_m", err=True)
        sys.exit(2)
    book.new_roll()
    click.echo(f"a new roll: about {book.slips_left} slips")
    book.close()
