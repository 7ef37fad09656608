"""The forecasting process: it answers, is started again, and never outlives the controller."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.forecast.ghosts import Ghost
from controller.forecast.process import Worker, WorkerFailed
from controller.forecast.rollout import ROLLOUTS
from controller.forecast.worker import NICE
from controller.hall.model import DispatchClass
from tests.controller.forecast.pictures import Desk

REPOSITORY = Path(__file__).resolve().parents[3]
PATIENCE_S = 60


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.stop()


def desk() -> Desk:
    made = Desk()
    made.open(1)
    made.issue("C-1")
    return made


def gone(pid: int) -> bool:
    """Whether a process is no more, or only waits to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_picture_is_answered_by_every_ghost_and_ticket(worker: Worker) -> None:
    picture = desk().picture()
    rolled = worker.ask(picture)
    assert rolled.at == picture.at
    assert len(rolled.ghosts[Ghost(DispatchClass.PRIORITY, ("C-2",))].waits) == ROLLOUTS
    assert list(rolled.tickets) == [picture.tickets[0].id]


def test_it_gives_way_to_everything_else(worker: Worker) -> None:
    worker.ask(desk().picture())
    assert worker.pid is not None
    assert os.getpriority(os.PRIO_PROCESS, worker.pid) >= min(19, os.nice(0) + NICE)


def test_a_process_that_was_killed_is_started_again(worker: Worker) -> None:
    picture = desk().picture()
    first = worker.ask(picture)
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    try:
        again = worker.ask(picture)
    except WorkerFailed:
        again = worker.ask(picture)
    assert again == first
    assert worker.starts == 2


def test_a_picture_that_cannot_be_run_is_refused_and_the_process_lives(worker: Worker) -> None:
    worker.ask(desk().picture())
    pid = worker.pid
    with pytest.raises(WorkerFailed, match="AttributeError"):
        worker.ask("no picture")  # type: ignore[arg-type]
    worker.ask(desk().picture())
    assert worker.pid == pid


OWNER = """
import sys, time
sys.path.insert(0, {root!r})
from controller.forecast.process import Worker
from tests.controller.forecast.test_process import desk
worker = Worker()
worker.ask(desk().picture())
print(worker.pid, flush=True)
time.sleep(600)
"""


def test_it_ends_with_a_controller_that_was_killed() -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER.format(root=str(REPOSITORY))],
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    )
    assert owner.stdout is not None
    pid = int(owner.stdout.readline())
    assert not gone(pid)
    owner.kill()
    owner.wait()
    owner.stdout.close()
    end = time.monotonic() + PATIENCE_S
    while not gone(pid):
        assert time.monotonic() < end, "the process outlived its parent"
        time.sleep(0.05)
