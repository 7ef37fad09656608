"""`--journal FILE`: a past day of the hall itself."""

from __future__ import annotations

from pathlib import Path

import click

from config import ConfigError, load_hall
from controller.catalogue import plan_of
from controller.journal.base import JournalError
from controller.journal.sqlite import records_of_file
from controller.simulate.journal import Happened, JournalDayError, day_of, days_in
from controller.simulate.trace import Day


def past_day(file: Path, day: str | None, directory: Path) -> Day:
    """The day as a trace; the last one if not told. Raises a click error that tells what is
    wrong."""
    try:
        config = load_hall(directory)
    except ConfigError as error:
        raise click.UsageError(f"--journal needs the hall's configuration.\n{error}") from None
    daily = {i.code: float(i.daily) for i in config.items}
    try:
        happened = days_in(Happened(r.day, r.at, r.event) for r in records_of_file(file))
        return day_of(happened, plan_of(config), daily, day)
    except (JournalError, JournalDayError) as error:
        raise click.ClickException(f"{file}: {error}") from None
