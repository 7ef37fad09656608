"""Work on all cores, results in the order of the tasks, and never many of them in memory."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

AHEAD = 4
"""So many tasks for each core are under way or waiting to be taken."""


def cores() -> int:
    """Cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def in_order(
    work: Callable[[Task], Result], tasks: Iterable[Task], jobs: int | None = None
) -> Iterator[Result]:
    """``map(work, tasks)`` on `jobs` processes (all cores, if not told); `work` is a function of
    a module. With one job everything happens in this process."""
    count = jobs or cores()
    if count == 1:
        yield from map(work, tasks)
        return
    # A fresh interpreter for each worker: a fork would take along whatever threads hold.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=context) as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for task in tasks:
                waiting.append(pool.submit(work, task))
                if len(waiting) >= count * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
