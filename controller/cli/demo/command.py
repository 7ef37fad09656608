"""``jiaohao demo``: the command itself."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from config import ConfigError
from controller.cli.client import Refused
from controller.cli.demo.busy import FASTEST, SLOWEST, USUAL
from controller.cli.demo.children import ChildDied
from controller.cli.demo.enrol import NotEnrolled
from controller.cli.demo.hall import DemoHall, demo_hall
from controller.cli.demo.memory import StateInUse
from controller.cli.demo.report import ready_json
from controller.cli.leaving import Leave, leave_on_signals

_WATCH_S = 0.2


@click.command("demo")
@click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False),
    help="Directory that keeps the demo's day.  [default: ~/.local/state/jiaohao/demo]",
)
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the first page.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object when ready.")
@click.option("--no-open", is_flag=True, help="Do not open the first page in a browser.")
@click.option(
    "--check",
    is_flag=True,
    help="Work through a visit in a headless browser, in a hall of its own; exit 0 if all holds.",
)
@click.option(
    "--calls",
    type=click.IntRange(2, 500),
    default=50,
    show_default=True,
    help="How many calls --check times.",
)
@click.option("--busy", is_flag=True, help="Let simulated citizens and clerks live the day.")
@click.option(
    "--speed",
    type=click.FloatRange(SLOWEST, FASTEST),
    default=USUAL,
    show_default=True,
    help="How many times faster than life the simulated people are.",
)
def command(
    state: Path | None,
    port: int | None,
    as_json: bool,
    no_open: bool,
    check: bool,
    calls: int,
    busy: bool,
    speed: float,
) -> None:
    """Run a whole hall on this machine: controller, kiosk, screens, virtual reader and printer.

    A second start goes on with the same day. Ctrl-C ends it and everything it started.
    """
    # Polls of the page may queue for a moment on a busy machine: nothing to tell anybody.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    leave_on_signals()
    if check:
        from controller.cli.demo.check import run_check

        sys.exit(_guarded(lambda: run_check(state, port, calls), when_told=1))
    root = (state or default_state()).resolve()
    opens = not (no_open or as_json)
    life = speed if busy else None
    sys.exit(_guarded(lambda: _run(root, port, as_json, opens, life), when_told=0))


def default_state() -> Path:
    """Where a demo keeps its day unless it is told."""
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "jiaohao" / "demo"


def _guarded(run: Callable[[], int], when_told: int) -> int:
    """The exit status: `when_told` after a signal, 1 with a message for what can go wrong."""
    try:
        return run()
    except Leave:
        return when_told
    except (ConfigError, StateInUse, ChildDied, NotEnrolled, Refused, OSError) as error:
        click.echo(f"jiaohao demo: {error}", err=True)
    return 1


def _run(root: Path, port: int | None, as_json: bool, open_page: bool, speed: float | None) -> int:
    """`speed` of the simulated people, None without them."""

    def say(part: str, address: str) -> None:
        click.echo(f"  {part:<{22 - _wide(part)}}{address}", err=as_json)

    click.echo("叫号演示大厅 The demo hall", err=as_json)
    with demo_hall(root, port, say) as hall:
        if speed is not None and hall.busy is not None:
            hall.busy.switch(True, speed)
        if as_json:
            click.echo(json.dumps(ready_json(hall), ensure_ascii=False))
        else:
            click.echo(f"  状态与日志 State, logs  {root}\n按 Ctrl-C 结束。Ctrl-C ends it.")
        if open_page:
            _open(hall.index_url)
        _stay(hall)
    return 0


def _stay(hall: DemoHall) -> None:
    while True:
        hall.watch()
        time.sleep(_WATCH_S)


def _open(url: str) -> None:
    """In the desktop's browser, where there is a desktop and somebody looks."""
    opener = shutil.which("xdg-open")
    desktop = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if opener and desktop and sys.stdout.isatty():
        quiet = subprocess.DEVNULL
        subprocess.Popen(
            [opener, url], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )


def _wide(text: str) -> int:
    return sum(ord(char) > 0x2E80 for char in text)
