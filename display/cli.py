"""``jiaohao display``: run the agent beside a call screen."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
import waitress

from config import load_display
from controller.sdnotify import Watchdog, notify
from display.agent import create_app, enrolment_of, screen_of
from display.command import config_option, loaded
from display.fit import display_misfit
from display.led.service import LedService
from display.paper.service import PaperService
from display.watch.browser import browser_of
from display.watch.page import PageWatch
from display.watch.warden import Warden

#: A browser opens six connections at once to fetch the page's modules.
THREADS = 8


@click.command("display")
@config_option("display.toml")
def command(directory: Path) -> None:
    """Serve this screen's page on the loopback and keep it enrolled."""
    config = loaded(load_display, directory)
    if misfit := display_misfit(config):
        click.echo(f"{directory / 'display.toml'}: screen: {misfit}", err=True)
        sys.exit(2)
    led = LedService(config, lambda: enrolment.token)
    paper = PaperService(config, lambda: enrolment.token, lambda *asked: enrolment.ask(*asked))
    page = PageWatch()
    enrolment = enrolment_of(
        config, lambda: {"display": str(page.word), **led.health(), **paper.health()}
    )
    screen = screen_of(config)
    app = create_app(str(config.controller.url), screen, enrolment, page)
    warden = Warden(
        page,
        browser_of(config),
        changed=lambda word: enrolment.report_now(),
        tell=lambda said: click.echo(f"jiaohao display: {said}", err=True),
    )
    try:
        server = waitress.create_server(
            app, host=config.page.host, port=config.page.port, threads=THREADS, ident=None
        )
    except OSError as error:
        click.echo(f"jiaohao display: port {config.page.port}: {error.strerror}", err=True)
        sys.exit(1)
    signal.signal(signal.SIGTERM, _leave)
    enrolment.start()
    led.start()
    paper.start()
    click.echo(f"jiaohao: http://{config.page.host}:{config.page.port}/")
    watchdog = Watchdog(
        lambda: [enrolment.turn.loop, warden.turn.loop, *led.loops(), *paper.loops()]
    )
    try:  # from here on a signal may come at any moment
        notify("READY=1")
        warden.start()
        watchdog.start()
        server.run()  # returns on SystemExit and KeyboardInterrupt
    finally:
        notify("STOPPING=1")
        watchdog.close()
        server.close()
        warden.close()
        paper.stop()
        led.stop()
        enrolment.stop()


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(0)


if __name__ == "__main__":
    command()
