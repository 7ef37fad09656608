"""A day's trace (``jiaohao-day/1``): what the hall knew, who came, and how long things truly took.

All times are minutes after opening. `Truth`, noise and no-shows belong to the simulated world; the
dispatcher never sees them.
"""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMAT = "jiaohao-day/1"
CLASSES = ("ordinary", "priority", "appointment")
LEAST, MOST = 1e-6, 1e9
"""Between these numbers can be reckoned with: times in minutes, counts, weights, factors."""


class TraceError(ValueError):
    """A trace that cannot be played: which, where in it, and what is wrong."""

    def __init__(self, trace: str, path: str, what: str) -> None:
        self.trace, self.path, self.what = trace, path, what
        super().__init__(f"{trace}: {path}: {what}")


@dataclass(frozen=True, slots=True)
class DayService:
    """What the controller believes of a service: `mean` minutes, `expected` items a day."""

    id: str
    mean: float
    expected: float | None = None


@dataclass(frozen=True, slots=True)
class DayWindow:
    """A window with one clerk; `estimate` minutes by service, from `n` observations."""

    id: str
    skills: tuple[str, ...]
    estimate: Mapping[str, float] = field(default_factory=dict)
    n: Mapping[str, float] = field(default_factory=dict)
    home: str | None = None


@dataclass(frozen=True, slots=True)
class DayBreak:
    """A planned absence; a service in hand is finished first and shortens it."""

    window: str
    at: float
    minutes: float


@dataclass(frozen=True, slots=True)
class DayTicket:
    """Somebody who comes. `noise` multiplies the true mean, item by item."""

    id: str
    at: float
    cls: str
    slot: float | None
    items: tuple[str, ...]
    no_show: bool
    noise: tuple[float, ...]
    weight: float | None = None

    @property
    def due(self) -> float:
        """When the wait begins: the arrival, or a later slot."""
        return self.at if self.slot is None else max(self.at, self.slot)


@dataclass(frozen=True, slots=True)
class Truth:
    """`mean`: minutes by window, then service. `pooled` and `speed`: for the pooled reference."""

    mean: Mapping[str, Mapping[str, float]]
    no_show_minutes: float
    pooled: Mapping[str, float] | None = None
    speed: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Day:
    """A whole trace."""

    name: str
    closes_min: float
    services: tuple[DayService, ...]
    windows: tuple[DayWindow, ...]
    breaks: tuple[DayBreak, ...]
    tickets: tuple[DayTicket, ...]
    truth: Truth
    groups: Mapping[str, str]

    def json(self) -> dict[str, Any]:
        """The trace as it is written to a file."""
        return {
            "format": FORMAT,
            "closes_min": self.closes_min,
            "services": [_service_json(s) for s in self.services],
            "windows": [_window_json(w) for w in self.windows],
            "breaks": [{"window": b.window, "at": b.at, "minutes": b.minutes} for b in self.breaks],
            "tickets": [_ticket_json(t) for t in self.tickets],
            "truth": _truth_json(self.truth),
            "groups": dict(self.groups),
        }


def _service_json(s: DayService) -> dict[str, Any]:
    told = {} if s.expected is None else {"expected": s.expected}
    return {"id": s.id, "mean": s.mean, **told}


def _window_json(w: DayWindow) -> dict[str, Any]:
    told: dict[str, Any] = {"n": dict(w.n)} if w.n else {}
    if w.home is not None:
        told["home"] = w.home
    return {"id": w.id, "skills": list(w.skills), "estimate": dict(w.estimate), **told}


def _ticket_json(t: DayTicket) -> dict[str, Any]:
    told = {} if t.weight is None else {"weight": t.weight}
    return {
        "id": t.id,
        "at": t.at,
        "class": t.cls,
        "slot": t.slot,
        "items": list(t.items),
        "no_show": t.no_show,
        "noise": list(t.noise),
        **told,
    }


def _truth_json(truth: Truth) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if truth.pooled is not None:
        told["pooled"] = {"service": dict(truth.pooled), "speed": dict(truth.speed)}
    return {
        "mean": {w: dict(row) for w, row in truth.mean.items()},
        "no_show_minutes": truth.no_show_minutes,
        **told,
    }


def write(day: Day, path: Path) -> None:
    """Write a trace; gzipped (without a time stamp) if the name ends in ``.gz``."""
    text = json.dumps(day.json(), separators=(",", ":"), ensure_ascii=False).encode()
    path.write_bytes(gzip.compress(text, mtime=0) if path.suffix == ".gz" else text)


def read(path: Path) -> Day:
    """Read and check a trace. Raises `TraceError`."""
    name = path.name
    try:
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        told = json.loads(data)
    except OSError as error:
        raise TraceError(name, "$", error.strerror or str(error)) from None
    except UnicodeDecodeError:
        raise TraceError(name, "$", "is not UTF-8 text (nor gzip)") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise TraceError(name, "$", f"is not JSON at {where}: {error.msg}") from None
    except RecursionError:
        raise TraceError(name, "$", "is nested too deeply") from None
    except ValueError as error:  # such as a number of very many digits
        raise TraceError(name, "$", f"cannot be read: {error}") from None
    except (EOFError, gzip.zlib.error) as error:  # type: ignore[attr-defined]
        raise TraceError(name, "$", f"the gzip file is damaged: {error}") from None
    return parse(name, told)


def parse(name: str, data: Any) -> Day:
    """A trace from its JSON. Raises `TraceError` that names the JSON path."""
    return _Reader(name).day(data)


@dataclass(slots=True)
class _Reader:
    """Reads field by field, so that a fault is named by its path."""

    name: str
    services: dict[str, int] = field(default_factory=dict)
    windows: dict[str, int] = field(default_factory=dict)

    def fail(self, path: str, what: str) -> TraceError:
        return TraceError(self.name, path, what)

    def day(self, data: Any) -> Day:
        root = self.table(data, "$")
        if root.get("format") != FORMAT:
            raise self.fail("$.format", f'must be "{FORMAT}"')
        services = tuple(
            self.service(one, f"$.services[{n}]")
            for n, one in enumerate(self.rows(root, "services", "$"))
        )
        self.services = self.index(services, "$.services")
        windows = tuple(
            self.window(one, f"$.windows[{n}]")
            for n, one in enumerate(self.rows(root, "windows", "$"))
        )
        self.windows = self.index(windows, "$.windows")
        if not windows:
            raise self.fail("$.windows", "is empty: nobody could be served")
        truth = self.truth(self.table(self.get(root, "truth", "$"), "$.truth"), windows)
        breaks = tuple(
            self.pause(one, f"$.breaks[{n}]")
            for n, one in enumerate(self.rows(root, "breaks", "$", optional=True))
        )
        able = {s for w in windows for s in w.skills}
        tickets = tuple(
            self.ticket(one, f"$.tickets[{n}]", able)
            for n, one in enumerate(self.rows(root, "tickets", "$"))
        )
        self.index(tickets, "$.tickets")
        groups = self.table(root.get("groups") or {}, "$.groups")
        for service in groups:
            self.known(service, self.services, f"$.groups.{service}", "service")
        return Day(
            name=self.name,
            closes_min=self.number(root, "closes_min", "$", above=True),
            services=services,
            windows=windows,
            breaks=breaks,
            tickets=tickets,
            truth=truth,
            groups={s: str(g) for s, g in groups.items()},
        )

    def service(self, data: Any, path: str) -> DayService:
        row = self.table(data, path)
        expected = row.get("expected")
        if expected is not None:
            expected = self.number(row, "expected", path)
        return DayService(
            self.text(row, "id", path), self.number(row, "mean", path, above=True), expected
        )

    def window(self, data: Any, path: str) -> DayWindow:
        row = self.table(data, path)
        skills = self.rows(row, "skills", path)
        if not skills:
            raise self.fail(f"{path}.skills", "is empty: a window needs at least one service")
        for n, skill in enumerate(skills):
            self.known(skill, self.services, f"{path}.skills[{n}]", "service")
        home = row.get("home")
        return DayWindow(
            id=self.text(row, "id", path),
            skills=tuple(dict.fromkeys(skills)),
            estimate=self.numbers(row, "estimate", path),
            n=self.numbers(row, "n", path, above=False),
            home=None if home is None else str(home),
        )

    def pause(self, data: Any, path: str) -> DayBreak:
        row = self.table(data, path)
        window = self.text(row, "window", path)
        self.known(window, self.windows, f"{path}.window", "window")
        return DayBreak(window, self.number(row, "at", path), self.number(row, "minutes", path))

    def ticket(self, data: Any, path: str, able: set[str]) -> DayTicket:
        row = self.table(data, path)
        items = self.rows(row, "items", path)
        if not items:
            raise self.fail(f"{path}.items", "is empty: a ticket needs at least one item")
        for n, item in enumerate(items):
            self.known(item, self.services, f"{path}.items[{n}]", "service")
            if item not in able:
                raise self.fail(f"{path}.items[{n}]", f'no window can do the service "{item}"')
        noise = self.rows(row, "noise", path)
        if len(noise) != len(items):
            raise self.fail(f"{path}.noise", f"has {len(noise)} numbers for {len(items)} items")
        cls = row.get("class", "ordinary")
        if cls not in CLASSES:
            raise self.fail(f"{path}.class", f"must be one of {', '.join(CLASSES)}")
        no_show = row.get("no_show", False)
        if not isinstance(no_show, bool):
            raise self.fail(f"{path}.no_show", "must be true or false")
        return DayTicket(
            id=self.text(row, "id", path),
            at=self.number(row, "at", path),
            cls=cls,
            slot=None if row.get("slot") is None else self.number(row, "slot", path),
            items=tuple(items),
            no_show=no_show,
            noise=tuple(self.check(x, f"{path}.noise[{n}]", False) for n, x in enumerate(noise)),
            weight=None
            if row.get("weight") is None
            else self.number(row, "weight", path, above=True),
        )

    def truth(self, row: dict[str, Any], windows: tuple[DayWindow, ...]) -> Truth:
        path = "$.truth"
        means = self.table(self.get(row, "mean", path), f"{path}.mean")
        mean = {}
        for window in means:
            self.known(window, self.windows, f"{path}.mean.{window}", "window")
            mean[window] = self.numbers(means, window, f"{path}.mean")
        for seated in windows:
            for skill in seated.skills:
                if skill not in mean.get(seated.id, {}):
                    raise self.fail(f"{path}.mean.{seated.id}", f'has no "{skill}"')
        pooled = row.get("pooled")
        if pooled is None:
            return Truth(mean, self.number(row, "no_show_minutes", path))
        pooled = self.table(pooled, f"{path}.pooled")
        return Truth(
            mean,
            self.number(row, "no_show_minutes", path),
            self.numbers(pooled, "service", f"{path}.pooled"),
            self.numbers(pooled, "speed", f"{path}.pooled"),
        )

    # --- the smallest parts ---

    def table(self, data: Any, path: str) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise self.fail(path, "must be an object")
        return data

    def get(self, row: dict[str, Any], key: str, path: str) -> Any:
        if key not in row:
            raise self.fail(f"{path}.{key}", "is missing")
        return row[key]

    def rows(self, row: dict[str, Any], key: str, path: str, optional: bool = False) -> list[Any]:
        if optional and row.get(key) is None:
            return []
        found = self.get(row, key, path)
        if not isinstance(found, list):
            raise self.fail(f"{path}.{key}", "must be a list")
        return found

    def text(self, row: dict[str, Any], key: str, path: str) -> str:
        found = self.get(row, key, path)
        if not isinstance(found, str) or not found:
            raise self.fail(f"{path}.{key}", "must be a text")
        return found

    def number(self, row: dict[str, Any], key: str, path: str, above: bool = False) -> float:
        return self.check(self.get(row, key, path), f"{path}.{key}", above)

    def check(self, found: Any, path: str, above: bool) -> float:
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self.fail(path, "must be a number")
        if not (LEAST if above else 0) <= found <= MOST:
            least = f"{LEAST:f}" if above else "0"
            raise self.fail(path, f"must be between {least} and {MOST:.0f}")
        return float(found)

    def numbers(
        self, row: dict[str, Any], key: str, path: str, above: bool = True
    ) -> dict[str, float]:
        table = self.table(row.get(key) or {}, f"{path}.{key}")
        return {str(k): self.check(v, f"{path}.{key}.{k}", above) for k, v in table.items()}

    def known(self, key: Any, index: Mapping[str, int], path: str, what: str) -> None:
        if not isinstance(key, str) or key not in index:
            raise self.fail(path, f'"{key}" is no {what} of this trace')

    def index(self, rows: tuple[Any, ...], path: str) -> dict[str, int]:
        index: dict[str, int] = {}
        for n, row in enumerate(rows):
            if row.id in index:
                raise self.fail(f"{path}[{n}].id", f'"{row.id}" stands there twice')
            index[row.id] = n
        return index
