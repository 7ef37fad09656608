"""The thread between the pins and the session.

gpiozero calls back in threads of its own; they only put what they felt into a queue.  This thread
makes the contacts steady, tells what they mean, and lights the lamps.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from kiosk.panel.base import (
    Board,
    Contact,
    Open,
    PanelEvent,
    PinsLost,
    Place,
    PresenceChanged,
    Signal,
    Word,
)
from kiosk.panel.contacts import ORDINARY, Contacts, Manner
from kiosk.panel.signals import Show

LOOK_S = 1.0
"""How often the levels are read, should an edge have been lost."""
RETRY_S = 10.0

log = structlog.get_logger("kiosk.panel")


class Panel:
    """One panel.  `start`, then `show` what a session needs, then `close`."""

    def __init__(self, open_pins: Open, manner: Manner = ORDINARY) -> None:
        self._open, self._manner = open_pins, manner
        self._inbox: queue.Queue[_Touch | Show | None] = queue.Queue()
        self._report: Callable[[PanelEvent], None] = lambda event: None
        self._contacts = Contacts(manner)
        self._wanted = Show()
        self._lit: dict[Place, Signal] = {}
        self._buzzing = False
        self._word = Word.STARTING
        self._thread = threading.Thread(target=self._run, name="panel", daemon=True)

    def start(self, report: Callable[[PanelEvent], None]) -> None:
        """Begin; `report` hears what the panel tells, on the panel's thread.  Never raises for
        pins that cannot be had: see `word`."""
        self._report = report
        self._thread.start()

    def close(self) -> None:
        """Lamps go out."""
        self._inbox.put(None)
        self._thread.join()

    def show(self, show: Show) -> None:
        """From now on.  Any thread; returns at once."""
        self._inbox.put(show)

    @property
    def word(self) -> str:
        """Its condition in one word.  Any thread."""
        return self._word.value

    def _run(self) -> None:
        while True:
            try:
                pins = self._open(self._felt)
            except PinsLost as lost:
                self._is(lost.word, str(lost))
                if self._rest(RETRY_S):
                    return
                continue
            try:
                self._serve(pins)
                return
            except PinsLost as lost:
                self._is(lost.word, str(lost))
                self._report(PresenceChanged(True))  # who cannot be felt must not find it asleep
            finally:
                pins.close()

    def _felt(self, what: Contact, active: bool) -> None:
        """On a thread of gpiozero's."""
        self._inbox.put(_Touch(what, active, time.monotonic()))

    def _rest(self, seconds: float) -> bool:
        """Wait without pins; whether it is time to end."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                came = self._inbox.get(timeout=left)
            except queue.Empty:
                return False
            if came is None:
                return True
            self._hear(came)
        return False

    def _serve(self, pins: Board) -> None:
        """Until it is time to end.  Raises `PinsLost`."""
        self._lit.clear()
        self._buzzing = False
        self._contacts = Contacts(self._manner)
        while True:
            now = time.monotonic()
            for what, active in pins.levels().items():
                self._contacts.feel(what, active, now)
            for event in self._contacts.tell(self._wanted, now):
                self._report(event)
            self._is(Word.DOOR_OPEN if self._contacts.door_open else Word.OK)
            self._light(pins)
            due = self._contacts.due()
            wait = LOOK_S if due is None else min(LOOK_S, max(0.0, due - time.monotonic()))
            try:
                came = self._inbox.get(timeout=wait)
            except queue.Empty:
                continue
            if came is None:
                return
            self._hear(came)

    def _hear(self, came: _Touch | Show) -> None:
        if isinstance(came, Show):
            self._wanted = came
        else:
            self._contacts.feel(came.what, came.active, came.at)

    def _light(self, pins: Board) -> None:
        for at in Place:
            signal = self._wanted.at(at)
            if at is Place.MOUTH and signal is Signal.TAKE and self._contacts.taken:
                signal = Signal.OFF
            if self._lit.get(at) is not signal:
                pins.light(at, signal)
                self._lit[at] = signal
        if self._contacts.buzzes is not self._buzzing:
            self._buzzing = self._contacts.buzzes
            pins.buzz(self._buzzing)

    def _is(self, word: Word, why: str = "") -> None:
        if word is not self._word:
            log.info("panel", state=word.value, why=why)
            self._word = word


@dataclass(frozen=True, slots=True)
class _Touch:
    """A contact as it was at one moment of the monotonic clock."""

    what: Contact
    active: bool
    at: float
