"""``jiaohao simulate`` and ``jiaohao roster``, as they are used."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config import load_hall
from controller.cli import main
from controller.hall import day_events as d
from controller.hall import events as e
from controller.hall.instants import MINUTE
from controller.hall.model import Reason
from controller.journal.base import Batch, Record
from controller.journal.sqlite import SqliteJournal
from controller.simulate.trace import read
from tests.controller.simulate.small import pause, ticket, trace


def jiaohao(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args])


def written(directory: Path, name: str, *tickets: dict, **more: object) -> Path:
    path = directory / name
    path.write_text(json.dumps(trace(*tickets, **more)))
    return path


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_one_line_for_each_trace_in_the_order_given(tmp_path: Path) -> None:
    second = written(tmp_path, "b.json", ticket(0), ticket(2.5))
    first = written(tmp_path, "a.json", ticket(1, no_show=True))
    out = tmp_path / "out.jsonl"
    result = jiaohao("simulate", second, first, second, "--policy", "hall", "--out", out)
    assert result.exit_code == 0, result.output
    rows = lines(out)
    assert [r["trace"] for r in rows] == ["b.json", "a.json", "b.json"]
    assert rows[0]["policy"] == "hall"
    assert rows[0]["decisions_p99_us"] > 0
    assert rows[0]["tickets"] == [
        {
            "id": "t0",
            "calls": [{"item": 0, "window": "w0", "called": 0.0, "finished": 10.0}],
            "wait": 0.0,
        },
        {
            "id": "t1",
            "calls": [{"item": 0, "window": "w0", "called": 10.0, "finished": 20.0}],
            "wait": 7.5,
        },
    ]
    assert rows[1]["tickets"][0]["calls"] == [
        {"item": 0, "window": "w0", "called": 1.0, "finished": 2.0}
    ]


def test_a_bad_trace_is_named_and_the_others_still_run(tmp_path: Path) -> None:
    good = written(tmp_path, "good.json", ticket(0))
    bad = written(tmp_path, "bad.json", ticket(-3))
    out = tmp_path / "out.jsonl"
    result = jiaohao("simulate", good, bad, tmp_path / "none.json", good, "--out", out, "--json")
    assert result.exit_code == 1
    assert "bad.json: $.tickets[0].at: " in result.stderr
    assert "none.json: $: " in result.stderr
    assert [r["trace"] for r in lines(out)] == ["good.json", "good.json"]
    summary = json.loads(result.stdout)
    assert summary["days"] == 2
    assert summary["failed"] == ["bad.json", "none.json"]


def test_invented_days_can_be_kept_and_played_again(tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    asked = ("simulate", "--scenario", "S8", "--days", 1, "--jobs", 1, "--policy", "fifo")
    assert jiaohao(*asked, "--write", tmp_path / "kept", "--out", first).exit_code == 0
    kept = tmp_path / "kept" / "S8-1-000.json.gz"
    assert read(kept).tickets
    assert jiaohao("simulate", kept, "--policy", "fifo", "--out", second).exit_code == 0
    assert lines(first)[0]["tickets"] == lines(second)[0]["tickets"]


def test_all_policies_are_compared_on_the_same_days() -> None:
    result = jiaohao(
        *("simulate", "--scenario", "S8", "--days", 1, "--compare", "--breaks", "proposed"),
        *("--json", "--jobs", 1),
    )
    assert result.exit_code == 0, result.output
    (found,) = json.loads(result.stdout)
    names = {"hall", "hall-strict", "dedicated", "fifo", "pooled", "hall-breaks"}
    assert set(found["policies"]) == names
    assert len({row["tickets"] for row in found["policies"].values()}) == 1
    assert {v["target"] for v in found["verdicts"]} >= {"T1", "T2", "T6"}


def test_traces_or_a_scenario_and_not_both(tmp_path: Path) -> None:
    assert jiaohao("simulate").exit_code == 2
    one = written(tmp_path, "a.json", ticket(0))
    assert jiaohao("simulate", one, "--scenario", "S1").exit_code == 2


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    one = written(tmp_path, "a.json", ticket(0))
    result = jiaohao("simulate", one, "--out", tmp_path / "no" / "such.jsonl")
    assert result.exit_code == 1
    assert "such.jsonl" in result.stderr


def test_what_if_tells_today_and_then_in_both_languages(tmp_path: Path) -> None:
    one = written(tmp_path, "a.json", *[ticket(n) for n in range(6)])
    changes = tmp_path / "if.toml"
    changes.write_text('[[window]]\nid = "w1"\nnew = true\nlike = "w0"\n')
    result = jiaohao("simulate", one, "--what-if", changes)
    assert result.exit_code == 0, result.output
    assert "平均等候 Mean wait" in result.stdout
    found = json.loads(jiaohao("simulate", one, "--what-if", changes, "--json").stdout)
    assert found["all"]["then"]["mean"] < found["all"]["today"]["mean"] == 22.5
    assert set(found["groups"]) == {"g"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[window]]\nid = "w0"\nadds = ["B"]\n', "if.toml:3: window[1].adds: is not a known key"),
        ('[[window]]\nid = "w7"\n', 'if.toml:2: window[1].id: "w7" is no window of this day'),
        ('[hours]\nopens = "9"\n', "if.toml:2: hours.opens: "),
    ],
)
def test_what_is_wrong_with_a_what_if_is_told_with_file_line_and_key(
    tmp_path: Path, text: str, told: str
) -> None:
    one = written(tmp_path, "a.json", ticket(0))
    changes = tmp_path / "if.toml"
    changes.write_text(text)
    result = jiaohao("simulate", one, "--what-if", changes)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_roster_is_proposed_with_its_measured_effect(tmp_path: Path) -> None:
    one = written(
        tmp_path,
        "a.json",
        *[ticket(n * 5) for n in range(20)],
        windows={"w0": "AB", "w1": "AB", "w2": "AB"},
        breaks=[pause(75, 30, w) for w in ("w0", "w1", "w2")],
    )
    for name, reader in (("r.toml", tomllib.loads), ("r.json", json.loads)):
        result = jiaohao("roster", "propose", one, "--out", tmp_path / name)
        assert result.exit_code == 0, result.output
        assert "拟排休息表 Proposed breaks" in result.stdout
        found = reader((tmp_path / name).read_text())
        rows = found.get("break") or found["breaks"]
        assert [(r["window"], r["minutes"]) for r in rows] == [(f"w{n}", 30) for n in range(3)]
        assert all(120 <= r["at"] <= 312 for r in rows)


def test_a_roster_for_a_configuration_is_told_by_the_clock() -> None:
    result = jiaohao(
        *("roster", "propose", "--config", "config/demo", "--days", 1, "--jobs", 1, "--json")
    )
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["breaks"]
    assert all(len(row["from"]) == 5 for row in found["breaks"])
    assert found["before"]["tickets"] == found["after"]["tickets"] > 100


def test_a_configured_profile_serves_the_first_day_of_traces(tmp_path: Path) -> None:
    # The demo's day is busiest after ten; a day of its own hall that is open as long.
    more = {"closes_min": 390, "breaks": [pause(60, 10)]}
    one = written(tmp_path, "a.json", ticket(0), **more)
    asked = ("roster", "propose", one, "--json")
    usual, told = (jiaohao(*asked, *extra) for extra in ((), ("--config", "config/demo")))
    assert (usual.exit_code, told.exit_code) == (0, 0), told.output
    assert json.loads(told.stdout)["day"] == "a.json"
    assert jiaohao("roster", "propose").exit_code == 2
    assert jiaohao("roster", "propose", one, "--config", tmp_path / "none").exit_code == 2


# --- the hall's own past ---

CODES = [i.code for i in load_hall(Path("config/demo")).items]
SKILLS = tuple(s.id for s in load_hall(Path("config/demo")).skills)
DAY, NINE = "2026-01-05", 1_767_574_800_000_000


def journal(directory: Path) -> Path:
    """A window that serves three people, who come at 1, 2 and 3 minutes, for ten minutes each."""
    found: list[tuple[float, e.Event]] = [
        (0, d.DayOpened(DAY)),
        (0, e.WindowOpened(1, "1001", SKILLS)),
    ]
    code = CODES[0]
    for n in (1, 2, 3):
        number = f"A{n:03}"
        id, at = f"{DAY}-{number}", NINE + n * MINUTE
        issued = e.TicketIssued(
            id, number, "A", n, n, (code,), "ordinary", 1.0, at, None, None, "k-1"
        )
        start = 10 * n - 9
        found += [
            (n, issued),
            (start, e.TicketCalled(id, 1, "1001", (0,), Reason("hall"))),
            (start + 1, e.TicketArrived(id, 1)),
            (start + 10, e.ItemFinished(id, 1, 0, "done")),
            (start + 10, e.TicketFinished(id, 1)),
        ]
    found.append((60, e.WindowClosed(1)))
    found.sort(key=lambda row: row[0])
    records = [
        Record(n, NINE + round(at * MINUTE), DAY, "k-1", event)
        for n, (at, event) in enumerate(found, 1)
    ]
    kept = SqliteJournal(directory / "journal.db")
    kept.append(Batch(records))
    kept.close()
    return directory / "journal.db"


def test_a_past_day_is_played_again_from_the_journal(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    asked = ("simulate", "--journal", journal(tmp_path), "--config", "config/demo")
    result = jiaohao(*asked, "--out", out, "--day", DAY)
    assert result.exit_code == 0, result.output
    (row,) = lines(out)
    assert row["trace"] == DAY
    assert [t["wait"] for t in row["tickets"]] == pytest.approx([0, 9, 18], abs=1e-6)


def test_a_past_day_may_be_staffed_otherwise(tmp_path: Path) -> None:
    changes = tmp_path / "if.toml"
    changes.write_text('[[window]]\nid = "2"\nnew = true\nlike = "1"\n')
    asked = ("simulate", "--journal", journal(tmp_path), "--config", "config/demo", "--json")
    found = json.loads(jiaohao(*asked, "--what-if", changes).stdout)
    assert found["all"]["today"]["mean"] == pytest.approx(9.0)
    assert found["all"]["then"]["mean"] == pytest.approx(8 / 3, abs=0.01)


def test_a_file_that_is_no_journal_and_a_day_that_is_not_there_are_told(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_text("nothing of the sort")
    result = jiaohao("simulate", "--journal", other, "--config", "config/demo")
    assert result.exit_code == 1
    assert "not a readable journal" in result.stderr
    asked = ("simulate", "--journal", journal(tmp_path), "--config", "config/demo")
    result = jiaohao(*asked, "--day", "2020-01-01")
    assert result.exit_code == 1
    assert DAY in result.stderr
