"""The measurements, in the order they are taken."""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from controller.cli.bench.decisions import decisions
from controller.cli.bench.hall import WINDOWS, BenchHall, fill_day, item_of, make_hall
from controller.cli.bench.load import Load, Request, all_of, connect, for_seconds, post
from controller.cli.bench.processes import Server, controller, floor
from controller.cli.bench.sockets import open_screens

Figures = dict[str, Any]
CONNECTIONS = (1, 8, 32)
SCREENS = (10, 200, 1000)
CALLS_HEARD = 40
RAW_COMMITS_S = 1.0


def measure(
    engine: str, seconds: float, most_screens: int, tickets: int, say: Callable[[str], None]
) -> Figures:
    """All figures, each beside its floor."""
    with tempfile.TemporaryDirectory(prefix="jiaohao-bench-") as directory:
        place = Path(directory)
        found: Figures = {"engine": engine, "raw_commits_per_s": round(raw_commits(place))}
        hall = make_hall(place / "day", engine)
        with controller(hall.directory) as server, floor(engine) as bare:
            say("issue …")
            found["issue"] = asyncio.run(_issue(server, bare, hall, seconds))
            say("call …")
            found["call"] = asyncio.run(_call(server, bare, hall, seconds))
        found["screens"] = {}
        for count in [n for n in SCREENS if n <= most_screens]:
            say(f"{count} screens …")
            fresh = make_hall(place / f"screens-{count}", engine)
            with controller(fresh.directory) as server, floor(engine) as bare:
                found["screens"][str(count)] = asyncio.run(_screens(server, bare, fresh, count))
        say("decisions …")
        found["decisions"] = decisions()
        say("restore …")
        found["restore"] = restore(place / "restore", engine, tickets)
    return found


def raw_commits(place: Path) -> float:
    """Durable commits a second of one row, straight to SQLite, one after the other."""
    connection = sqlite3.connect(place / "raw.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)")
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < RAW_COMMITS_S:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t (b) VALUES (?)", ("x" * 300,))
        connection.execute("COMMIT")
        count += 1
    rate = count / (time.perf_counter() - began)
    connection.close()
    return rate


def restore(directory: Path, engine: str, tickets: int) -> Figures:
    """From nothing to serving: after a day of tickets, and with an empty journal as the floor."""
    empty = make_hall(directory / "empty", engine)
    floor_s, _ = _start(empty)
    hall = make_hall(directory / "full", engine)
    events = fill_day(hall, tickets)
    seconds, rss = _start(hall)
    return {
        "tickets": tickets,
        "events": events,
        "seconds": round(seconds, 2),
        "floor_s": round(floor_s, 2),
        "rss_mib": round(rss, 1),
    }


def _start(hall: BenchHall) -> tuple[float, float]:
    began = time.perf_counter()
    with controller(hall.directory) as server:
        return time.perf_counter() - began, server.rss_mib()


# --- requests -----------------------------------------------------------------------------------


def _issues(hall: BenchHall) -> Iterator[Request]:
    for n in itertools.count():
        yield post("/api/v1/tickets", hall.kiosk, json.dumps(_wish(item_of(n))))


def _wish(item: str) -> Figures:
    """A number for somebody who has none yet: one person is not given many."""
    person = {"key": secrets.token_hex(32), "masked": "张*三"}
    return {"request_id": secrets.token_hex(12), "items": [item], "person": person}


def _noops() -> Iterator[Request]:
    return itertools.repeat(post("/noop", "-" * 43, json.dumps(_wish("I-00"))))


def _at_window(hall: BenchHall, no: int, deed: str, **body: Any) -> Request:
    content = json.dumps({"request_id": secrets.token_hex(12), **body})
    return post(f"/api/v1/windows/{no}/{deed}", hall.clerks[no - 1], content)


def _rates(loads: list[Load], floors: list[Load]) -> Figures:
    """Rates over all rounds."""
    per_s = sum(x.answers for x in loads) / sum(x.seconds for x in loads)
    floor_per_s = sum(x.answers for x in floors) / sum(x.seconds for x in floors)
    return {
        "per_s": round(per_s),
        "floor_per_s": round(floor_per_s),
        "ratio": round(per_s / floor_per_s, 3),
    }


# --- issue and call -----------------------------------------------------------------------------


async def _issue(server: Server, bare: Server, hall: BenchHall, seconds: float) -> Figures:
    """Durable issues a second; floor and figure take turns, so that both see the same machine."""
    found = {}
    for connections in CONNECTIONS:
        loads, floors = [], []
        for _ in range(2):
            floors.append(await for_seconds(bare.port, connections, seconds / 2, _noops()))
            loads.append(await for_seconds(server.port, connections, seconds / 2, _issues(hall)))
        found[str(connections)] = _rates(loads, floors)
    return found


async def _call(server: Server, bare: Server, hall: BenchHall, seconds: float) -> Figures:
    """Durable calls a second: all free windows call, then (untimed) all people are served."""
    setup = [await connect(server.port) for _ in range(8)]
    await all_of(setup, [_at_window(hall, no, "open") for no in range(1, WINDOWS + 1)])
    found = {}
    for connections in CONNECTIONS:
        lines = [await connect(server.port) for _ in range(connections)]
        floor_lines = [await connect(bare.port) for _ in range(connections)]
        loads: list[Load] = []
        floors: list[Load] = []
        while sum(x.seconds for x in loads) < seconds / 2:
            issues = itertools.islice(_issues(hall), WINDOWS)
            await all_of(setup, list(issues))
            noops = list(itertools.islice(_noops(), WINDOWS))
            floors.append((await all_of(floor_lines, noops))[0])
            calls = [_at_window(hall, no, "call") for no in range(1, WINDOWS + 1)]
            load, answers = await all_of(lines, calls)
            loads.append(load)
            await _serve(setup, hall, [json.loads(a)["ticket"] for a in answers])
        found[str(connections)] = _rates(loads, floors)
        for line in lines + floor_lines:
            line.transport.close()
    for line in setup:
        line.transport.close()
    return found


async def _serve(lines: list[Any], hall: BenchHall, tickets: list[Figures | None]) -> None:
    """Let everybody who was called arrive and be finished."""
    called = [(no, t["id"]) for no, t in enumerate(tickets, 1) if t is not None]
    await all_of(lines, [_at_window(hall, no, "arrive", ticket=t) for no, t in called])
    await all_of(lines, [_at_window(hall, no, "finish", ticket=t, item=0) for no, t in called])


# --- screens ------------------------------------------------------------------------------------


async def _screens(server: Server, bare: Server, hall: BenchHall, count: int) -> Figures:
    """From the press of a key to the event at each of so many screens."""
    line = await connect(server.port)
    await all_of([line], list(itertools.islice(_issues(hall), WINDOWS)))
    numbers = range(1, WINDOWS + 1)
    await all_of([line], [_at_window(hall, no, "open") for no in numbers])
    calls = [_at_window(hall, no, "call") for no in list(numbers)[:CALLS_HEARD]]
    ours = await _heard(server, hall.screen, count, calls)
    example = {"room": "hall", "prev": 1, "seq": 2, "events": [_EXAMPLE]}
    emits = [post("/emit", "-", json.dumps(example))] * CALLS_HEARD
    base = await _heard(bare, "-", count, emits)
    line.transport.close()
    p50, floor_p50 = statistics.median(ours), statistics.median(base)
    return {
        "p50_ms": round(p50, 1),
        "p99_ms": round(_quantile(ours, 0.99), 1),
        "floor_p50_ms": round(floor_p50, 1),
        "floor_p99_ms": round(_quantile(base, 0.99), 1),
        "ratio": round(p50 / floor_p50, 2),
    }


async def _heard(server: Server, token: str, count: int, presses: list[Request]) -> list[float]:
    """Milliseconds from each press to each screen."""
    hub, screens = await open_screens(server.port, token, count)
    line = await connect(server.port)
    found: list[float] = []
    for press in presses:
        hub.expect()
        began = time.perf_counter()
        await line.ask(press)
        found += [(heard - began) * 1000 for heard in await hub.all()]
    for screen in screens:
        screen.close()
    line.transport.close()
    return found


def _quantile(values: list[float], q: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))]


_WINDOW = {
    "no": 5,
    "name": "综合",
    "name_en": "General",
    "zone": "A",
    "state": "open",
    "reason": None,
    "until": None,
    "number": "A0001",
    "serving": False,
    "services": ["业务A", "业务B", "业务C", "业务D"],
    "services_en": ["Skill A", "Skill B", "Skill C", "Skill D"],
}
_EXAMPLE = {
    "seq": 2,
    "type": "ticket.called",
    "at": 1_700_000_000_000,
    "ticket": {"id": "2026-01-01-A0001", "number": "A0001", "state": "called", "window": 5},
    "call": {"id": 2, "number": "A0001", "window": 5, "zone": "A", "state": "called", "times": 1},
    "window": _WINDOW,
    "waiting": {"A": 11},
    "queues": {"s00": {"waiting": 6, "oldest_at": 1_700_000_000_000}},
}
"""A call as screens get it, so that the floor sends as many bytes."""
