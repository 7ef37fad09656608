"""A small hall and its day, to be written down in a line."""

from __future__ import annotations

from typing import Any

from controller.simulate.figures import calls_by_ticket, wait_of
from controller.simulate.policies import play
from controller.simulate.trace import Day, parse
from controller.simulate.world import MINUTE


def ticket(at: float, *items: str, takes: float | None = None, **more: Any) -> dict[str, Any]:
    """Somebody with items (service A if not told), each of which takes so many minutes."""
    items = items or ("A",)
    noise = [1.0 if takes is None else takes / 10] * len(items)
    return {"at": at, "class": "ordinary", "items": list(items), "noise": noise, **more}


def trace(*tickets: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A day's trace: one window that does A and B, ten minutes each, unless told."""
    windows = more.pop("windows", {"w0": "AB"})
    services = sorted({s for skills in windows.values() for s in skills})
    return {
        "format": "jiaohao-day/1",
        "closes_min": 480,
        "services": [{"id": s, "mean": 10.0, "expected": 20} for s in services],
        "windows": [
            {"id": w, "skills": list(skills), "estimate": dict.fromkeys(skills, 10.0), "home": "g"}
            for w, skills in windows.items()
        ],
        "breaks": [],
        "tickets": [{"id": f"t{n}", **t} for n, t in enumerate(tickets)],
        "truth": {
            "mean": {w: dict.fromkeys(skills, 10.0) for w, skills in windows.items()},
            "no_show_minutes": 1.0,
            "pooled": {"service": dict.fromkeys(services, 10.0), "speed": {}},
        },
        "groups": dict.fromkeys(services, "g"),
        **more,
    }


def day(*tickets: dict[str, Any], **more: Any) -> Day:
    return parse("day", trace(*tickets, **more))


def pause(at: float, minutes: float, window: str = "w0") -> dict[str, Any]:
    return {"window": window, "at": at, "minutes": minutes}


Calls = dict[str, list[tuple[int, str, float, float]]]


def calls(day: Day, policy: str = "hall") -> Calls:
    """By ticket: item, window, called, finished."""
    return {
        day.tickets[n].id: [
            (c.item, day.windows[c.window].id, c.called / MINUTE, c.finished / MINUTE) for c in row
        ]
        for n, row in calls_by_ticket(play(day, policy)).items()
    }


def wait(day: Day, ticket: int, policy: str = "hall") -> float:
    return wait_of(day, ticket, calls_by_ticket(play(day, policy))[ticket])
