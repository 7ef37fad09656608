"""What a worker process does with one day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from controller.simulate.figures import Figures
from controller.simulate.profile import Profile, Seen, seen
from controller.simulate.replay import Replayed, record, replay
from controller.simulate.roster import proposed
from controller.simulate.sources import Source
from controller.simulate.trace import Day, TraceError, write


@dataclass(frozen=True, slots=True)
class Task:
    """Play the day of a source under each of the policies with its own breaks, and under each of
    `planned` with breaks proposed from `profile`. `keep` is a directory for the trace; `lines`
    asks for the output's lines."""

    source: Source
    policies: tuple[str, ...]
    planned: tuple[str, ...] = ()
    profile: Profile | None = None
    keep: Path | None = None
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one policy made of the day. `line` is empty unless asked for."""

    policy: str
    planned: bool
    figures: Figures
    p99_us: float
    line: str = ""

    @property
    def label(self) -> str:
        """The policy, and whether breaks were proposed."""
        return f"{self.policy}-breaks" if self.planned else self.policy


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
    rostered = day
    if task.planned:
        rostered = replace(day, breaks=proposed(day, task.profile))
    for policy in task.policies:
        yield _outcome(replay(day, policy), False, task.lines)
    for policy in task.planned:
        yield _outcome(replay(rostered, policy), True, task.lines)


def _outcome(found: Replayed, planned: bool, lines: bool) -> Outcome:
    line = _line(record(found)) if lines else ""
    return Outcome(found.policy, planned, found.figures, found.p99_us, line)


def look(source: Source) -> Seen | None:
    """What later days may know of this one; None if it cannot be read, which playing it tells."""
    try:
        return seen(source.day())
    except Exception:
        return None


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
