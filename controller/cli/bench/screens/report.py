"""The figures of the screens for people, and what is wrong with them."""

from __future__ import annotations

from typing import Any


def table(found: dict[str, Any]) -> str:
    """A plain text table."""
    lines = [
        f"key to pixel among {count} sockets: p95 {ms} ms"
        for count, ms in found["press_to_pixel_p95_ms"].items()
    ]
    burst = found["burst"]
    lines.append(
        f"burst of {burst['calls']} calls in {burst['within_ms']} ms: {burst['shown']} shown"
    )
    lines.append(f"right again {found['rejoin_s']} s after the cable was mended")
    if soak := found.get("soak"):
        lines.append(f"soak of {soak['calls']} calls: {soak['growth_mb']} MiB more")
    lines.append(f"calls never drawn: {found['missed']}")
    return "\n".join(lines)


def wrong(found: dict[str, Any]) -> list[str]:
    """What must not be."""
    burst = found["burst"]
    said = []
    if burst["shown"] != burst["calls"]:
        said.append(f"only {burst['shown']} of {burst['calls']} calls of the burst were shown")
    if found["missed"]:
        said.append(f"{found['missed']} calls were never drawn")
    return said
