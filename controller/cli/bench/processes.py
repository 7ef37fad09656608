"""The processes that are measured: the real controller, and bare servers as floors."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    pid: int

    def rss_mib(self) -> float:
        """Resident memory."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0


@contextmanager
def controller(directory: Path) -> Iterator[Server]:
    """The controller of a configuration directory, serving until the block ends."""
    with _process("controller.cli", "serve", "--config", str(directory)) as server:
        yield server


@contextmanager
def floor(engine: str) -> Iterator[Server]:
    """A bare server: ``/noop`` answers nothing, ``/emit`` sends its body to all sockets."""
    with _process("controller.cli.bench.floor", engine) as server:
        yield server


@contextmanager
def _process(module: str, *args: str) -> Iterator[Server]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", module, *args], stdout=subprocess.PIPE, env=environment, text=True
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"{module} did not start (exit {process.wait()})")
        yield Server(int(line.rsplit(":", 1)[1]), process.pid)
    finally:
        process.terminate()
        process.communicate(timeout=10)
