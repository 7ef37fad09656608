"""Says each step of a visit aloud, once, for those who asked for it.

A step that has begun makes the step before fall silent.  Who has large text or the voice switched
on is spoken to; nobody else is.
"""

from __future__ import annotations

import threading

from display.voice.guidance import guidance_clip
from display.voice.phrases import Phrase as Clips
from display.voice.player import Player
from kiosk.phrases import phrase_of
from kiosk.session.model import Session, State

CARD_LEFT = "card_left"


def step_of(session: Session) -> Clips | None:
    """The clips that belong to this moment, None for silence.  PURE.

    A card that was left is told to everybody; who asked for the voice hears of it with the number.
    """
    visit = session.visit
    asked = visit.voice or visit.elder
    if session.card_alarm_at is not None and not (asked and visit.state is State.DONE):
        return (guidance_clip(CARD_LEFT, visit.lang),)
    phrase = phrase_of(session) if asked else None
    try:
        return phrase.clips(visit.lang) if phrase else None
    except ValueError:
        return None  # a figure that cannot be said; it stands on the page


class Guide:
    """Follows a session and speaks on a thread of its own.  `follow` returns at once."""

    def __init__(self, player: Player, volume: float = 1.0) -> None:
        self._player, self._volume = player, volume
        self._step: Clips | None = None
        self._hush = threading.Event()
        self._news = threading.Condition()
        self._fresh = False
        self._over = False
        self._thread = threading.Thread(target=self._run, name="guide", daemon=True)

    @property
    def word(self) -> str:
        """The loudspeaker in one word: ``ok`` or ``gone``."""
        return "gone" if self._player.trouble else "ok"

    def start(self) -> None:
        """Begin to speak."""
        self._thread.start()

    def close(self) -> None:
        """Be silent, for good."""
        with self._news:
            self._over = True
            self._hush.set()
            self._news.notify()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def follow(self, session: Session) -> None:
        """The session is now this one."""
        step = step_of(session)
        with self._news:
            if step == self._step:
                return
            self._hush.set()
            self._step, self._hush, self._fresh = step, threading.Event(), True
            self._news.notify()

    def _run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._fresh or self._over)
                if self._over:
                    return
                step, hush, self._fresh = self._step, self._hush, False
            if step is not None and self._player.can(step):
                self._player.say(step, volume=self._volume, hush=hush)
