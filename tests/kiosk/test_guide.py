"""Who asked for it hears each step once; a new step makes the old one fall silent."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from display.voice.build import build
from display.voice.clips import Clips
from display.voice.guidance import GUIDANCE, guidance_clip
from display.voice.player import Player
from display.voice.sink import Ended, NoSink
from display.voice.wave import Samples
from kiosk.guide import Guide, step_of
from kiosk.session.model import ReaderLamp, Session, State, Visit
from tests.display.voice.test_clips import tone

READY = Session("n", frozenset(), reader=ReaderLamp.OK)
LONG_S = 30.0


def at(state: State, **visit: object) -> Session:
    return replace(READY, visit=replace(Visit(state), **visit))


def test_nobody_is_spoken_to_who_did_not_ask() -> None:
    assert step_of(at(State.HOME)) is None


@pytest.mark.parametrize("asked", [{"voice": True}, {"elder": True}])
def test_voice_and_large_text_are_spoken_to_in_their_language(asked: dict[str, bool]) -> None:
    assert step_of(at(State.HOME, **asked)) == (guidance_clip("home-choose", "zh"),)
    assert step_of(at(State.HOME, lang="en", **asked)) == (guidance_clip("home-choose", "en"),)


def test_a_card_that_was_left_is_told_to_everybody() -> None:
    left = replace(at(State.IDLE), card_alarm_at=9.0)
    assert step_of(left) == (guidance_clip("card_left", "zh"),)


def test_there_is_guidance_for_every_step_a_person_can_come_to() -> None:
    assert {state.value for state in State} - set(GUIDANCE) <= {"enrol"}


class Mouth:
    """A loudspeaker that sounds until it is hushed or released."""

    trouble = ""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.ended: list[Ended] = []
        self.sounding = threading.Semaphore(0)
        self.silent = threading.Semaphore(0)

    def play(self, samples: Samples, volume: float, hush: threading.Event) -> Ended:
        self.lengths.append(len(samples))
        self.sounding.release()
        ended = Ended.CUT if hush.wait(LONG_S) else Ended.PLAYED
        self.ended.append(ended)
        self.silent.release()
        return ended


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Clips:
    folder: Path = tmp_path_factory.mktemp("clips")
    build(folder, lambda text, lang: tone(0.01 * len(text)))
    return Clips(folder)


def test_a_new_step_cuts_the_old_one_off(clips: Clips) -> None:
    mouth = Mouth()
    guide = Guide(Player(clips, mouth))
    guide.start()
    guide.follow(at(State.HOME, voice=True))
    assert mouth.sounding.acquire(timeout=LONG_S)
    guide.follow(at(State.HOME, voice=True))  # a figure changed, not the step
    guide.follow(at(State.ITEM, voice=True))
    assert mouth.silent.acquire(timeout=LONG_S)
    assert mouth.sounding.acquire(timeout=LONG_S)
    home, item = (clips[guidance_clip(step, "zh")] for step in ("home-choose", "item-card"))
    assert mouth.lengths == [len(home), len(item)]
    guide.close()
    assert mouth.silent.acquire(timeout=LONG_S)
    assert mouth.ended == [Ended.CUT, Ended.CUT]


def test_switching_the_voice_off_ends_it(clips: Clips) -> None:
    mouth = Mouth()
    guide = Guide(Player(clips, mouth))
    guide.start()
    guide.follow(at(State.HOME, voice=True))
    assert mouth.sounding.acquire(timeout=LONG_S)
    guide.follow(at(State.HOME))
    assert mouth.silent.acquire(timeout=LONG_S)
    guide.close()
    assert mouth.ended == [Ended.CUT]


def test_a_kiosk_without_a_loudspeaker_says_so(clips: Clips) -> None:
    guide = Guide(Player(clips, NoSink()))
    assert guide.word == "gone"
    guide.start()
    guide.follow(at(State.HOME, voice=True))
    guide.close()
