"""`--compare`: every policy on identical days, as a table and against the targets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from controller.cli.simulate.running import played
from controller.cli.simulate.work import Finished, Task, averages
from controller.simulate.compare import Verdict, ratios, verdicts
from controller.simulate.figures import Figures

COLUMNS = (
    ("mean", "mean"),
    ("p95", "p95"),
    ("longest", "longest"),
    ("priority_p95", "prio p95"),
    ("several_mean", "several"),
    ("overtaken", "overtaken"),
)


def compare(
    name: str, tasks: Sequence[Task], scenario: str, error: float | None, jobs: int | None
) -> dict[str, Any]:
    """Play the tasks and set the policies side by side. `scenario` is empty for traces."""
    days: dict[str, list[Figures]] = {}
    failed: list[str] = []
    slowest = 0.0
    for row in played(tasks, name, jobs):
        if row.failed:
            failed.append(row.trace)
        _add(days, row)
        slowest = max([slowest, *(o.p99_us for o in row.outcomes if o.policy.startswith("hall"))])
    found: list[Verdict] = []
    if days:
        found = list(verdicts(days, scenario, error)) or list(ratios(days))
    return {
        "name": name,
        "days": len(tasks) - len(failed),
        "failed": failed,
        "error": error,
        "decisions_p99_us": round(slowest, 1),
        "policies": {policy: averages(rows) for policy, rows in days.items()},
        "verdicts": [_verdict_json(v) for v in found],
    }


def _add(days: dict[str, list[Figures]], row: Finished) -> None:
    for outcome in row.outcomes:
        days.setdefault(outcome.label, []).append(outcome.figures)


def _verdict_json(v: Verdict) -> dict[str, Any]:
    return {
        "target": v.target,
        "figure": v.figure,
        "policy": v.policy,
        "versus": v.versus,
        "value": round(v.value, 4),
        "low": round(v.low, 4),
        "high": round(v.high, 4),
        "limit": v.limit,
        "held": v.held,
    }


def table(found: dict[str, Any]) -> str:
    """The comparison for people."""
    told = "" if found["error"] is None else f", estimates wrong by ln-sd {found['error']}"
    lines = [
        f"{found['name']}: {found['days']} days{told}; waits in minutes, means of daily figures"
    ]
    lines += ["", f"{'policy':14}" + "".join(f"{title:>11}" for _, title in COLUMNS)]
    for policy, row in found["policies"].items():
        lines.append(f"{policy:14}" + "".join(f"{_short(row[key]):>11}" for key, _ in COLUMNS))
    lines += ["", f"{'target':11}{'figure':16}{'':26}{'value':>8}{'90 % interval':>18}{'limit':>8}"]
    lines += [_line(v) for v in found["verdicts"]]
    lines.append(f"{'T8':11}decisions p99 here: {found['decisions_p99_us']:.0f} us")
    return "\n".join(lines)


def _short(value: float) -> str:
    return f"{value:.2f}" if value >= 1 else f"{value:.4f}"


def _line(v: dict[str, Any]) -> str:
    who = v["policy"] + (f" / {v['versus']}" if v["versus"] else "")
    interval = f"{v['low']:.3f} to {v['high']:.3f}"
    line = f"{v['target']:11}{v['figure']:16}{who:26}{v['value']:>8.3f}{interval:>18}"
    if v["limit"] is None:
        return line
    return f"{line}{v['limit']:>8.2f}  {'held' if v['held'] else 'MISSED'}"
