"""The forecasting process as the controller sees it: asked now and then, started again when it
ends, never waited for by anybody who gives out a number."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from controller.forecast.picture import Picture
from controller.forecast.rollout import Rolled
from controller.forecast.worker import get, put

ROOT = Path(__file__).resolve().parents[2]


class WorkerFailed(Exception):
    """No forecast could be had this time; the next question starts a new process."""


class Worker:
    """One process at most. Not for use by two threads at once."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self.starts = 0

    @property
    def pid(self) -> int | None:
        """The process, if there is one."""
        return None if self._process is None else self._process.pid

    def ask(self, picture: Picture) -> Rolled:
        """Have the picture run forward. Blocks for seconds. Raises `WorkerFailed`."""
        process = self._process
        if process is None or process.poll() is not None:
            process = self._process = self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            put(process.stdin, picture)
            answer = get(process.stdout)
        except (OSError, EOFError) as error:
            self.stop()
            raise WorkerFailed("the forecasting process has ended") from error
        if not isinstance(answer, Rolled):
            raise WorkerFailed(str(answer))
        return answer

    def stop(self) -> None:
        """End the process; nothing happens if there is none."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # of one that is gone already
                    pipe.close()
        process.kill()
        process.wait()

    def _start(self) -> "subprocess.Popen[bytes]":
        self.stop()
        self.starts += 1
        places = [str(ROOT), os.environ.get("PYTHONPATH", "")]
        return subprocess.Popen(
            [sys.executable, "-m", "controller.forecast.worker", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in places if p)},
        )
