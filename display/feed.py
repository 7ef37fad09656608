"""A room of the live feed, followed for ever: snapshot, news, gaps, silence, reconnection.

For what speaks and shows beside a page (an announcer, an LED strip). After any cut it converges to
the controller's state, and it never tells as news what a snapshot holds (docs/protocol.md).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from controller.sdnotify import Turn
from display.line import Answered, Json, Line, LineLost, LineRefused, Told

TICK_S = 0.5
SILENCE_S = 6.0
"""Three missed beats: the line is dead even if TCP does not know."""
ANSWER_S = 4.0
PAUSE_S = 0.3
REFUSED_PAUSE_S = 3.0
BOUND_S = 60.0
"""Longer than a dial takes, a name server that does not answer included."""


class Listener(Protocol):
    """What hears a room. All is called from the feed's one thread, in the order it happened."""

    def joined(self, snapshot: Json) -> None:
        """The state of the room now. Nothing in it is news: show it, do not announce it."""

    def heard(self, events: list[Json]) -> None:
        """What has happened since, in order, each event once."""

    def beat(self, beat: Json) -> None:
        """A heartbeat: the controller's time (``at``) and the expected waits (``waits``)."""

    def tick(self, quiet_s: float) -> None:
        """Time passes: called about twice a second; nothing was heard for so many seconds."""


class Gap(Exception):
    """Something was missed, or a message is not what it should be: ask for a snapshot."""


@dataclass(slots=True)
class Sequence:
    """What of a room is known. PURE."""

    room: str
    seq: int | None = None
    _early: list[Json] = field(default_factory=list)
    """Messages that came while a snapshot was on its way."""

    def start(self, seq: int) -> list[Json]:
        """A snapshot with this seq has come; the news that overtook it. Raises `Gap`."""
        self.seq = seq
        early, self._early = self._early, []
        return [event for message in early for event in self.take(message)]

    def wait(self) -> None:
        """A snapshot is on its way: what comes meanwhile is kept until it is there."""
        self.seq = None

    def take(self, message: Json) -> list[Json]:
        """The news of an ``events`` message; nothing if it is old or of another room. Raises
        `Gap`."""
        if message.get("room") != self.room:
            return []
        prev, last, events = _read(message)
        if self.seq is None:
            self._early.append(message)
            return []
        if last <= self.seq:
            return []
        if prev > self.seq:
            raise Gap(f"events after {self.seq} and up to {prev} are missing")
        news = [event for event in events if event["seq"] > self.seq]
        self.seq = last
        return news

    def behind(self, beat: Json) -> bool:
        """Whether a heartbeat counts events of the room that never came."""
        rooms = beat.get("rooms")
        last = rooms.get(self.room) if isinstance(rooms, dict) else None
        return isinstance(last, int) and self.seq is not None and last > self.seq


def _read(message: Json) -> tuple[int, int, list[Json]]:
    """``prev``, ``seq`` and events of a message. Raises `Gap` if it is not what it should be."""
    prev, last, events = message.get("prev"), message.get("seq"), message.get("events")
    if isinstance(prev, int) and isinstance(last, int) and isinstance(events, list):
        seqs = [event.get("seq") if isinstance(event, dict) else None for event in events]
        known = [seq for seq in seqs if isinstance(seq, int)]
        rising = known == sorted(set(known)) and len(known) == len(seqs) > 0
        if rising and known[-1] == last and prev < known[0]:
            return prev, last, events
    raise Gap("a message that is none")


class Feed:
    """Follows a room in a thread of its own, from `start` to `stop`."""

    def __init__(
        self,
        url: str,
        room: str,
        token: Callable[[], str | None],
        listener: Listener,
        ca: Path | None = None,
        asides: Mapping[str, Callable[[Json], None]] = MappingProxyType({}),
    ) -> None:
        """`token` is asked before every dial; None: not enrolled yet, wait. `asides` hear what is
        told to this device alone, by the name of the message."""
        self._url, self._room, self._token, self._ca = url, room, token, ca
        self._asides = asides
        self._listener = listener
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"feed {room}", daemon=True)
        self._heard_at = time.monotonic()
        self._live = False
        self.turn = Turn("feed", BOUND_S)
        self.problem: Json | None = None
        """Why the controller lets nobody in, if it said so last."""

    @property
    def live(self) -> bool:
        """Whether the room is followed now."""
        return self._live and self.quiet_s < SILENCE_S

    @property
    def quiet_s(self) -> float:
        """For how long nothing has been heard."""
        return time.monotonic() - self._heard_at

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when the thread has ended."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(SILENCE_S)

    def _run(self) -> None:
        while not self._stopped.is_set():
            self.turn()
            pause = PAUSE_S
            try:
                token = self._token()
                if token is not None:
                    self._follow(token)
            except LineRefused as refused:
                self.problem, pause = refused.problem, REFUSED_PAUSE_S
            except LineLost:
                pass
            self._live = False
            self._wait(pause)

    def _wait(self, seconds: float) -> None:
        """Let time pass; the listener hears that it does."""
        end = time.monotonic() + seconds
        while not self._stopped.is_set():
            self.turn()
            self._listener.tick(self.quiet_s)
            left = end - time.monotonic()
            if left <= 0:
                return
            self._stopped.wait(min(TICK_S, left))

    def _follow(self, token: str) -> None:
        """One connection, for as long as it lasts. Raises `LineLost` and `LineRefused`."""
        line = Line(self._url, token, self._ca)
        self.problem = None
        self._heard_at = time.monotonic()
        try:
            _Visit(line, self._room, self._listener, self._note, self._asides).stay(self._stopped)
        finally:
            line.close()

    def _note(self, live: bool) -> None:
        self.turn()
        self._heard_at, self._live = time.monotonic(), live


class _Visit:
    """What happens on one connection."""

    def __init__(
        self,
        line: Line,
        room: str,
        listener: Listener,
        note: Callable[[bool], None],
        asides: Mapping[str, Callable[[Json], None]],
    ) -> None:
        self._asides = asides
        self._line, self._room, self._listener, self._note = line, room, listener, note
        self._known = Sequence(room)
        self._question = 0
        self._asked_at = 0.0
        self._missing = False
        """Whether the last beat already counted events that never came."""

    def stay(self, stopped: threading.Event) -> None:
        """Raises `LineLost` and `LineRefused` when it is over."""
        self._ask("join")
        heard_at = ticked_at = time.monotonic()
        while not stopped.is_set():
            message = self._line.receive(TICK_S)
            now = time.monotonic()
            if message is not None:
                heard_at = now
                self._hear(message)
            if now - ticked_at >= TICK_S:
                ticked_at = now
                self._listener.tick(now - heard_at)
            if now - heard_at > SILENCE_S:
                raise LineLost("silence")
            if self._question and now - self._asked_at > ANSWER_S:
                raise LineLost("no answer")

    def _ask(self, name: str) -> None:
        if self._question:
            return  # its answer is on its way
        self._known.wait()
        self._question = self._line.ask(name, {"room": self._room})
        self._asked_at = time.monotonic()

    def _hear(self, message: Told | Answered) -> None:
        self._note(not self._question)
        if isinstance(message, Answered):
            if message.question == self._question:
                self._start(message.body)
        elif message.name == "events":
            self._news(lambda: self._known.take(message.body))
        elif message.name == "hb":
            self._beat(message.body)
        elif message.name in self._asides:
            self._asides[message.name](message.body)

    def _start(self, answer: Json) -> None:
        self._question = 0
        if answer.get("ok") is not True:
            problem = answer.get("problem")
            raise LineRefused(problem if isinstance(problem, dict) else {})
        seq, snapshot = answer.get("seq"), answer.get("snapshot")
        if not isinstance(seq, int) or not isinstance(snapshot, dict):
            raise LineLost("a snapshot that is none")
        self._note(True)
        self._listener.joined(snapshot)
        self._news(lambda: self._known.start(seq))

    def _news(self, take: Callable[[], list[Json]]) -> None:
        try:
            news = take()
        except Gap:
            self._ask("snapshot")
            return
        if not news:
            return
        self._listener.heard(news)
        if any(event.get("type") == "day.opened" for event in news):
            self._ask("snapshot")

    def _beat(self, beat: Json) -> None:
        self._listener.beat(beat)
        missing = self._known.behind(beat)
        if missing and self._missing:
            self._ask("snapshot")
        self._missing = missing
