"""The processes a demo starts, each tied to it and ended with it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import controller

TETHER = Path(__file__).with_name("tether.py")
ROOT = Path(controller.__file__).resolve().parents[1]
END_S = 4.0
READY_S = 60.0
LAST_LINES = 12
_POLL_S = 0.02


class ChildDied(Exception):
    """A process of the demo ended by itself; the message holds its last words."""


class Child:
    """One ``jiaohao`` process; its output goes to a file of its own. `env` adds to ours.

    Start it on the main thread: it ends when the thread that started it does.
    """

    def __init__(
        self, name: str, arguments: Sequence[str], log: Path, env: Mapping[str, str] | None = None
    ) -> None:
        self.name, self.log = name, log
        if log.exists():
            log.replace(log.with_suffix(".old.log"))
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
        jiaohao = [sys.executable, "-P", "-m", "controller.cli", *arguments]
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(TETHER), str(os.getpid()), "--", *jiaohao],
                stdin=subprocess.DEVNULL,
                stdout=handle,
                stderr=handle,
                cwd=log.parent,
                env={**os.environ, **(env or {}), "PYTHONPATH": path},
                process_group=0,  # a Ctrl-C on the terminal is the demo's to hear
            )
        finally:
            os.close(handle)

    @property
    def pid(self) -> int:
        return self._process.pid

    def check(self) -> None:
        """Raises `ChildDied` if it has ended."""
        status = self._process.poll()
        if status is not None:
            raise ChildDied(f"{self.name} ended with status {status}. {self._last_words()}")

    def line(self, start: str, within_s: float = READY_S) -> str:
        """The rest of the first line of its output that begins with `start`.

        Raises `ChildDied`, also when the line does not come in time.
        """
        deadline = time.monotonic() + within_s
        while True:
            found = self.said(start)
            if found is not None:
                return found
            self.check()
            if time.monotonic() > deadline:
                raise ChildDied(f"{self.name} is not ready. {self._last_words()}")
            time.sleep(_POLL_S)

    def said(self, start: str) -> str | None:
        """The rest of the first whole line that begins with `start`, if it was written yet."""
        for line in self.log.read_text(errors="replace").splitlines(keepends=True):
            if line.startswith(start) and line.endswith("\n"):
                return line[len(start) :].strip()
        return None

    def status(self, within_s: float) -> int | None:
        """The status it ended with by itself in this time; None if it still runs."""
        try:
            return self._process.wait(within_s)
        except subprocess.TimeoutExpired:
            return None

    def kill(self) -> None:
        """End it as a crash does, and what it had started."""
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Ask it to end, and make it."""
        self._signal(signal.SIGTERM)
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-LAST_LINES:]
        return "\n".join([f"Its last lines ({self.log}):", *(f"  {line}" for line in lines)])
