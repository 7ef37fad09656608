"""Says the calls of its zones, one after the other, never two at once.

The feed's thread only notes what is wanted; one thread of ours claims, speaks and confirms.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from controller.sdnotify import Turn
from display.announcer.claims import Claims, Outcome, Unreachable
from display.announcer.hours import Hours, Loudness, wall_time
from display.announcer.wishes import Json, Wish, Wishes
from display.voice.clips import ClipMissing
from display.voice.phrases import Called, Manner, Phrase, call_phrase
from display.voice.player import Player
from display.voice.sink import Ended

PAUSE_S = 1.0
"""Between two attempts to reach the controller or a loudspeaker."""
PROBE_S = 20.0
BOUND_S = 180.0
"""Longer than the longest call takes, said three times, and its claims."""
_ENDS = {Ended.PLAYED: Outcome.SAID, Ended.CUT: Outcome.CUT, Ended.NO_SOUND: Outcome.FAILED}


ORDINARY, EVEN = Manner(), Loudness()


class Word(StrEnum):
    """The condition of the voice, in the one word that the controller hears."""

    OK = "ok"
    STARTING = "starting"
    MUTE = "gone"
    """There is no sound device, or it fails."""
    CLIPS = "clips"
    """A clip is missing: some calls cannot be said."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How this loudspeaker speaks.  `floors`: of zones whose windows are named with it."""

    zones: frozenset[str]
    manner: Manner = ORDINARY
    times: int = 2
    once_from: int = 3
    wanted_s: int = 180
    loudness: Loudness = EVEN
    floors: dict[str, int] = field(default_factory=dict)


Note = Callable[[str, Wish], None]
"""Hears what happens to a wish: "say" and how it ended; "left" to another or to silence;
"unsayable" for want of a clip."""


class Announcer:
    """A `display.feed.Listener`.  `start`, then `close`."""

    def __init__(
        self,
        claims: Claims,
        player: Player,
        habits: Habits,
        note: Note = lambda what, wish: None,
        *,
        whole: bool = True,
    ) -> None:
        """`whole`: whether every clip is there."""
        self._claims, self._player, self._habits, self._note = claims, player, habits, note
        self._wishes = Wishes(habits.zones, habits.wanted_s * 1000)
        self._news = threading.Condition()
        self._hush = threading.Event()
        self._silent: dict[str, list[Hours]] = {}
        self._tz = "Asia/Shanghai"
        self._ahead_ms = 0.0
        """The controller's clock less our monotonic one."""
        self._over = False
        self._probed_at: float | None = None
        self._clip_missing = not whole
        self.turn = Turn("announcer", BOUND_S)
        self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)

    def start(self) -> None:
        """Begin to speak."""
        self._thread.start()

    def close(self) -> None:
        """Be silent, at once."""
        with self._news:
            self._over = True
            self._hush.set()
            self._news.notify()
        self._thread.join()

    @property
    def word(self) -> str:
        """How the voice is.  Any thread."""
        if self._probed_at is None:
            return Word.STARTING.value
        if self._player.trouble:
            return Word.MUTE.value
        return (Word.CLIPS if self._clip_missing else Word.OK).value

    @property
    def crowd(self) -> int:
        """How many calls want to be said, with the one that sounds.  Any thread."""
        with self._news:
            return self._wishes.crowd()

    # -- from the feed ----------------------------------------------------------------

    def joined(self, snapshot: Json) -> None:
        """See `Listener`."""
        with self._news:
            self._tz = snapshot.get("tz", self._tz)
            self._silent = {
                zone["id"]: [tuple(span) for span in zone.get("silent") or ()]
                for zone in snapshot.get("zones", [])
            }
            self._tell_time(snapshot.get("at"))
            self._wishes.joined(snapshot)
            self._stir()

    def heard(self, events: list[Json]) -> None:
        """See `Listener`."""
        with self._news:
            self._tell_time(events[-1].get("at") if events else None)
            self._wishes.heard(events)
            self._stir()

    def beat(self, beat: Json) -> None:
        """See `Listener`."""
        with self._news:
            self._tell_time(beat.get("at"))

    def tick(self, quiet_s: float) -> None:
        """See `Listener`."""

    def _stir(self) -> None:
        if self._wishes.unwanted:
            self._hush.set()
        self._news.notify()

    def _tell_time(self, at: object) -> None:
        if isinstance(at, int):
            self._ahead_ms = at - time.monotonic() * 1000

    def _now_ms(self) -> int:
        return round(time.monotonic() * 1000 + self._ahead_ms)

    # -- our own thread -----------------------------------------------------------------

    def _run(self) -> None:
        while not self._over:
            self.turn()
            if not self._sounds():
                self._rest(PAUSE_S)
                continue
            self._claims.settle()
            wish = self._next()
            if wish is None:
                continue
            if not self._announce(wish):
                self._rest(PAUSE_S)

    def _sounds(self) -> bool:
        """Whether there is a loudspeaker; one that failed is asked again.  Without one nothing is
        claimed: another announcer may speak, and what is still wanted later is said then."""
        due = self._probed_at is None or bool(self._player.trouble)
        if due:
            self._player.probe()
            self._probed_at = time.monotonic()
        return not self._player.trouble

    def _rest(self, seconds: float) -> None:
        with self._news:
            self._news.wait_for(lambda: self._over, seconds)

    def _next(self) -> Wish | None:
        with self._news:
            self._news.wait_for(lambda: self._over or bool(self._wishes.waiting), PROBE_S)
            if self._over:
                return None
            self._hush = threading.Event()
            return self._wishes.take(self._now_ms())

    def _announce(self, wish: Wish) -> bool:
        """Claim, say and confirm.  False if the controller could not be asked.

        What we have no clips for is not claimed: another announcer may have them.
        """
        phrase = self._phrase(wish)
        if phrase is None:
            self._clip_missing = True
            self._end(wish, "unsayable")
            return True
        wall = wall_time(self._now_ms(), self._tz)
        loudness = replace(self._habits.loudness, zones=self._silent)
        zones = [zone for zone in wish.zones if loudness.hears(zone, wall)]
        try:
            granted = [zone for zone in zones if self._may(wish, zone)]
        except Unreachable:
            with self._news:
                self._wishes.put_back()
            return False
        if granted:
            outcome = self._say(wish, phrase, loudness.at(wall))
            for zone in granted:
                self._claims.confirm(wish, zone, outcome)
        self._end(wish, outcome.value if granted else "left")
        return True

    def _end(self, wish: Wish, what: str) -> None:
        with self._news:
            self._wishes.done()
        self._note(what, wish)

    def _may(self, wish: Wish, zone: str) -> bool:
        answer = self._claims.claim(wish, zone)
        if answer.broken:  # we died while we said it: it is not said again, and staff hear of it
            self._claims.confirm(wish, zone, Outcome.FAILED)
        return answer.yes

    def _say(self, wish: Wish, phrase: Phrase, volume: float) -> Outcome:
        with self._news:
            crowded = self._wishes.crowd() >= self._habits.once_from
            hush = self._hush
        times = 1 if crowded else self._habits.times
        self._note("say", wish)
        try:
            ended = self._player.say(phrase, times=times, chime=True, volume=volume, hush=hush)
        except ClipMissing:
            return Outcome.FAILED
        # cut off since we end and not since the person came: nobody may have heard it
        return Outcome.FAILED if self._over and ended is Ended.CUT else _ENDS[ended]

    def _phrase(self, wish: Wish) -> Phrase | None:
        """The clips of the call; None if we do not have them all."""
        floor = self._habits.floors.get(wish.place)
        called = Called(wish.number, wish.window, recall=wish.times > 1, floor=floor)
        try:
            phrase = call_phrase(called, self._habits.manner)
        except ValueError:
            return None
        return phrase if self._player.can(phrase) else None
