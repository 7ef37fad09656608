"""`jiaohao bench screens` measures real pages, and its verdict can fail."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from controller.cli.bench.screens import command, pages
from controller.cli.bench.screens.report import table, wrong
from controller.cli.demo.visit import CHROMIUM

GOOD_BURST = {"calls": 12, "within_ms": 60, "shown": 12, "spoken": 12, "in_order": True}
GOOD = {
    "press_to_pixel_p95_ms": {"5": 40},
    "press_to_chime_ms": 120,
    "burst": GOOD_BURST,
    "rejoin_s": 1.3,
    "rejoin_each_s": {"cut": 1.2, "silent": 1.3},
    "said_late": 0,
    "missed": 0,
    "soak": {"calls": 40, "growth_mb": 0.5},
}


def test_a_call_that_was_not_shown_is_wrong() -> None:
    assert wrong(GOOD) == []
    assert wrong(GOOD | {"missed": 2}) == ["2 calls were never drawn"]
    (said,) = wrong(GOOD | {"burst": {**GOOD_BURST, "shown": 11}})
    assert "11 of 12" in said


@pytest.mark.parametrize(
    "spoilt",
    [
        {"burst": {**GOOD_BURST, "spoken": 11}},
        {"burst": {**GOOD_BURST, "in_order": False}},
        {"said_late": 1},
        {"press_to_pixel_p95_ms": {"50": 301}},
        {"press_to_pixel_p95_ms": {"500": 501}},
        {"press_to_chime_ms": 1001},
        {"rejoin_s": 5.1},
        {"soak": {"calls": 40, "growth_mb": 50.0}},
    ],
)
def test_every_limit_is_kept(spoilt: dict[str, object]) -> None:
    assert len(wrong(GOOD | spoilt)) == 1


def test_the_table_has_every_figure() -> None:
    text = table(GOOD)
    for figure in ("40 ms", "120 ms", "60 ms", "12 spoken, in order", "1.2 s", "1.3 s", "0.5 MiB"):
        assert figure in text


def test_a_machine_without_a_browser_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "CHROMIUM", ())
    done = CliRunner().invoke(command, [])
    assert (done.exit_code, done.exception.__class__) == (1, SystemExit)
    assert "apt-get install chromium" in done.stderr


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.timeout(240)
@pytest.mark.skipif(not any(map(Path.exists, CHROMIUM)), reason="Chromium is not installed")
def test_real_pages_among_other_screens_miss_nothing() -> None:
    least = ["--calls", "5", "--sockets", "5", "--soak-calls", "30"]
    command = [sys.executable, "-m", "controller.cli", "bench", "screens", "--json", *least]
    done = subprocess.run(command, capture_output=True, text=True, timeout=230)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["press_to_pixel_p95_ms"]["5"] > 0
    assert found["burst"]["shown"] == found["burst"]["spoken"] == found["burst"]["calls"] == 12
    assert found["burst"]["in_order"]
    assert found["missed"] == found["said_late"] == 0
    assert found["press_to_chime_ms"] > 0
    assert found["rejoin_s"] > 0
