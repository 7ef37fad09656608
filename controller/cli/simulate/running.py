"""Playing many days on all cores, with progress on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import click

from controller.cli.simulate.work import Finished, Task, play_task
from controller.simulate.pool import cores, in_order


@contextmanager
def watched(rows: Iterable[Finished], length: int, label: str) -> Iterator[Iterable[Finished]]:
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
