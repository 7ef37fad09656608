"""The simulated world of a day: arrivals, hands at work, breaks. It knows the truth and asks a
`Hall` whom to call.

Integer microseconds throughout, so that a day is played exactly and always alike. Things of one
instant happen in this order: breaks begin, work ends, breaks end, people arrive.
"""

import heapq
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from controller.simulate.trace import Day

MINUTE = 60_000_000
BREAK, DONE, BACK, ARRIVAL, FREE = range(5)


@dataclass(frozen=True, slots=True)
class Visit:
    """A ticket called to a window, and the items done there, back to back. Indices."""

    ticket: int
    items: tuple[int, ...]


class Waiting(Protocol):
    """A waiting room under one policy. Tickets and windows are given by their index in the day;
    it knows what the hall could know, never the truth."""

    def arrive(self, ticket: int, now: int) -> None:
        """A ticket begins to wait."""

    def place(self, ticket: int, idle: list[tuple[int, int]]) -> int | None:
        """Which idle window (each with the instant since when) should take the ticket."""

    def call(self, window: int, now: int) -> Visit | None:
        """Whom the window calls now."""

    def no_show(self, ticket: int, window: int, now: int) -> None:
        """Nobody came."""

    def item_done(self, ticket: int, item: int, window: int, now: int) -> bool:
        """An item is done; whether the ticket waits again for others."""

    def absent(self, window: int, now: int) -> None:
        """The window stops calling."""

    def present(self, window: int, now: int) -> None:
        """The window calls again."""


@dataclass(frozen=True, slots=True)
class Called:
    """One item in one pair of hands; instants in microseconds."""

    ticket: int
    item: int
    window: int
    called: int
    finished: int


@dataclass(slots=True)
class Played:
    """All calls of a day, in order, and the processor time of each decision (nanoseconds): what
    else the machine does meanwhile does not count."""

    calls: list[Called] = field(default_factory=list)
    decisions: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Hand:
    """A window at work: the item in hand of `ticket` ends at `end`, the others follow. Indices."""

    window: int
    ticket: int
    items: tuple[int, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Midway:
    """How a world stands that begins in the midst of a day, at instant 0. The first `present`
    tickets of the day came before; `away`: until when windows are absent."""

    present: int
    hands: tuple[Hand, ...] = ()
    away: tuple[tuple[int, int], ...] = ()


def micros(minutes: float) -> int:
    """Microseconds, never earlier than the minutes say."""
    return math.ceil(minutes * MINUTE)


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without overlaps, in order."""
    result: list[tuple[int, int]] = []
    for begin, end in sorted(s for s in spans if s[1] > s[0]):
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((begin, end))
    return result


class World:
    """Plays one day through one waiting room, from the morning or from `midway` on.

    `minutes_of`: how long an item takes, by window, ticket and item (indices).
    """

    def __init__(
        self,
        day: Day,
        room: Waiting,
        minutes_of: Callable[[int, int, int], float],
        midway: Midway | None = None,
    ) -> None:
        self.day, self.room, self.minutes_of = day, room, minutes_of
        self.midway = midway
        self.played = Played()
        self._count = 0
        self._events: list[tuple[int, int, int, tuple[int, ...]]] = []
        self._idle: dict[int, int] = dict.fromkeys(range(len(day.windows)), 0)
        self._away: dict[int, int] = {}
        self._breaks: list[list[tuple[int, int]]] = [[] for _ in day.windows]

    def play(self, ended: Callable[[int], bool] = lambda now: False) -> Played:
        """Play until everybody was served, or it is `ended` for the one who looks."""
        self._plan()
        while self._events:
            now, kind, _, what = heapq.heappop(self._events)
            if ended(now):
                break
            if kind == ARRIVAL:
                self._arrival(what[0], now)
            elif kind == DONE:
                self._done(what, now)
            elif kind == BREAK:
                self._break(what[0], what[1], now)
            elif kind == BACK:
                self._back(what[0], now)
            elif what[0] in self._idle:
                self._call(what[0], now)
        return self.played

    def _plan(self) -> None:
        number = {w.id: n for n, w in enumerate(self.day.windows)}
        spans: dict[int, list[tuple[int, int]]] = {}
        for b in self.day.breaks:
            span = micros(b.at), micros(b.at + b.minutes)
            spans.setdefault(number[b.window], []).append(span)
        for window, own in sorted(spans.items()):
            self._breaks[window] = merged(own)
            for begin, end in self._breaks[window]:
                self._push(begin, BREAK, (window, end))
        to_come = range(self.midway.present if self.midway else 0, len(self.day.tickets))
        for n in sorted(to_come, key=lambda n: (self.day.tickets[n].at, n)):
            self._push(micros(self.day.tickets[n].at), ARRIVAL, (n,))
        if self.midway is not None:
            self._take_over(self.midway)

    def _take_over(self, midway: Midway) -> None:
        """Go on from where the day stands; idle windows call at once."""
        for hand in midway.hands:
            del self._idle[hand.window]
            self._push(hand.end, DONE, (hand.window, hand.ticket, *hand.items))
        for window, until in midway.away:
            del self._idle[window]
            self._away[window] = until
            self._push(until, BACK, (window,))
        for window in self._idle:
            self._push(0, FREE, (window,))

    def _push(self, at: int, kind: int, what: tuple[int, ...]) -> None:
        self._count += 1
        heapq.heappush(self._events, (at, kind, self._count, what))

    def _arrival(self, ticket: int, now: int) -> None:
        self.room.arrive(ticket, now)
        self._offer(ticket, now)

    def _offer(self, ticket: int, now: int) -> None:
        """Give a ticket that begins to wait to an idle window, if one can serve it."""
        if not self._idle:
            return
        window = self.room.place(ticket, list(self._idle.items()))
        if window is not None:
            self._call(window, now)

    def _call(self, window: int, now: int) -> None:
        began = time.thread_time_ns()
        visit = self.room.call(window, now)
        self.played.decisions.append(time.thread_time_ns() - began)
        if visit is None:
            self._idle.setdefault(window, now)
            return
        self._idle.pop(window, None)
        if self.day.tickets[visit.ticket].no_show:
            end = now + micros(self.day.truth.no_show_minutes)
            self._keep(visit.ticket, visit.items[0], window, now, end)
            self._push(end, DONE, (window, visit.ticket, -1))
        else:
            self._begin(window, visit.ticket, visit.items, now)

    def _begin(self, window: int, ticket: int, items: tuple[int, ...], now: int) -> None:
        end = now + round(self.minutes_of(window, ticket, items[0]) * MINUTE)
        self._keep(ticket, items[0], window, now, end)
        self._push(end, DONE, (window, ticket, *items))

    def _keep(self, ticket: int, item: int, window: int, called: int, finished: int) -> None:
        self.played.calls.append(Called(ticket, item, window, called, finished))

    def _done(self, what: tuple[int, ...], now: int) -> None:
        window, ticket, item, *rest = what
        again = False
        if item < 0:
            self.room.no_show(ticket, window, now)
        else:
            again = self.room.item_done(ticket, item, window, now)
            if rest:
                self._begin(window, ticket, tuple(rest), now)
                return
        away_until = self._away_until(window, now)
        if away_until is None:
            self._idle[window] = now
            self._call(window, now)
        else:
            self.room.absent(window, now)
            self._away[window] = away_until
            self._push(away_until, BACK, (window,))
        if again:
            self._offer(ticket, now)

    def _away_until(self, window: int, now: int) -> int | None:
        return next((e for b, e in self._breaks[window] if b <= now < e), None)

    def _break(self, window: int, end: int, now: int) -> None:
        if window in self._idle:
            del self._idle[window]
            self.room.absent(window, now)
            self._away[window] = end
            self._push(end, BACK, (window,))

    def _back(self, window: int, now: int) -> None:
        if self._away.pop(window, None) is not None:
            self.room.present(window, now)
            self._idle[window] = now
            self._call(window, now)


class TrueMinutes:
    """How long items truly take at the windows."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self._means = [day.truth.mean.get(w.id, {}) for w in day.windows]

    def __call__(self, window: int, ticket: int, item: int) -> float:
        """Minutes of the item of the ticket at the window."""
        one = self.day.tickets[ticket]
        return self._means[window][one.items[item]] * one.noise[item]


class PooledMinutes(TrueMinutes):
    """The same where every window does everything: the service's pooled mean × the clerk's
    speed."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self._pooled = day.truth.pooled or {}
        self._speeds = [day.truth.speed.get(w.id, 1.0) for w in day.windows]

    def __call__(self, window: int, ticket: int, item: int) -> float:
        """Minutes of the item of the ticket at the window."""
        one = self.day.tickets[ticket]
        return self._pooled[one.items[item]] * self._speeds[window] * one.noise[item]
