"""Says phrases, one after the other, never two at once."""

from __future__ import annotations

import threading
from array import array

from display.voice.clips import Clips
from display.voice.phrases import CHIME, Phrase
from display.voice.sink import Ended, Sink
from display.voice.wave import Samples, silence

PAUSE_S = 0.8
"""Between the two times that a call is said."""
PROBE_S = 0.05


class Player:
    """Plays phrases of a folder of clips, one at a time whoever asks."""

    def __init__(self, clips: Clips, sink: Sink) -> None:
        self._clips, self._sink = clips, sink
        self._turn = threading.Lock()

    @property
    def trouble(self) -> str:
        """What is wrong with the loudspeaker, "" if nothing is."""
        return self._sink.trouble

    def probe(self) -> Ended:
        """Ask the loudspeaker whether it is there, without a sound; see `trouble` afterwards."""
        with self._turn:
            return self._sink.play(silence(PROBE_S), 1.0, threading.Event())

    def can(self, phrase: Phrase) -> bool:
        """Whether every clip of the phrase is there."""
        return self._clips.has(phrase)

    def say(
        self,
        phrase: Phrase,
        *,
        times: int = 1,
        chime: bool = False,
        volume: float = 1.0,
        hush: threading.Event | None = None,
    ) -> Ended:
        """Play the phrase so many times, after the chime if asked.  Waits for its turn.

        Set `hush` from anywhere, also before, and it ends as `Ended.CUT`.  Raises `ClipMissing`
        before anything sounds, so that half a phrase is never said.
        """
        samples = self._put_together(phrase, times, chime)
        hush = hush or threading.Event()
        with self._turn:
            return Ended.CUT if hush.is_set() else self._sink.play(samples, volume, hush)

    def _put_together(self, phrase: Phrase, times: int, chime: bool) -> Samples:
        whole = array("h")
        if chime:
            whole += self._clips[CHIME]
        for time in range(times):
            if time:
                whole += silence(PAUSE_S)
            for clip in phrase:
                whole += self._clips[clip]
        return whole
