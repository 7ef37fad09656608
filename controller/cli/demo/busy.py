"""A living hall: simulated citizens and clerks who use the public interface, faster than life."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from config import HallConfig
from controller.cli.client import Json, Refused
from controller.cli.demo.busy_crew import FREE, Crew
from controller.cli.demo.busy_day import Day, Visitor
from controller.cli.demo.busy_desk import Work
from controller.cli.demo.busy_line import BackOff, Line, Silent
from controller.hall.visitor import mask_name

SLOWEST, FASTEST, USUAL = 1, 60, 10
LOOK_EVERY_S = 1.5
LONGEST_SLEEP_S = 1.0
SAVE_EVERY_S = 10.0
LATE_MIN = 5.0
ELDER = "elder"
"""The demo hall's group that a card proves."""


@dataclass(frozen=True, slots=True)
class Place:
    """The hall in which the simulated people move.

    `kiosk` and `operator` are tokens; `clerks` gives the window of every staff number that can
    sign in, and may grow; `sign_in` gives a clerk's session token and whether it is a new one;
    `notes` is the file that remembers the day.
    """

    address: str
    config: HallConfig
    kiosk: str
    operator: str
    clerks: Mapping[str, int]
    sign_in: Callable[[str], tuple[str, bool]]
    notes: Path


class Busy:
    """The switch. Off at first; a thread of its own from `start` to `close`."""

    def __init__(self, place: Place, say: Callable[[str], None], seed: int = 1) -> None:
        """`say` hears of trouble, once of each kind."""
        self._place, self._say = place, say
        self._rng = Random(seed)
        self._ended, self._changed = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._on, self._speed = False, float(USUAL)
        self._told: Json = {}
        self._thread = threading.Thread(target=self._run, name="busy", daemon=True)

    def start(self) -> None:
        """Be ready to be switched on."""
        self._thread.start()

    def switch(self, on: bool, speed: float | None = None) -> None:
        """Let them come, or go home; how many times faster than life they are."""
        with self._lock:
            self._on = on
            self._speed = self._speed if speed is None else speed
        self._changed.set()

    def json(self) -> Json:
        """How it stands: ``on``, ``speed``, the day's ``clock``, and counts of this run."""
        with self._lock:
            return {
                "on": self._on,
                "speed": self._speed,
                "slowest": SLOWEST,
                "fastest": FASTEST,
                "free": list(FREE),
                **self._told,
            }

    def close(self) -> None:
        """Stop where everybody stands; the next start goes on from there."""
        self._ended.set()
        self._changed.set()
        if self._thread.is_alive():
            self._thread.join(5.0)

    # -- the thread -------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._ended.is_set() and not self._on:
            self._changed.wait()
            self._changed.clear()
        if self._ended.is_set():
            return
        town = _Town(self._place, self._say, self._rng, self._ended)
        try:
            while not self._ended.is_set():
                with self._lock:
                    on, speed = self._on, self._speed
                wait = town.step(on, speed)
                with self._lock:
                    self._told = town.json()
                self._changed.wait(wait)
                self._changed.clear()
        finally:
            town.close()


class _Town:
    """Everybody who is simulated, and the day they live."""

    def __init__(
        self, place: Place, say: Callable[[str], None], rng: Random, ended: threading.Event
    ) -> None:
        self._place = place
        self._line = Line(place.address, say, ended)
        self._day = Day(place.config, rng)
        self._tokens: dict[str, str] = {}
        notes = _read(place.notes)
        mine = {str(ticket) for ticket in notes.get("tickets", [])}
        self._work = Work(
            self._line, self._day, place.config.policy, self._token, self._forget, mine
        )
        kept = {int(no) for no in notes.get("windows", [])}
        self._crew = Crew(place.config, self._work, place.clerks, kept)
        zone = ZoneInfo(place.config.hall.timezone)
        wall = datetime.now(zone)
        self._position = float(
            notes.get("position") or self._day.begins(wall.hour * 60 + wall.minute)
        )
        self._next = self._day.next(self._position)
        self._at = time.monotonic()
        self._printing: deque[tuple[float, str]] = deque()
        self._look_at = self._save_at = self._issue_at = 0.0
        self._seq: int | None = None
        self._on = False
        self._issued = 0
        self._trouble, self._kiosk_trouble, self._look_trouble = BackOff(), BackOff(), BackOff()

    def step(self, on: bool, speed: float) -> float:
        """Do at most one thing; how many seconds there is nothing to do."""
        now = time.monotonic()
        self._live(now, on, speed)
        try:
            wait = self._act(now, on)
        except Silent:
            return self._trouble.failed()
        self._trouble.succeeded()
        return wait

    def json(self) -> Json:
        """What the index page shows."""
        minute = self._day.clock(self._position % self._day.length)
        return {
            "clock": f"{minute // 60:02d}:{minute % 60:02d}",
            "windows": self._crew.windows(),
            "issued": self._issued,
            "called": self._work.calls,
            "finished": self._work.finished,
            "waiting": sum(self._work.waiting.values()),
            "requests": self._line.requests,
            "refused": self._line.refused,
        }

    def close(self) -> None:
        """Remember the day."""
        self._save()
        self._line.close()

    def _live(self, now: float, on: bool, speed: float) -> None:
        """Let time pass, and hear of the switch."""
        if on:
            self._position += (now - self._at) * speed / 60
        self._at = now
        self._work.speed, self._work.leaving = speed, not on
        if on != self._on:
            self._on = on
            if on:
                self._next = self._day.next(self._position)
                self._look(now)
                self._crew.come(now)
            else:
                self._crew.go(now)

    def _act(self, now: float, on: bool) -> float:
        if now >= self._save_at:
            self._save()
            self._save_at = now + SAVE_EVERY_S
        if not on and self._crew.gone:
            return LONGEST_SLEEP_S
        self._crew.staff(now)
        due, deed = min(self._deeds(now, on), key=lambda one: one[0])
        if due > now:
            return min(LONGEST_SLEEP_S, due - now)
        deed(now)
        return 0.0

    def _deeds(self, now: float, on: bool) -> Iterator[tuple[float, Callable[[float], None]]]:
        """What is to be done, and when: who is longest overdue goes first, so that nobody who has
        much to do keeps the others from theirs."""
        yield self._look_at, self._look_again
        if self._printing:
            yield self._printing[0][0], self._printed
        if on:
            arrives = now + (self._next - self._position) * 60 / self._work.speed
            yield max(arrives, self._issue_at), self._issue
        desk = self._crew.due()
        if desk is not None and desk.due is not None:
            yield desk.due, desk.act

    # -- the hall as it is ------------------------------------------------------------------

    def _look_again(self, now: float) -> None:
        self._look_at = now + LOOK_EVERY_S
        self._look(now)

    def _look(self, now: float) -> None:
        """See who signed in, how the windows stand and how many wait."""
        operator = self._place.operator
        try:
            if self._seq is None:
                self._seq = int(self._line.get(operator, "/health")["seq"])
            events = self._line.get(operator, f"/events?after={self._seq}&limit=500")["events"]
            if events:
                self._seq = int(events[-1]["seq"])
            self._crew.heard(events, now)
            snapshot = self._line.get(operator, "/snapshot?room=hall")["snapshot"]
            queues = snapshot["queues"].items()
            self._work.waiting = {skill: int(queue["waiting"]) for skill, queue in queues}
            self._crew.seen(self._line.get(operator, "/windows")["windows"], now)
        except Refused:
            self._look_at = now + self._look_trouble.failed()
            return
        self._look_trouble.succeeded()
        for desk in self._crew.desks.values():
            desk.wake(now)

    # -- the kiosk --------------------------------------------------------------------------

    def _issue(self, now: float) -> None:
        # Whoever could not be served with a number in time stays at home.
        self._next = max(self._day.next(self._next), self._position - LATE_MIN)
        who = self._day.visitor()
        try:
            answer = self._line.command(self._place.kiosk, "/tickets", **self._wish(who))
        except Refused:
            self._issue_at = now + self._kiosk_trouble.failed()
            return
        self._kiosk_trouble.succeeded()
        ticket = answer["ticket"]
        self._issued += 1
        self._work.mine.add(ticket["id"])
        self._printing.append((now, ticket["id"]))
        skills = {item.code: item.skill for item in self._place.config.items}
        for skill in {skills[item["code"]] for item in ticket["items"]}:
            self._work.waiting[skill] = self._work.waiting.get(skill, 0) + 1
        for desk in self._crew.desks.values():
            desk.wake(now)

    def _wish(self, who: Visitor) -> Json:
        what: Json = {"items": list(who.items)} if who.items else {"bundle": who.bundle}
        person = {"key": self._day.key(), "masked": mask_name(who.name)}
        priority = ELDER if who.cls == "priority" else None
        return {**what, "priority": priority, "person": person}

    def _printed(self, now: float) -> None:
        ticket = self._printing.popleft()[1]
        with contextlib.suppress(Refused):
            self._line.command(self._place.kiosk, f"/tickets/{ticket}/print", outcome="printed")

    # -- sessions and notes -----------------------------------------------------------------

    def _token(self, staff_no: str) -> str:
        if staff_no not in self._tokens:
            try:
                token, fresh = self._place.sign_in(staff_no)
            except OSError as error:
                raise Silent from error
            if fresh:
                told = self._crew.signed_in
                told[staff_no] = told.get(staff_no, 0) + 1
            self._tokens[staff_no] = token
        return self._tokens[staff_no]

    def _forget(self, staff_no: str) -> None:
        self._tokens.pop(staff_no, None)

    def _save(self) -> None:
        notes = {
            "position": self._position,
            "windows": self._crew.windows(),
            "tickets": sorted(self._work.mine),
        }
        beside = self._place.notes.with_suffix(".new")
        with contextlib.suppress(OSError):  # the day goes on without
            beside.write_text(json.dumps(notes), encoding="utf-8")
            beside.replace(self._place.notes)


def _read(notes: Path) -> Json:
    try:
        found = json.loads(notes.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
