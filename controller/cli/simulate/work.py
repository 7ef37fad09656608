"""What a worker process does with one day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from controller.simulate.figures import Figures
from controller.simulate.replay import record, replay
from controller.simulate.roster import Profile
from controller.simulate.sources import Source
from controller.simulate.trace import Day, TraceError, write


@dataclass(frozen=True, slots=True)
class Task:
    """Play the day of a source under each of the policies. `profile` asks for proposed breaks;
    `keep` is a directory for the trace; `lines` asks for the output's lines."""

    source: Source
    policies: tuple[str, ...]
    profile: Profile | None = None
    keep: Path | None = None
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one policy made of the day. `line` is empty unless asked for."""

    policy: str
    figures: Figures
    p99_us: float
    line: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """A task's outcomes; `failed` tells trace, JSON path and what is wrong, if it could not be
    done."""

    trace: str
    outcomes: tuple[Outcome, ...] = ()
    failed: str = ""


def play_task(task: Task) -> Finished:
    """Never raises: a day that cannot be played is an answer, and the others still run."""
    try:
        day = task.source.day()
        if task.keep is not None:
            write(day, task.keep / f"{day.name}.json.gz")
        return Finished(day.name, tuple(_outcomes(task, day)))
    except TraceError as error:
        return Finished(task.source.name, failed=str(error))
    except Exception as error:
        told = f"{task.source.name}: $: could not be played: {type(error).__name__}: {error}"
        return Finished(task.source.name, failed=told)


def _outcomes(task: Task, day: Day) -> Iterator[Outcome]:
    for policy in task.policies:
        found = replay(day, policy, task.profile)
        line = _line(record(found)) if task.lines else ""
        yield Outcome(policy, found.figures, found.p99_us, line)


def _line(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def averages(days: Iterable[Figures]) -> dict[str, float]:
    """The means of daily figures."""
    rows = list(days)
    names = Figures.__dataclass_fields__
    return {
        name: round(sum(getattr(row, name) for row in rows) / max(1, len(rows)), 4)
        for name in names
    }
