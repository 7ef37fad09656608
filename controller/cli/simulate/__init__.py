"""``jiaohao simulate``: play days through the hall's own dispatcher, and through others."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any

import click
from click.core import ParameterSource

from config import ConfigError
from controller.cli.simulate.comparing import compare, table
from controller.cli.simulate.configured import profile_in
from controller.cli.simulate.past import past_day
from controller.cli.simulate.running import learned_profiles, played
from controller.cli.simulate.whatif import table as effect_table
from controller.cli.simulate.whatif import what_if
from controller.cli.simulate.work import Task, averages
from controller.simulate.figures import Figures
from controller.simulate.policies import ROOMS
from controller.simulate.profile import Profile
from controller.simulate.scenario import SCENARIOS
from controller.simulate.sources import DrawnSource, FileSource, ReadySource, Source

POLICIES_OF_A_JOURNAL = ("hall", "hall-strict", "fifo")
"""The others need to know what a clerk would take for work that they are not trained for."""
TRACE = click.Path(path_type=Path, dir_okay=False)


@click.command("simulate")
@click.argument("traces", nargs=-1, type=TRACE, metavar="[TRACE]...")
@click.option("--policy", type=click.Choice(list(ROOMS)), default="hall", show_default=True)
@click.option("--out", type=TRACE, help="One JSON line for each day goes here.")
@click.option(
    "--scenario",
    "scenarios",
    type=click.Choice(list(SCENARIOS)),
    multiple=True,
    help="Invented days of a published scenario, instead of traces.",
)
@click.option(
    "--journal",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A past day of the hall itself, from its journal, which is only read.",
)
@click.option("--day", "past", help="Which one, as in 2026-01-05; else the last.")
@click.option(
    "--config",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("/etc/jiaohao"),
    envvar="JIAOHAO_CONFIG",
    show_default=True,
    help="The hall's configuration, for --journal; told with --breaks proposed, its arrival"
    " profile serves the first day.",
)
@click.option(
    "--what-if",
    "otherwise",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="TOML: windows, skills, hours and breaks that would be otherwise.",
)
@click.option("--days", type=click.IntRange(1, 100_000), default=60, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Of invented days.")
@click.option("--error", type=click.FloatRange(0, 2), help="Spread (ln-sd) of invented estimates.")
@click.option(
    "--write",
    "keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep invented days as traces in this directory.",
)
@click.option(
    "--breaks",
    type=click.Choice(["own", "proposed"]),
    default="own",
    show_default=True,
    help="Play each day with its own breaks, or with those proposed the evening before.",
)
@click.option("--compare", "comparing", is_flag=True, help="All policies, against the targets.")
@click.option("--json", "as_json", is_flag=True, help="The summary as one JSON object.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes; all cores if not told.")
@click.pass_context
def command(
    context: click.Context,
    traces: tuple[Path, ...],
    policy: str,
    out: Path | None,
    scenarios: tuple[str, ...],
    journal: Path | None,
    past: str | None,
    directory: Path,
    otherwise: Path | None,
    days: int,
    seed: int,
    error: float | None,
    keep: Path | None,
    breaks: str,
    comparing: bool,
    as_json: bool,
    jobs: int | None,
) -> None:
    """Play days of TRACE files (jiaohao-day/1, JSON or gzip), a scenario, or the journal.

    Exit 1 if any day could not be played; the others still are.
    """
    if sum([bool(traces), bool(scenarios), bool(journal)]) != 1:
        raise click.UsageError("name one of: traces, a --scenario, a --journal")
    if comparing and out is not None:
        raise click.UsageError("--compare writes no --out; play one --policy for that")
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
    told = context.get_parameter_source("directory") is not ParameterSource.DEFAULT
    known = profile_in(directory) if breaks == "proposed" and told else None
    kept = None if traces else keep
    hall = Asked(policy, breaks == "proposed", kept, bool(out), jobs, known)
    sources: list[Source] = [FileSource(path) for path in traces]
    if journal is not None:
        sources = [ReadySource(past_day(journal, past, directory))]
    drawn: dict[str, list[Source]] = {
        s: [DrawnSource(s, seed, n, error) for n in range(days)] for s in scenarios
    }
    if otherwise is not None:
        try:
            effect = what_if(
                otherwise, [*sources, *chain.from_iterable(drawn.values())], policy, jobs
            )
        except ConfigError as wrong:
            raise click.UsageError(str(wrong)) from None
        click.echo(json.dumps(effect, ensure_ascii=False) if as_json else effect_table(effect))
        failed = bool(effect["failed"])
    elif comparing:
        found = [
            compare(
                name,
                hall.tasks(rows, POLICIES_OF_A_JOURNAL if journal else tuple(ROOMS)),
                name if scenarios else "",
                error,
                jobs,
            )
            for name, rows in (drawn or {"days": sources}).items()
        ]
        click.echo(json.dumps(found) if as_json else "\n\n".join(map(table, found)))
        failed = any(one["failed"] for one in found)
    else:
        tasks = hall.tasks([*sources, *chain.from_iterable(drawn.values())])
        summary = _run(tasks, policy, out, jobs)
        click.echo(json.dumps(summary) if as_json else _told(summary))
        failed = bool(summary["failed"])
    if failed:
        context.exit(1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options ask of every day."""

    policy: str
    proposed: bool
    keep: Path | None
    lines: bool
    jobs: int | None
    known: Profile | None = None

    def tasks(self, sources: Sequence[Source], compared: tuple[str, ...] = ()) -> list[Task]:
        """One task for each day; for all of the `compared` policies, if there are any."""
        known: list[Profile | None] = [None] * len(sources)
        if self.proposed:
            known = learned_profiles(sources, self.known, self.jobs)
        own: tuple[str, ...] = () if self.proposed else (self.policy,)
        planned: tuple[str, ...] = (self.policy,) if self.proposed else ()
        if compared:
            own, planned = compared, ("hall",) if self.proposed else ()
        return [
            Task(source, own, planned, profile, self.keep, self.lines)
            for source, profile in zip(sources, known, strict=True)
        ]


def _run(tasks: list[Task], policy: str, out: Path | None, jobs: int | None) -> dict[str, Any]:
    figures: list[Figures] = []
    slowest, failed = 0.0, []
    with _opened(out) as lines:
        for row in played(tasks, policy, jobs):
            if row.failed:
                failed.append(row.trace)
            for outcome in row.outcomes:
                figures.append(outcome.figures)
                slowest = max(slowest, outcome.p99_us)
                if lines is not None:
                    lines.write(outcome.line + "\n")
    return {
        "policy": policy,
        "days": len(figures),
        "failed": failed,
        "decisions_p99_us": round(slowest, 1),
        **averages(figures),
    }


def _opened(out: Path | None) -> Any:
    return nullcontext() if out is None else _Whole(out)


class _Whole:
    """A file that takes its name when it is complete."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(f"{path.name}.{os.getpid()}.part")
        self.file: IO[str]

    def __enter__(self) -> IO[str]:
        try:
            self.file = self.part.open("w", encoding="utf-8")
        except OSError as error:
            raise click.ClickException(f"{self.path}: {error.strerror}") from None
        return self.file

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.file.close()
        if kind is None:
            self.part.replace(self.path)
        else:
            self.part.unlink(missing_ok=True)


def _told(s: dict[str, Any]) -> str:
    return (
        f"{s['policy']}: {s['days']} days, {s['tickets']:.0f} tickets a day, "
        f"mean wait {s['mean']:.2f} min, p95 {s['p95']:.2f}, longest {s['longest']:.2f}, "
        f"priority p95 {s['priority_p95']:.2f}, several items {s['several_mean']:.2f}, "
        f"overtaken {s['overtaken']:.4f} a ticket; decisions p99 {s['decisions_p99_us']:.0f} us"
    )
