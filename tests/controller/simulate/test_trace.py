"""Traces: what is wrong is named with its place; what is right is read as it was written."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from controller.simulate.scenario import SCENARIOS, days
from controller.simulate.sources import DrawnSource
from controller.simulate.trace import TraceError, parse, read, write
from tests.controller.simulate.small import pause, ticket, trace

Spoil = Callable[[dict[str, Any]], object]

BAD: dict[str, tuple[Spoil, str]] = {
    "another format": (lambda t: t.update(format="other/1"), "$.format"),
    "no windows": (lambda t: t.update(windows=[]), "$.windows"),
    "no tickets": (lambda t: t.pop("tickets"), "$.tickets"),
    "no closing time": (lambda t: t.pop("closes_min"), "$.closes_min"),
    "a day that closes at once": (lambda t: t.update(closes_min=0), "$.closes_min"),
    "an item nobody knows": (
        lambda t: t["tickets"][0].update(items=["X"]),
        "$.tickets[0].items[0]",
    ),
    "an item that no window can do": (
        lambda t: (
            t["services"].append({"id": "C", "mean": 3}) or t["tickets"][0].update(items=["C"])
        ),
        "$.tickets[0].items[0]",
    ),
    "a ticket without items": (lambda t: t["tickets"][0].update(items=[]), "$.tickets[0].items"),
    "a skill nobody knows": (
        lambda t: t["windows"][0].update(skills=["A", "X"]),
        "$.windows[0].skills[1]",
    ),
    "a window without skills": (lambda t: t["windows"][0].update(skills=[]), "$.windows[0].skills"),
    "a window twice": (lambda t: t["windows"].append(t["windows"][0]), "$.windows[1].id"),
    "a ticket before opening": (lambda t: t["tickets"][0].update(at=-1), "$.tickets[0].at"),
    "a ticket at no time": (lambda t: t["tickets"][0].update(at=None), "$.tickets[0].at"),
    "a ticket at infinity": (
        lambda t: t["tickets"][0].update(at=float("inf")),
        "$.tickets[0].at",
    ),
    "a ticket in the far future": (
        lambda t: t["tickets"][0].update(at=10**400),
        "$.tickets[0].at",
    ),
    "a ticket at no number": (
        lambda t: t["tickets"][0].update(at=float("nan")),
        "$.tickets[0].at",
    ),
    "an estimate of no time": (
        lambda t: t["windows"][0]["estimate"].update(A=0),
        "$.windows[0].estimate.A",
    ),
    "an estimate too short to reckon with": (
        lambda t: t["windows"][0]["estimate"].update(A=1e-300),
        "$.windows[0].estimate.A",
    ),
    "a time that is true": (lambda t: t["tickets"][0].update(at=True), "$.tickets[0].at"),
    "a ticket of no class": (
        lambda t: t["tickets"][0].update({"class": "vip"}),
        "$.tickets[0].class",
    ),
    "a ticket twice": (lambda t: t["tickets"].append(t["tickets"][0]), "$.tickets[1].id"),
    "noise for other items": (
        lambda t: t["tickets"][0].update(noise=[1, 1]),
        "$.tickets[0].noise",
    ),
    "negative noise": (lambda t: t["tickets"][0].update(noise=[-1]), "$.tickets[0].noise[0]"),
    "a break at no window": (lambda t: t["breaks"][0].update(window="x"), "$.breaks[0].window"),
    "a negative break": (lambda t: t["breaks"][0].update(minutes=-5), "$.breaks[0].minutes"),
    "a skill without a true time": (lambda t: t["truth"]["mean"].clear(), "$.truth.mean.w0"),
    "no truth": (lambda t: t.pop("truth"), "$.truth"),
    "a service of no duration": (lambda t: t["services"][0].update(mean=0), "$.services[0].mean"),
    "a list for an object": (lambda t: t["tickets"].insert(0, []), "$.tickets[0]"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_is_told_with_trace_and_path(what: str) -> None:
    spoil, path = BAD[what]
    data = trace(ticket(1), breaks=[pause(5, 5)])
    spoil(data)
    with pytest.raises(TraceError) as told:
        parse("monday.json", data)
    assert told.value.path == path
    assert str(told.value).startswith(f"monday.json: {path}: ")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b'{"format": ', "not JSON"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[]", "must be an object"),
        (gzip.compress(b"{}" * 5000, mtime=0)[:40], "damaged"),
        (b"\x1f\x8bnonsense", "$"),
        (b"[" * 100_000, "$"),
        (b"[1" + b"0" * 5000 + b"]", "cannot be read"),
    ],
    ids=[
        "cut JSON",
        "no text",
        "a list",
        "cut gzip",
        "no gzip",
        "nested too deep",
        "a number without end",
    ],
)
def test_a_file_that_is_no_trace_is_named(tmp_path: Path, content: bytes, what: str) -> None:
    file = tmp_path / "tuesday.json.gz"
    file.write_bytes(content)
    with pytest.raises(TraceError, match=r"^tuesday\.json\.gz: \$") as told:
        read(file)
    assert what in str(told.value)


def test_a_fault_in_a_file_is_named_as_in_the_trace(tmp_path: Path) -> None:
    file = tmp_path / "wednesday.json"
    file.write_text(json.dumps(trace(ticket(-1))))
    with pytest.raises(TraceError, match=r"^wednesday\.json: \$\.tickets\[0\]\.at: must be"):
        read(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TraceError, match=r"^none\.json: \$"):
        read(tmp_path / "none.json")


@pytest.mark.parametrize("name", ["day.json", "day.json.gz"])
@pytest.mark.parametrize("scenario", ["S8", "S9"])
def test_a_day_is_read_as_it_was_written(tmp_path: Path, scenario: str, name: str) -> None:
    drawn = next(days(scenario, SCENARIOS[scenario], 3, 1))
    write(drawn, tmp_path / name)
    again = read(tmp_path / name)
    assert again.name == name
    assert json.dumps(again.json()) == json.dumps(drawn.json())
    write(again, tmp_path / "again.json.gz")
    write(drawn, tmp_path / "drawn.json.gz")
    assert (tmp_path / "again.json.gz").read_bytes() == (tmp_path / "drawn.json.gz").read_bytes()


def test_the_optional_parts_may_be_missing() -> None:
    data = trace(ticket(1))
    del data["truth"]["pooled"], data["groups"], data["breaks"], data["services"][0]["expected"]
    del data["windows"][0]["home"]
    found = parse("day", data)
    assert found.breaks == ()
    assert found.truth.pooled is None


def test_the_same_seed_gives_the_same_days_and_another_gives_others() -> None:
    first, again, other = (DrawnSource("S8", seed, 2).day().json() for seed in (1, 1, 2))
    assert first == again
    assert first["tickets"] != other["tickets"]


def test_wrong_estimates_leave_the_hall_and_its_days_alone() -> None:
    right, wrong = DrawnSource("S8", 1, 0).day(), DrawnSource("S8", 1, 0, error=0.6).day()
    assert right.tickets == wrong.tickets
    assert right.truth == wrong.truth
    assert right.windows != wrong.windows


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_service_of_a_scenario_has_two_capable_windows(name: str) -> None:
    drawn = DrawnSource(name, Random(name).randrange(1000), 0).day()
    for service in drawn.services:
        assert sum(service.id in w.skills for w in drawn.windows) >= 2
