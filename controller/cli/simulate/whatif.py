"""`--what-if FILE`: the same days in a hall that is staffed differently, beside today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import click
from pydantic import Field

from config import ConfigError
from config.fields import Many, Section, Text
from config.loader import load
from config.positions import Positions
from config.problems import Problem, key_name
from controller.cli.simulate.running import watched
from controller.simulate.figures import mean, quantile, waits
from controller.simulate.pool import cores, in_order
from controller.simulate.replay import replay
from controller.simulate.sources import Source
from controller.simulate.trace import Day, DayBreak, TraceError
from controller.simulate.whatif import Changes, WhatIfError, WindowChange, changed

Minute = Annotated[float, Field(ge=0, le=1440)]


class WindowTable(Section):
    """``[[window]]``: a window that is changed; with ``new = true`` one that is added."""

    id: Text
    new: bool = False
    closed: bool = False
    like: Text | None = None
    clerk_of: Text | None = None
    skills: Many[Text] | None = None
    add: Many[Text] = ()
    remove: Many[Text] = ()
    start: Annotated[Minute | None, Field(alias="from")] = None
    end: Annotated[Minute | None, Field(alias="until")] = None
    no_breaks: bool = False


class BreakTable(Section):
    """``[[break]]``: a break more."""

    window: Text
    at: Minute
    minutes: Annotated[float, Field(gt=0, le=1440)]


class HoursTable(Section):
    """``[hours]`` of the whole hall, minutes after today's opening."""

    opens: Minute = 0
    closes: Minute | None = None


class WhatIfFile(Section):
    """What is otherwise."""

    windows: Annotated[Many[WindowTable], Field(alias="window")] = ()
    breaks: Annotated[Many[BreakTable], Field(alias="break")] = ()
    hours: HoursTable = HoursTable()


def changes_in(path: Path) -> Changes:
    """The changes that a file asks for. Raises ConfigError with file, line and key."""
    read = load(path, WhatIfFile)
    names = WindowChange.__dataclass_fields__
    return Changes(
        windows=tuple(WindowChange(**{n: getattr(w, n) for n in names}) for w in read.windows),
        breaks=tuple(DayBreak(b.window, b.at, b.minutes) for b in read.breaks),
        opens=read.hours.opens,
        closes=read.hours.closes,
    )


def problem_of(path: Path, error: WhatIfError) -> ConfigError:
    """A change that does not fit the day, with its place in the file."""
    line = Positions(path.read_text("utf-8")).line(error.path)
    remedy = "Compare with the day's windows, services and groups."
    return ConfigError([Problem(path, line, key_name(error.path), error.what, remedy)])


@dataclass(frozen=True, slots=True)
class Pair:
    """Waits of one day, today and if; by group of the first item. `failed` as in `Finished`."""

    trace: str
    today: Mapping[str, Sequence[float]]
    then: Mapping[str, Sequence[float]]
    failed: str = ""
    misfit: tuple[tuple[str | int, ...], str] | None = None


def play_pair(changes: Changes, policy: str, source: Source) -> Pair:
    """Play a day as it is and with the changes. Never raises."""
    try:
        day = source.day()
        return Pair(day.name, _waits(day, policy), _waits(changed(day, changes), policy))
    except WhatIfError as error:
        told = f"{source.name}: {key_name(error.path)}: {error.what}"
        return Pair(source.name, {}, {}, told, (error.path, error.what))
    except TraceError as error:
        return Pair(source.name, {}, {}, str(error))
    except Exception as error:
        told = f"{source.name}: $: could not be played: {type(error).__name__}: {error}"
        return Pair(source.name, {}, {}, told)


def _waits(day: Day, policy: str) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for wait in waits(day, replay(day, policy).played):
        first = day.tickets[wait.ticket].items[0]
        found.setdefault(day.groups.get(first, first), []).append(wait.minutes)
    return found


def what_if(path: Path, sources: Sequence[Source], policy: str, jobs: int | None) -> dict[str, Any]:
    """Play all days twice. Raises ConfigError where the file does not fit the days."""
    changes = changes_in(path)
    today: list[Mapping[str, Sequence[float]]] = []
    then: list[Mapping[str, Sequence[float]]] = []
    failed: list[str] = []
    count = min(jobs or cores(), len(sources))
    work = partial(play_pair, changes, policy)
    with watched(in_order(work, sources, count), len(sources), "what if") as rows:
        for row in rows:
            if row.misfit is not None and not today:
                raise problem_of(path, WhatIfError(*row.misfit))
            if row.failed:
                click.echo(row.failed, err=True)
                failed.append(row.trace)
            else:
                today.append(row.today)
                then.append(row.then)
    groups = sorted({g for day in today for g in day})
    return {
        "days": len(today),
        "failed": failed,
        "policy": policy,
        "all": _pair_json(today, then, None),
        "groups": {g: _pair_json(today, then, g) for g in groups},
    }


def _pair_json(
    today: Sequence[Mapping[str, Sequence[float]]],
    then: Sequence[Mapping[str, Sequence[float]]],
    group: str | None,
) -> dict[str, Any]:
    return {"today": _figures(today, group), "then": _figures(then, group)}


def _figures(days: Sequence[Mapping[str, Sequence[float]]], group: str | None) -> dict[str, float]:
    """Means over days of the day's figures; days without anybody are left out."""
    rows = [[w for g, row in day.items() if group in (None, g) for w in row] for day in days]
    rows = [row for row in rows if row]
    return {
        "tickets": round(mean([float(len(row)) for row in rows]), 2),
        "mean": round(mean([mean(row) for row in rows]), 3),
        "p95": round(mean([quantile(row, 0.95) for row in rows]), 3),
    }


def table(found: dict[str, Any]) -> str:
    """For people, in Chinese and English."""
    today, then = found["all"]["today"], found["all"]["then"]
    lines = [
        f"模拟 {found['days']} 天，每天约 {today['tickets']:.0f} 号 "
        f"Simulated {found['days']} days, about {today['tickets']:.0f} tickets each",
        f"平均等候 Mean wait: 现在 today {today['mean']:.1f} → 如果 what if {then['mean']:.1f} min "
        f"({_change(today['mean'], then['mean'])})",
        f"95% 的人不超过 p95: 现在 today {today['p95']:.1f} → 如果 what if {then['p95']:.1f} min "
        f"({_change(today['p95'], then['p95'])})",
        "",
        "技能 Skill: 平均 mean, p95 (min)",
    ]
    for group, pair in found["groups"].items():
        a, b = pair["today"], pair["then"]
        lines.append(
            f"  {group:16} {a['mean']:6.1f} → {b['mean']:6.1f}   {a['p95']:6.1f} → {b['p95']:6.1f}"
        )
    return "\n".join(lines)


def _change(before: float, after: float) -> str:
    return f"{after / before - 1:+.0%}" if before else f"{after - before:+.1f} min"
