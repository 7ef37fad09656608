"""`jiaohao bench` measures what the hall does, not how fast it refuses."""

import asyncio
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from controller.cli.bench.load import WasRefused, for_seconds, post
from controller.cli.bench.processes import floor

LEAST = ["--seconds", "0.2", "--most-screens", "10", "--tickets", "200"]


@pytest.mark.long
def test_every_figure_stands_beside_its_floor() -> None:
    command = [sys.executable, "-m", "controller.cli", "bench", "--json", *LEAST]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    for deed in ("issue", "call"):
        for row in found[deed].values():
            assert row["per_s"] > 0
            assert row["ratio"] == pytest.approx(row["per_s"] / row["floor_per_s"], abs=0.01)
    assert found["screens"]["10"]["p50_ms"] > 0
    assert found["restore"]["tickets"] == 200


def test_a_refusal_ends_the_measurement_with_what_the_server_said() -> None:
    async def ask_for_nothing(port: int) -> None:
        await for_seconds(port, 1, 5, iter([post("/nowhere", "-", "{}")] * 2))

    # In a thread of its own: the browser tests' Playwright may hold this one's event loop.
    with floor("threading") as bare, ThreadPoolExecutor(1) as aside:
        asked = aside.submit(lambda: asyncio.run(ask_for_nothing(bare.port)))
        with pytest.raises(WasRefused, match="404"):
            asked.result()
