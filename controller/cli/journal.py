"""``jiaohao journal``: is the chain of events whole?"""

from __future__ import annotations

from pathlib import Path

import click

from controller.journal.base import ChainBroken, JournalError
from controller.journal.sqlite import verify_file


@click.group()
def command() -> None:
    """Verify the journal's chain of events."""


@command.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def verify(file: Path) -> None:
    """Check every event of FILE against the hash chain (exit 1 if it does not hold).

    FILE is only read; the controller may be running.
    """
    try:
        verdict = verify_file(file)
    except (ChainBroken, JournalError) as error:
        click.echo(f"{file}: {error}", err=True)
        raise click.exceptions.Exit(1) from None
    click.echo(f"{file}: {verdict.events} events, the chain holds, last digest {verdict.digest}")
