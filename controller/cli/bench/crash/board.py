"""What a screen knows: kept from a snapshot and events, whole entities, by docs/protocol.md."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from controller.cli.bench.crash.checker.records import Heard, Json, Shown

MOST_CALLS = 40
NEW_CALLS = ("ticket.called", "ticket.recalled")
ROOM = "hall"


@dataclass(slots=True)
class Board:
    """One screen's board of room ``hall``. `heard` are the events it took over."""

    name: str
    seq: int | None = None
    heard: list[Heard] = field(default_factory=list)
    _day: str = ""
    _windows: dict[int, Json] = field(default_factory=dict)
    _calls: dict[str, Json] = field(default_factory=dict)
    """By ticket, the newest last."""
    _waiting: dict[str, int] = field(default_factory=dict)
    _queues: dict[str, Json] = field(default_factory=dict)

    def start(self, answer: Json) -> None:
        """Take the answer to a join, or to a wish for a snapshot."""
        snapshot = answer["snapshot"]
        self.seq = answer["seq"]
        self._day = snapshot["day"]
        self._windows = {window["no"]: window for window in snapshot["windows"]}
        self._calls = {call["ticket"]: call for call in reversed(snapshot["calls"])}
        self._waiting, self._queues = snapshot["waiting"], snapshot["queues"]

    def take(self, message: Json) -> bool:
        """Take an ``events`` message; False if something is missing before it.

        Raises ValueError if its events' own seqs have a gap.
        """
        if self.seq is None or message["room"] != ROOM or message["seq"] <= self.seq:
            return True
        if message["prev"] > self.seq:
            return False
        for event in message["events"]:
            if event["seq"] > self.seq:
                if event["seq"] != self.seq + 1:
                    raise ValueError(f"event {event['seq']} came after event {self.seq}")
                self._apply(event)
                self.seq = event["seq"]
                if event["type"] == "day.opened":
                    self.seq = None  # whoever hears it asks for a snapshot
                    return False
        return True

    def behind(self, beat: Json) -> bool:
        """Whether a heartbeat tells of events that this screen did not hear."""
        return self.seq is not None and beat["rooms"].get(ROOM, 0) > self.seq

    def waiting(self) -> int:
        """How many wait in the whole hall."""
        return sum(self._waiting.values())

    def shown(self) -> Shown:
        """The board as it is now."""
        return Shown(
            screen=self.name,
            seq=self.seq or 0,
            day=self._day,
            windows=deepcopy(self._windows),
            calls=deepcopy(list(reversed(self._calls.values()))),
            waiting=dict(self._waiting),
            queues=dict(self._queues),
        )

    def _apply(self, event: Json) -> None:
        ticket = event.get("ticket", {})
        self.heard.append(
            Heard(
                self.name,
                event["seq"],
                event["type"],
                ticket.get("id"),
                ticket.get("state"),
                ticket.get("window"),
            )
        )
        if "window" in event:
            self._windows[event["window"]["no"]] = event["window"]
        if "call" in event:
            self._call(event["call"], event["type"] in NEW_CALLS)
        self._waiting |= event.get("waiting", {})
        self._queues |= event.get("queues", {})

    def _call(self, call: Json, new: bool) -> None:
        if new:
            self._calls.pop(call["ticket"], None)
        self._calls[call["ticket"]] = call
        while len(self._calls) > MOST_CALLS:
            del self._calls[next(iter(self._calls))]
