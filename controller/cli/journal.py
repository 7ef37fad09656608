"""``jiaohao journal``: is the chain of events whole?"""

from __future__ import annotations

from pathlib import Path

import click

from config import ConfigError, load_hall
from controller.catalogue import plan_of
from controller.dispatch.rule import HallRule
from controller.journal.base import ChainBroken, JournalError
from controller.journal.sqlite import last_day_of, verify_file
from controller.simulate.asking_again import asked_again


@click.group()
def command() -> None:
    """Verify the journal's chain of events."""


@command.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--decisions", is_flag=True, help="Also ask the rule again about the newest day.")
@click.option(
    "--config",
    "directory",
    type=click.Path(path_type=Path),
    default=Path("/etc/jiaohao"),
    envvar="JIAOHAO_CONFIG",
    show_default=True,
    show_envvar=True,
    help="Directory with the hall.toml of that day, for --decisions.",
)
def verify(file: Path, decisions: bool, directory: Path) -> None:
    """Check every event of FILE against the hash chain (exit 1 if it does not hold).

    With --decisions every call of the newest day is decided again from what was known then, and
    must fall the same way. FILE is only read; the controller may be running.
    """
    try:
        verdict = verify_file(file)
    except (ChainBroken, JournalError) as error:
        click.echo(f"{file}: {error}", err=True)
        raise click.exceptions.Exit(1) from None
    click.echo(f"{file}: {verdict.events} events, the chain holds, last digest {verdict.digest}")
    if decisions:
        _decisions(file, directory)


def _decisions(file: Path, directory: Path) -> None:
    try:
        plan = plan_of(load_hall(directory))
        events = [(r.seq, r.at, r.event) for r in last_day_of(file)]
        found = asked_again(plan, events, HallRule())
    except (ConfigError, JournalError) as error:
        raise _failed(f"{error}") from None
    except KeyError as missing:
        raise _failed(
            f"{file}: the newest day names {missing}, which {directory / 'hall.toml'} does not "
            f"have. Give the configuration of that day with --config."
        ) from None
    for one in found.differing:
        told = "nobody" if one.now is None else one.now.ticket
        click.echo(f"{file}: event {one.seq} called {one.ticket}; asked again: {told}", err=True)
    if found.differing:
        raise click.exceptions.Exit(1)
    click.echo(f"{file}: {found.calls} calls of the newest day, each decided alike again")


def _failed(message: str) -> click.exceptions.Exit:
    click.echo(message, err=True)
    return click.exceptions.Exit(1)
