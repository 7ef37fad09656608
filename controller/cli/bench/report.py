"""The figures as a table for people."""

from __future__ import annotations

from typing import Any


def table(found: dict[str, Any]) -> str:
    """A plain text table."""
    lines = [
        f"engine {found['engine']}; raw durable SQLite commits: {found['raw_commits_per_s']}/s",
        "",
        f"{'':24}{'per s':>10}{'floor':>10}{'ratio':>8}",
    ]
    for name in ("issue", "call"):
        for connections, row in found[name].items():
            label = f"{name}, {connections} connections"
            lines.append(f"{label:24}{row['per_s']:>10}{row['floor_per_s']:>10}{row['ratio']:>8}")
    lines += ["", f"{'press to event':24}{'p50 ms':>10}{'p99 ms':>10}{'floor p50':>11}{'ratio':>8}"]
    for count, row in found["screens"].items():
        label = f"{count} screens"
        lines.append(
            f"{label:24}{row['p50_ms']:>10}{row['p99_ms']:>10}"
            f"{row['floor_p50_ms']:>11}{row['ratio']:>8}"
        )
    lines += [
        "",
        f"{'decision, 80 windows':24}{'p50 µs':>10}{'p99 µs':>10}{'walk p50':>11}{'ratio':>8}",
    ]
    for waiting, row in found["decisions"].items():
        label = f"{waiting} waiting"
        lines.append(
            f"{label:24}{row['p50_us']:>10}{row['p99_us']:>10}"
            f"{row['floor_p50_us']:>11}{row['ratio']:>8}"
        )
    r = found["restore"]
    lines += [
        "",
        f"restore of {r['tickets']} tickets ({r['events']} events): {r['seconds']} s to serving "
        f"(empty: {r['floor_s']} s), {r['rss_mib']} MiB",
    ]
    return "\n".join(lines)
