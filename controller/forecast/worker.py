"""The forecasting process: pictures in, what the runs showed out, over its own pipes.

``python -m controller.forecast.worker``: started by `process.Worker` only. It is niced, holds
nothing that lasts, and ends when its pipe closes or its parent is gone, however that died.
Messages are pickles behind their length: both ends are the same program of the same version.
"""

import gc
import os
import pickle
import struct
import sys
import time
from collections.abc import Iterator
from itertools import count
from typing import IO, Any

from controller.forecast.ghosts import ordinary_ghosts
from controller.forecast.rollout import ROLLOUTS, Roller

NICE = 10
MOST_S = 12.0
"""A forecast that takes longer has fewer runs, so that it is not old when it is told."""
FEWEST = 8
_LENGTH = struct.Struct(">I")


def put(pipe: IO[bytes], message: object) -> None:
    """Send a message."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def get(pipe: IO[bytes]) -> Any:
    """Receive a message. Raises EOFError when the other end is gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def serve(pipe_in: IO[bytes], pipe_out: IO[bytes], parent: int) -> None:
    """Answer pictures until nobody asks any more."""
    roller = Roller()
    while True:
        try:
            picture = get(pipe_in)
        except EOFError:
            return
        try:
            ghosts = ordinary_ghosts(picture.plan)
            answer: object = roller.roll(picture, ghosts, str(picture.at), _runs(parent))
        except Exception as error:
            answer = f"{type(error).__name__}: {error}"
        put(pipe_out, answer)
        del picture, answer
        gc.collect()


def _runs(parent: int) -> Iterator[int]:
    """Runs until there are enough or the time is over; none for a parent that is gone."""
    began = time.monotonic()
    for n in count():
        if os.getppid() != parent:
            raise SystemExit(0)
        if n >= ROLLOUTS or (n >= FEWEST and time.monotonic() - began > MOST_S):
            return
        yield n


def main() -> None:
    """Serve the parent on standard input and output."""
    parent = int(sys.argv[1])
    os.nice(NICE)
    gc.disable()  # a run makes no cycles worth looking for; there is a collection after each
    pipe_out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not speak to the parent
    serve(sys.stdin.buffer, pipe_out, parent)


if __name__ == "__main__":
    main()
