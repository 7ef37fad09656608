"""The figures of the screens for people, and what is wrong with them."""

from __future__ import annotations

from typing import Any

PIXEL_MS, PIXEL_CROWD_MS, FEW = 300, 500, 50
"""p95 with at most so many sockets, and with more."""
CHIME_MS, REJOIN_S, GROWTH_MB = 1000, 5.0, 50


def table(found: dict[str, Any]) -> str:
    """A plain text table."""
    lines = [
        f"key to pixel among {count} sockets: p95 {ms} ms"
        for count, ms in found["press_to_pixel_p95_ms"].items()
    ]
    burst = found["burst"]
    lines.append(f"key to chime: p95 {found['press_to_chime_ms']} ms (limit {CHIME_MS})")
    lines.append(
        f"burst of {burst['calls']} calls in {burst['within_ms']} ms: {burst['shown']} shown,"
        f" {burst['spoken']} spoken, {'in order' if burst['in_order'] else 'not in order'}"
    )
    lines += [
        f"right again {took} s after a line that was {way} was mended (limit {REJOIN_S:g})"
        for way, took in found["rejoin_each_s"].items()
    ]
    lines.append(f"old calls said: {found['said_late']}")
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
    if burst["spoken"] != burst["calls"]:
        said.append(f"only {burst['spoken']} of {burst['calls']} calls of the burst were spoken")
    if not burst["in_order"]:
        said.append("the calls of the burst were not spoken in the order of the calls")
    if found["missed"]:
        said.append(f"{found['missed']} calls were never drawn")
    if found["said_late"]:
        said.append(f"{found['said_late']} calls were said that nobody waited for any more")
    for count, ms in found["press_to_pixel_p95_ms"].items():
        limit = PIXEL_MS if int(count) <= FEW else PIXEL_CROWD_MS
        if ms > limit:
            said.append(f"key to pixel among {count} sockets took {ms} ms, over {limit}")
    if found["press_to_chime_ms"] > CHIME_MS:
        said.append(f"key to chime took {found['press_to_chime_ms']} ms, over {CHIME_MS}")
    if found["rejoin_s"] > REJOIN_S:
        said.append(
            f"the display was right {found['rejoin_s']} s after its return, over {REJOIN_S:g}"
        )
    if (soak := found.get("soak")) and soak["growth_mb"] >= GROWTH_MB:
        said.append(f"the display's page grew by {soak['growth_mb']} MiB, limit {GROWTH_MB}")
    return said
