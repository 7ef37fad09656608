"""A limit on tries: so many in a sliding window of seconds, per key."""

from collections import deque
from dataclasses import dataclass, field

from controller.hall.instants import SECOND, Instant
from controller.web.errors import TooManyRequests

MOST_KEYS = 10_000


@dataclass(slots=True)
class Throttle:
    """`limit` tries in `seconds`, for each key."""

    limit: int
    seconds: int
    _tries: dict[str, deque[Instant]] = field(default_factory=dict)

    def check(self, key: str, now: Instant) -> None:
        """Raise `TooManyRequests` if `key` has used its tries up."""
        tries = self._recent(key, now)
        if len(tries) >= self.limit:
            left = tries[0] + self.seconds * SECOND - now
            raise TooManyRequests(wait_s=max(1, -(-left // SECOND)))

    def count(self, key: str, now: Instant) -> None:
        """Count a try."""
        if key not in self._tries and len(self._tries) >= MOST_KEYS:
            self._tries.pop(next(iter(self._tries)))
        self._tries[key] = self._recent(key, now)
        self._tries[key].append(now)

    def forgive(self, key: str, now: Instant) -> None:
        """Take back a try that was counted at `now`."""
        tries = self._tries.get(key)
        if tries and now in tries:
            tries.remove(now)

    def _recent(self, key: str, now: Instant) -> deque[Instant]:
        tries = self._tries.get(key, deque())
        while tries and tries[0] <= now - self.seconds * SECOND:
            tries.popleft()
        return tries
