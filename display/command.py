"""What the commands of this package share: where the configuration is, the complaint about it, and
a service that runs until it is told to stop."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click

from config import ConfigError
from controller.sdnotify import Loop, Watchdog, notify
from display.enrolment import Enrolment

Config = TypeVar("Config")


def config_option(file: str) -> Callable[[Any], Any]:
    """``--config DIR``, handed over as `directory`; the directory has `file`."""
    return click.option(
        "--config",
        "directory",
        type=click.Path(path_type=Path, file_okay=False),
        required=True,
        envvar="JIAOHAO_CONFIG",
        help=f"Directory with {file}.",
    )


def loaded(load: Callable[[Path], Config], directory: Path) -> Config:
    """The configuration. One that does not hold is complained of, and ends us with status 2."""
    try:
        return load(directory)
    except ConfigError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


class Service(Protocol):
    """A device without a screen."""

    enrolment: Enrolment

    def start(self) -> None:
        """Begin; returns at once."""

    def close(self) -> None:
        """Returns when all has ended."""

    def loops(self) -> list[Loop]:
        """What has to go round."""


def run(make: Callable[[], Service], tell: Callable[[str], None]) -> None:
    """Make the service and run it until SIGTERM or SIGINT, watched by the service manager; `tell`
    hears the code that an administrator has to approve."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    service = make()
    service.start()
    watchdog = Watchdog(service.loops)
    notify("READY=1")
    watchdog.start()
    service.enrolment.tell_code_until(stop, tell)
    notify("STOPPING=1")
    watchdog.close()
    service.close()
