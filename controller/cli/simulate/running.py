"""Playing many days on all cores, with progress on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click

from controller.cli.simulate.work import Finished, Task, look, play_task
from controller.simulate.pool import cores, in_order
from controller.simulate.profile import Profile, profiles
from controller.simulate.sources import Source

Row = TypeVar("Row")


@contextmanager
def watched(rows: Iterable[Row], length: int, label: str) -> Iterator[Iterable[Row]]:
    """The rows, counted by a bar on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield rows
        return
    with click.progressbar(rows, length=length, label=label, file=sys.stderr) as bar:
        yield bar


def played(tasks: Sequence[Task], label: str, jobs: int | None = None) -> Iterator[Finished]:
    """Each task's answer, in the order of the tasks. Failures are told at once on standard
    error."""
    count = min(jobs or cores(), len(tasks))
    with watched(in_order(play_task, tasks, count), len(tasks), label) as rows:
        for row in rows:
            if row.failed:
                click.echo(row.failed, err=True)
            yield row


def learned_profiles(
    sources: Sequence[Source], known: Profile | None, jobs: int | None = None
) -> list[Profile | None]:
    """For each day in turn what the earlier ones tell of when people come."""
    count = min(jobs or cores(), len(sources))
    with watched(in_order(look, sources, count), len(sources), "arrivals") as rows:
        return profiles(list(rows), known)
