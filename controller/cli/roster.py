"""``jiaohao roster``: breaks at better times, proposed for the day to come."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from config import ConfigError, load_hall
from controller.cli.simulate.configured import ConfiguredSource, clock_of, configured
from controller.cli.simulate.running import learned_profiles, played
from controller.cli.simulate.work import Task, averages
from controller.simulate.figures import Figures
from controller.simulate.profile import Profile
from controller.simulate.roster import proposed
from controller.simulate.scenario import SCENARIOS
from controller.simulate.sources import DrawnSource, FileSource, Source
from controller.simulate.trace import Day, DayBreak, TraceError

FILE = click.Path(path_type=Path, dir_okay=False)
Clock = Callable[[float], str]


@click.group()
def command() -> None:
    """Plan breaks: the same minutes for everyone, off the peaks, apart where skills are rare."""


@command.command()
@click.argument("traces", nargs=-1, type=FILE, metavar="[TRACE]...")
@click.option("--scenario", type=click.Choice(list(SCENARIOS)), help="Invented days instead.")
@click.option(
    "--config",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    help="The usual day of this configuration; with traces, its arrival profile for the first.",
)
@click.option("--days", type=click.IntRange(1, 1000), default=5, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--lunch", type=click.FloatRange(0, 90), default=45, show_default=True)
@click.option("--rest", type=click.FloatRange(0, 90), default=10, show_default=True)
@click.option("--out", type=FILE, help="Write the roster here, as TOML, or JSON by its name.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes; all cores if not told.")
@click.pass_context
def propose(
    context: click.Context,
    traces: tuple[Path, ...],
    scenario: str | None,
    directory: Path | None,
    days: int,
    seed: int,
    lunch: float,
    rest: float,
    out: Path | None,
    as_json: bool,
    jobs: int | None,
) -> None:
    """Propose breaks for the last of the days, and measure what they would change on all.

    Each day's proposal knows the evening before only: what is expected of each service, who can
    do what and how fast, and when people came on the EARLIER days of the list. --lunch and --rest
    are the minutes that a configuration, which has no breaks, is planned with.
    """
    if (traces and scenario) or not (traces or scenario or directory):
        raise click.UsageError("name one of: traces, a --scenario, a --config")
    clock, known = clock_of(None), None
    sources: Sequence[Source] = [FileSource(path) for path in traces]
    if scenario is not None:
        sources = [DrawnSource(scenario, seed, n) for n in range(days)]
    if directory is not None:
        try:
            hall = configured(load_hall(directory), lunch, rest)
        except ConfigError as error:
            raise click.UsageError(str(error)) from None
        known = hall.profile
        if not sources:
            clock = clock_of(hall)
            sources = [ConfiguredSource(hall, seed, n) for n in range(days)]
    try:
        found = _proposal(sources, known, clock, jobs)
    except TraceError as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(1) from None
    if out is not None:
        text = json.dumps(found, ensure_ascii=False, indent=1) if out.suffix == ".json" else ""
        out.write_text(text + "\n" if text else _toml(found), encoding="utf-8")
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else _table(found))
    if found["failed"]:
        context.exit(1)


def _proposal(
    sources: Sequence[Source], known: Profile | None, clock: Clock, jobs: int | None
) -> dict[str, Any]:
    profiles = learned_profiles(sources, known, jobs)
    last = sources[-1].day()
    roster = proposed(last, profiles[-1])
    before: list[Figures] = []
    after: list[Figures] = []
    failed = []
    tasks = [Task(s, ("hall",), ("hall",), p) for s, p in zip(sources, profiles, strict=True)]
    for row in played(tasks, "days", jobs):
        if row.failed:
            failed.append(row.trace)
        for outcome in row.outcomes:
            (after if outcome.planned else before).append(outcome.figures)
    return {
        "day": last.name,
        "breaks": _rows(last, roster, clock),
        "days": len(before),
        "failed": failed,
        "before": averages(before),
        "after": averages(after),
    }


def _rows(day: Day, roster: tuple[DayBreak, ...], clock: Clock) -> list[dict[str, Any]]:
    rows = [
        {
            "window": new.window,
            "at": new.at,
            "minutes": new.minutes,
            "from": clock(new.at),
            "until": clock(new.at + new.minutes),
            "was": old.at,
        }
        for old, new in zip(day.breaks, roster, strict=True)
    ]
    order = {w.id: n for n, w in enumerate(day.windows)}
    return sorted(rows, key=lambda r: (order[str(r["window"])], r["at"]))


def _toml(found: dict[str, Any]) -> str:
    head = f"# Proposed breaks, as on {found['day']}; minutes after opening.\n"
    blocks = [
        f"[[break]]\nwindow = {json.dumps(r['window'], ensure_ascii=False)}\nat = {r['at']}\n"
        f"minutes = {r['minutes']}\n"
        for r in found["breaks"]
    ]
    return "\n".join([head, *blocks])


def _table(found: dict[str, Any]) -> str:
    lines = [f"拟排休息表 Proposed breaks ({found['day']})", ""]
    of_window: dict[str, list[str]] = {}
    for r in found["breaks"]:
        moved = "" if r["at"] == r["was"] else " *"
        of_window.setdefault(r["window"], []).append(f"{r['from']}–{r['until']}{moved}")
    lines += [f"{window:>8}  {'   '.join(spans)}" for window, spans in of_window.items()]
    before, after = found["before"], found["after"]
    lines += ["", f"* 已调整 moved. 模拟 {found['days']} 天 Simulated on {found['days']} days:"]
    for key, title in (("mean", "平均等候 mean wait"), ("p95", "p95"), ("longest", "最长 longest")):
        change = after[key] / before[key] - 1 if before[key] else 0.0
        lines.append(f"  {title}: {before[key]:.1f} → {after[key]:.1f} min ({change:+.0%})")
    return "\n".join(lines)
