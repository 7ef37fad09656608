"""The controller under test: the ordinary ``jiaohao serve``, started and killed again and again."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterable
from pathlib import Path
from random import Random

from controller.cli.bench.crash.clock import forget_shared
from controller.cli.bench.crash.preload import Preload, environment
from controller.cli.client import Client, Json
from controller.cli.demo.children import Child, ChildDied
from controller.cli.demo.ports import LOOPBACK, is_free

READY_S = 60.0
_POLL_S = 0.005
PORTS = range(20_000, 32_000)
"""Below those that Linux gives to outgoing connections: a client that knocks while nobody listens
could otherwise be given this very port and be connected with itself."""


def free_port(chance: Random) -> int:
    """A port of `PORTS` that nobody listens on."""
    return next(port for port in chance.sample(PORTS, len(PORTS)) if is_free(port))


class Controller:
    """One controller, life after life, always at the same address. Not for several threads."""

    def __init__(self, config: Path, logs: Path, port: int) -> None:
        self.port = port
        self.address = f"http://{LOOPBACK}:{port}"
        self.lives = 0
        self._config, self._logs = config, logs
        self._child: Child | None = None
        self._born = 0.0

    def start(self, preloads: Iterable[Preload] = ()) -> None:
        """Start it; it is not ready yet."""
        assert self._child is None
        self.lives += 1
        log = self._logs / f"controller-{self.lives:05}.log"
        arguments = ("serve", "--config", str(self._config))
        self._born = time.monotonic()
        self._child = Child("the controller", arguments, log, environment(preloads))

    def answered(self) -> float:
        """Wait for its first answer; seconds since it was started. Raises `ChildDied`."""
        client = Client(self.address)
        while not _healthy(client):
            self._living.check()
            if time.monotonic() - self._born > READY_S:
                raise ChildDied(f"the controller does not answer within {READY_S:.0f} s")
            time.sleep(_POLL_S)
        client.close()
        return time.monotonic() - self._born

    def setup_link(self) -> str:
        """The one-time link of the first administrator, of its first life."""
        return self._living.line("First administrator, once: ")

    def status(self, within_s: float) -> int | None:
        """See `Child.status`; once it has ended, the next life may begin."""
        found = self._living.status(within_s)
        if found is not None:
            self.kill()
        return found

    def kill(self) -> None:
        """kill -9."""
        self._living.kill()
        self._bury()

    def end(self) -> None:
        """End it in peace, if it lives."""
        if self._child is not None:
            self._child.end()
            self.kill()

    @property
    def _living(self) -> Child:
        assert self._child is not None, "it is not running"
        return self._child

    def _bury(self) -> None:
        forget_shared(self._living.pid)
        self._child = None


def _healthy(client: Client) -> bool:
    try:
        answer: Json = client.get("/health")
    except (http.client.HTTPException, OSError):
        return False
    return bool(answer["status"] == "ok")
