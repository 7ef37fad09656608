"""What is to be said, in its order, and what nobody needs to hear any more.  PURE.

A call becomes a wish when it is heard of; the person's arrival, a pass or a newer call of the same
ticket takes the wish away.  After a cut the snapshot says which calls still stand: those that are
fresh are wishes too, and the claim at the controller tells whether they were said meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
CALLS = frozenset({"ticket.called", "ticket.recalled"})


@dataclass(frozen=True, slots=True)
class Wish:
    """A call to be said.  `zones`: those of ours that are to hear it; `place`: its window's.
    `called_at` in ms of the controller's clock."""

    call: int
    times: int
    ticket: str
    number: str
    window: int
    place: str
    zones: tuple[str, ...]
    called_at: int

    @property
    def key(self) -> tuple[int, int]:
        """What tells one sounding from another."""
        return self.call, self.times


@dataclass(slots=True)
class Wishes:
    """The wishes of one loudspeaker.  `fresh_ms`: how old a call may be that is still said."""

    zones: frozenset[str]
    fresh_ms: int
    waiting: list[Wish] = field(default_factory=list)
    saying: Wish | None = None
    unwanted: bool = False
    """Whether nobody needs what is being said."""
    _over: set[tuple[int, int]] = field(default_factory=set)
    """What has been said or left to another."""

    def joined(self, snapshot: Json) -> None:
        """The whole state: what stands and is fresh is wished for, all else is not."""
        calls = [call for call in snapshot.get("calls", []) if call.get("state") == "called"]
        calls.sort(key=lambda call: (call["last_called_at"], call["id"]))
        standing = [wish for call in calls if (wish := self._wish(call)) is not None]
        keys = {wish.key for wish in standing}
        self.unwanted = self.saying is not None and self.saying.key not in keys
        at = snapshot.get("at", 0)
        busy = {self.saying.key} if self.saying else set()
        self.waiting = [
            wish
            for wish in standing
            if wish.key not in self._over | busy and not self._old(wish, at)
        ]

    def heard(self, events: Iterable[Json]) -> None:
        """What has happened since, in order."""
        for event in events:
            call = event.get("call")
            if event.get("type") == "day.opened":
                self._clear()
            elif isinstance(call, dict):
                self._follow(call, news=event.get("type") in CALLS)

    def take(self, now_ms: int) -> Wish | None:
        """The next wish, which is being said from now on."""
        while self.waiting:
            wish = self.waiting.pop(0)
            if not self._old(wish, now_ms):
                self.saying, self.unwanted = wish, False
                return wish
            self._over.add(wish.key)
        return None

    def crowd(self) -> int:
        """How many calls want to be said, with the one that is being said."""
        return len(self.waiting) + (self.saying is not None)

    def done(self) -> None:
        """What was being said is said, or another says it."""
        if self.saying is not None:
            self._over.add(self.saying.key)
        self.saying, self.unwanted = None, False

    def put_back(self) -> None:
        """It could not be asked for now; its turn comes first again, unless nobody needs it."""
        if self.saying is not None and not self.unwanted:
            self.waiting.insert(0, self.saying)
        self.saying, self.unwanted = None, False

    def _follow(self, call: Json, news: bool) -> None:
        wish, key = self._wish(call), (call["id"], call["times"])
        stands = call["state"] == "called"
        self.waiting = [
            w for w in self.waiting if w.ticket != call["ticket"] or (stands and w.key == key)
        ]
        if self.saying is not None and self.saying.ticket == call["ticket"]:
            self.unwanted = not (stands and self.saying.key == key)
        known = self._over | {w.key for w in self.waiting}
        if news and stands and wish is not None and key not in known:
            self.waiting.append(wish)

    def _wish(self, call: Json) -> Wish | None:
        zones = dict.fromkeys((call["ticket_zone"], call["zone"]))
        mine = tuple(zone for zone in zones if zone in self.zones)
        if not mine:
            return None
        return Wish(
            call["id"],
            call["times"],
            call["ticket"],
            call["number"],
            call["window"],
            call["zone"],
            mine,
            call["last_called_at"],
        )

    def _old(self, wish: Wish, now_ms: int) -> bool:
        return now_ms - wish.called_at > self.fresh_ms

    def _clear(self) -> None:
        self.waiting.clear()
        self._over.clear()
        self.unwanted = self.saying is not None
