"""How the simulated people speak with the controller: one request at a time, few in a second."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from controller.cli.client import Client, Json, Refused

PER_SECOND = 10
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0


class Silent(Exception):
    """The controller did not answer."""


@dataclass(slots=True)
class BackOff:
    """How long to wait after one more failure: longer each time, until something succeeds."""

    failures: int = 0

    def failed(self) -> float:
        """Seconds to wait now."""
        self.failures += 1
        return float(min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(self.failures - 1, 8)))

    def succeeded(self) -> None:
        """Begin small again."""
        self.failures = 0


@dataclass(slots=True)
class Line:
    """One connection that everybody uses in turn. `say` hears of each kind of trouble once.

    Not for several threads. `get` and `command` raise `Refused` or `Silent`.
    """

    address: str
    say: Callable[[str], None]
    ended: threading.Event
    requests: int = 0
    refused: int = 0
    _client: Client = field(init=False)
    _free_at: float = 0.0
    _silent: bool = False
    _told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Nothing is sent yet."""
        self._client = Client(self.address)

    def get(self, token: str, path: str) -> Json:
        """Read something as whoever has the token."""
        return self._ask(token, path, lambda: self._client.get(path))

    def command(self, token: str, path: str, **body: object) -> Json:
        """Give a command as whoever has the token."""
        return self._ask(token, path, lambda: self._client.command(path, **body))

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _ask(self, token: str, path: str, ask: Callable[[], Json]) -> Json:
        self.ended.wait(max(0.0, self._free_at - time.monotonic()))
        if self.ended.is_set():
            raise Silent
        self._free_at = time.monotonic() + 1 / PER_SECOND
        self._client.token = token
        self.requests += 1
        try:
            answer = ask()
        except Refused as error:
            self.refused += 1
            self._tell_once(f"{path.rpartition('/')[2]}: {error}", str(error.problem.get("code")))
            raise
        except (OSError, http.client.HTTPException, ValueError) as error:
            if not self._silent:
                self.say(f"the controller does not answer: {error}")
            self._silent = True
            raise Silent from error
        if self._silent:
            self.say("the controller answers again")
        self._silent = False
        return answer

    def _tell_once(self, text: str, kind: str) -> None:
        if kind not in self._told:
            self._told.add(kind)
            self.say(f"refused: {text}")
