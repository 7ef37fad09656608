"""`jiaohao kiosk`: run one kiosk until it is told to stop, or examine it."""

from __future__ import annotations

import json
import signal
import sys
import threading
from pathlib import Path

import click
import structlog

from config import ConfigError, load_kiosk
from config.kiosk import KioskConfig
from controller.sdnotify import Loop, Watchdog, notify
from kiosk.build import build
from kiosk.log import set_up
from kiosk.printing import roll
from kiosk.web.server import PageServer

DIRECTORY = click.Path(path_type=Path, file_okay=False)

log = structlog.get_logger("kiosk")


@click.group("kiosk", invoke_without_command=True)
@click.option(
    "--config", "directory", type=DIRECTORY, help="Directory with kiosk.toml.  [required]"
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
@click.pass_context
def command(
    context: click.Context, directory: Path | None, as_json: bool, invented: bool, new_roll: bool
) -> None:
    """Run a self-service kiosk: card reader, printer and touch page.

    Prints the address of the page on stdout once it is served. Ends on SIGTERM or
    SIGINT with status 0; a configuration that does not hold ends it with status 2.
    """
    if context.invoked_subcommand is not None:
        return
    config = read(_needed(context, directory))
    if new_roll:
        count_anew(config)
        return
    run(config, as_json=as_json, invented=invented)


@command.command("doctor")
@click.option("--config", "directory", type=DIRECTORY, help="Directory with kiosk.toml.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--print", "test_print", is_flag=True, help="Print a test page too.")
@click.pass_context
def examine(
    context: click.Context, directory: Path | None, as_json: bool, test_print: bool
) -> None:
    """Look at everything a kiosk needs, and say what to do about what is wrong.

    Run it on the kiosk, as the account the kiosk runs as. While the kiosk runs, its devices
    are asked through it. Ends with status 1 if something fails, 2 without a configuration.
    """
    from kiosk.doctor import report

    given = directory or (context.parent.params["directory"] if context.parent else None)
    sys.exit(report(read(_needed(context, given)), as_json=as_json, test_print=test_print))


@command.command("enrol-anew")
@click.option("--config", "directory", type=DIRECTORY, help="Directory with kiosk.toml.")
@click.option(
    "--drop-untold", is_flag=True, help="Even if the controller has not heard of some numbers."
)
@click.pass_context
def enrol_anew(context: click.Context, directory: Path | None, drop_untold: bool) -> None:
    """Make a kiosk that is stopped ask to be enrolled when it starts: it forgets its hall.

    Ends with status 1, and forgets nothing, while the kiosk runs or while people hold numbers that
    the controller has not heard of.
    """
    from kiosk.anew import Untold, forget_the_hall
    from kiosk.doctor.running import health_of_the_running

    given = directory or (context.parent.params["directory"] if context.parent else None)
    config = read(_needed(context, given))
    if health_of_the_running(config) is not None:
        raise click.ClickException("The kiosk runs. Stop it first: systemctl stop jiaohao-kiosk")
    try:
        forget_the_hall(config.kiosk.state_dir, drop_untold=drop_untold)
    except Untold as error:
        raise click.ClickException(
            f"The controller has not heard of {', '.join(error.numbers)}. Start the kiosk where it "
            "can reach its controller; or have the guide desk take these slips in, and add "
            "--drop-untold."
        ) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None
    click.echo(
        "This kiosk belongs to no hall now. Start it and approve the code on its screen "
        "(jiaohao device enrol CODE); shut the old one out (jiaohao device revoke DEVICE)."
    )


def _needed(context: click.Context, directory: Path | None) -> Path:
    if directory is None:
        raise click.UsageError("Missing option '--config'.", context)
    return directory


def read(directory: Path) -> KioskConfig:
    """The configuration. Ends with 2 if it does not hold."""
    try:
        return load_kiosk(directory)
    except ConfigError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def run(config: KioskConfig, *, as_json: bool, invented: bool) -> None:
    """Until a signal comes."""
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
    watchdog = Watchdog(station.loops, _stuck)
    station.start()
    page.start()
    click.echo(json.dumps({"page": page.url}) if as_json else f"page {page.url}")
    notify("READY=1")
    watchdog.start()
    stop.wait()
    notify("STOPPING=1")
    watchdog.close()
    station.close()
    page.close()


def _stuck(loop: Loop) -> None:
    log.error("stuck", loop=loop.name, seconds=round(loop.turned_s), bound=round(loop.bound_s))


def count_anew(config: KioskConfig) -> None:
    """Reset the count of the roll.  Exits with 2 where no roll is counted."""
    book = roll(config)
    if book is None:
        click.echo("no roll is counted: kiosk.toml has no [printer] roll_m", err=True)
        sys.exit(2)
    book.new_roll()
    click.echo(f"a new roll: about {book.slips_left} slips")
    book.close()
