"""FR-48, law 6 and the voice's part of peers 6, 7 and 8, over a real feed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from display.announcer.announcer import Habits
from display.announcer.hours import Loudness
from display.voice.build import build
from display.voice.clips import Clips
from display.voice.phrases import Manner
from display.voice.player import PAUSE_S
from display.voice.sink import Ended, FileSink, NoSink
from display.voice.wave import CHIME_S, Samples, seconds
from tests.browser.screens import controller_behind_cable, wait
from tests.display.announcer.booth import PACE, Booth, Speaker
from tests.display.voice.test_clips import fast


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Clips:
    folder = tmp_path_factory.mktemp("clips")
    build(folder, fast)
    return Clips(folder)


@pytest.fixture
def booth(clips: Clips, monkeypatch: pytest.MonkeyPatch) -> Iterator[Booth]:
    monkeypatch.setattr("display.announcer.announcer.PAUSE_S", 0.05)
    with controller_behind_cable() as (controller, cable):
        made = Booth(controller, cable, clips)
        yield made
        made.close()


class Gate:
    """A loudspeaker that sounds until it is let on, or hushed."""

    def __init__(self) -> None:
        self.trouble = ""
        self.lengths: list[float] = []
        self.volumes: list[float] = []
        self.go = threading.Event()

    def play(self, samples: Samples, volume: float, hush: threading.Event) -> Ended:
        if seconds(samples) < 0.1:
            return Ended.PLAYED  # the probe
        self.lengths.append(seconds(samples))
        self.volumes.append(volume)
        while not self.go.wait(0.005):
            if hush.is_set():
                return Ended.CUT
        return Ended.PLAYED


def length(clips: Clips, number: str, window: str, times: int) -> float:
    """How long a call is: the chime, and the phrase so many times."""
    digits = [{"1": "幺"}.get(d, "零一二三四五六七八九"[int(d)]) for d in number[1:]]
    words = ["请", f"letter-{number[0]}", *digits, "号", "到", *window, "号窗口办理"]
    once = sum(seconds(clips[word]) for word in words)
    return CHIME_S + times * once + (times - 1) * PAUSE_S


def test_twelve_calls_at_once_are_all_said_in_order_and_never_over_each_other(
    booth: Booth,
) -> None:
    """Peers 7: and the voice says the right number for each."""
    speaker = booth.speaker()
    numbers = [f"R{n:03}" for n in range(1, 13)]
    for number in numbers:
        booth.controller.call(number, 5)
    wait(lambda: len(speaker.said()) == 12, "twelve calls")
    assert speaker.said() == numbers
    assert isinstance(speaker.sink, FileSink)
    spans = [span for span in speaker.sink.spans if span.seconds > 0.1]
    assert len(spans) == 12
    for one, following in pairwise(spans):
        assert one.began + one.seconds * PACE <= following.began + 0.001


def test_the_right_clips_sound_for_each_call(booth: Booth, clips: Clips) -> None:
    gate = Gate()
    speaker = booth.speaker(sink=gate)
    booth.controller.call("R021", 5)
    wait(lambda: gate.lengths, "the call")
    for number in ("R110", "R007", "R300"):
        booth.controller.call(number, 8)
    wait(lambda: speaker.announcer.crowd == 4, "the calls")
    gate.go.set()
    wait(lambda: len(speaker.said()) == 4, "all")
    # the first waits alone and is said twice; then three are in the queue, then fewer
    assert gate.lengths == pytest.approx(
        [
            length(clips, "R021", "五", 2),
            length(clips, "R110", "八", 1),
            length(clips, "R007", "八", 2),
            length(clips, "R300", "八", 2),
        ],
        abs=0.01,
    )


def test_a_recall_rings_again_and_asks_for_attention(booth: Booth, clips: Clips) -> None:
    """Peers 8"""
    gate = Gate()
    gate.go.set()
    speaker = booth.speaker(sink=gate)
    call = booth.controller.call("R021", 5)
    wait(lambda: speaker.said() == ["R021"], "the call")
    booth.controller.recall(call)
    wait(lambda: speaker.said() == ["R021", "R021×2"], "the recall")
    attention = 2 * seconds(clips["请注意"])
    assert gate.lengths[1] - gate.lengths[0] == pytest.approx(attention, abs=0.01)


def test_a_call_is_silent_when_the_person_has_come(booth: Booth) -> None:
    gate = Gate()
    speaker = booth.speaker(sink=gate)
    first, second = booth.controller.call("R001", 5), booth.controller.call("R002", 6)
    wait(lambda: speaker.began() == ["R001"], "the first")
    booth.controller.arrive(second)
    booth.controller.arrive(first)
    wait(lambda: ("cut", "R001") in speaker.notes, "silence")
    booth.controller.call("R003", 7)
    wait(lambda: speaker.began()[-1] == "R003", "the third")
    gate.go.set()
    assert "R002" not in speaker.began()
    wait(lambda: speaker.said() == ["R003"], "the end")
    assert sorted(booth.desk.outcomes().values()) == ["cut", "said"]


def test_two_announcers_of_a_zone_say_each_call_once(booth: Booth) -> None:
    one, other = booth.speaker("s-1"), booth.speaker("s-2")
    numbers = [f"R{n:03}" for n in range(1, 9)]
    for number in numbers:
        booth.controller.call(number, 5)
    wait(lambda: len(one.notes + other.notes) >= 2 * 8 + 8, "all to be decided")
    assert sorted(one.said() + other.said()) == numbers


def test_two_zones_say_the_same_call_each_for_itself(booth: Booth) -> None:
    here, there = booth.speaker("s-1", "B"), booth.speaker("s-2", "A")
    booth.controller.call("R001", 5)
    booth.controller.call("C001", 9)
    wait(lambda: here.said() == ["R001"] and there.said() == ["C001"], "both zones")


def test_one_loudspeaker_of_two_zones_says_a_call_once(booth: Booth) -> None:
    speaker = booth.speaker(habits=Habits(frozenset({"A", "B"})))
    booth.controller.call("R001", 5)
    wait(lambda: speaker.said() == ["R001"], "the call")
    assert booth.desk.outcomes() == {"101.1.B": "said"}


def test_after_twenty_missed_calls_only_those_still_wanted_are_said_and_once(
    booth: Booth,
) -> None:
    """Peers 6: and no old audio."""
    speaker = booth.speaker()
    booth.controller.call("R100", 5)
    wait(lambda: speaker.said() == ["R100"], "the call before the cut")
    booth.cable.cut()
    wait(lambda: not speaker.feed.live, "the cut")
    ids = [booth.controller.call(f"R{n:03}", 1 + n % 8) for n in range(1, 21)]
    for id in ids[:16]:
        booth.controller.arrive(id)
    booth.controller.call("R077", 5, ago_s=600)
    booth.cable.mend()
    wait(lambda: len(speaker.said()) == 5, "those still wanted")
    booth.controller.call("R200", 5)
    wait(lambda: speaker.said()[-1] == "R200", "news")
    assert speaker.said() == ["R100", "R017", "R018", "R019", "R020", "R200"]


def test_an_announcer_that_starts_anew_says_what_nobody_said(booth: Booth) -> None:
    first = booth.speaker()
    booth.controller.call("R001", 5)
    wait(lambda: first.said() == ["R001"], "the call")
    first.close()
    booth.controller.call("R002", 6)
    second = booth.speaker()
    wait(lambda: second.said() == ["R002"], "the call that nobody said")
    assert ("left", "R001") in second.notes


def test_a_call_broken_off_by_death_is_not_repeated_and_staff_hear_of_it(booth: Booth) -> None:
    first = booth.speaker(sink=Gate())
    call = booth.controller.call("R001", 5)
    wait(lambda: first.began() == ["R001"], "the call")
    assert booth.desk.outcomes() == {f"{call}.1.B": ""}
    second = booth.speaker()  # the same device: as after kill -9, the first never confirms
    wait(lambda: booth.desk.outcomes() == {f"{call}.1.B": "failed"}, "the alarm")
    assert second.began() == []


def test_a_claim_whose_answer_was_lost_is_said_once(booth: Booth) -> None:
    speaker = booth.speaker()
    booth.desk.lose_answers = 3
    booth.controller.call("R001", 5)
    booth.controller.call("R002", 5)
    wait(lambda: speaker.said() == ["R001", "R002"], "both")
    wait(lambda: set(booth.desk.outcomes().values()) == {"said"}, "their ends")
    assert speaker.began() == ["R001", "R002"]


def test_nothing_is_said_that_was_not_granted(booth: Booth) -> None:
    speaker = booth.speaker()
    booth.desk.away = True
    call = booth.controller.call("R001", 5)
    booth.controller.call("R002", 6)
    booth.controller.arrive(call)
    booth.desk.away = False
    wait(lambda: speaker.said() == ["R002"], "the one that is still wanted")


# -- silence, loudness, faults ------------------------------------------------------------


ALWAYS = [("00:00", "12:00"), ("12:00", "24:00")]


def test_silent_hours_are_silent_and_claim_nothing(booth: Booth) -> None:
    quiet = booth.speaker(habits=Habits(frozenset({"B"}), loudness=Loudness(silent=ALWAYS)))
    booth.controller.call("R001", 5)
    wait(lambda: quiet.notes == [("left", "R001")], "silence")
    assert booth.desk.outcomes() == {}


def test_the_volume_of_the_hour_is_that_of_the_call(booth: Booth) -> None:
    gate = Gate()
    gate.go.set()
    levels = [(hours, 0.4) for hours in ALWAYS]
    speaker = booth.speaker(
        sink=gate, habits=Habits(frozenset({"B"}), loudness=Loudness(1.0, levels))
    )
    booth.controller.call("R001", 5)
    wait(lambda: speaker.said() == ["R001"], "the call")
    assert gate.volumes == [0.4]


def test_the_floor_and_the_english_line_are_said_where_the_hall_wants_them(
    booth: Booth, clips: Clips
) -> None:
    gate = Gate()
    gate.go.set()
    habits = Habits(frozenset({"B"}), Manner(english=True, floors=True), times=1, floors={"B": 2})
    speaker = booth.speaker(sink=gate, habits=habits)
    booth.controller.call("R002", 5)
    wait(lambda: speaker.said() == ["R002"], "the call")
    english = ("en-ticket", "letter-R", "en-zero", "en-zero", "en-two", "en-counter", "en-five")
    more = sum(seconds(clips[clip]) for clip in ("二", "楼", *english))
    assert gate.lengths[0] == pytest.approx(length(clips, "R002", "五", 1) + more, abs=0.01)


def test_without_a_loudspeaker_nothing_is_claimed_and_that_is_told(booth: Booth) -> None:
    mute = booth.speaker("s-1", sink=NoSink())
    wait(lambda: mute.announcer.word == "gone", "the word")
    spare = booth.speaker("s-2")
    booth.controller.call("R001", 5)
    wait(lambda: spare.said() == ["R001"], "the spare")
    assert mute.notes == []


def test_a_loudspeaker_that_comes_back_says_what_is_still_wanted(booth: Booth) -> None:
    gate = Gate()
    gate.trouble = "no such device"
    gate.go.set()
    speaker = booth.speaker(sink=gate)
    wait(lambda: speaker.announcer.word == "gone", "the word")
    booth.controller.call("R001", 5)
    gate.trouble = ""
    wait(lambda: speaker.said() == ["R001"], "the call")
    assert speaker.announcer.word == "ok"


def test_a_call_that_fails_under_way_is_told_to_staff(booth: Booth) -> None:
    class Breaking(Gate):
        def play(self, samples: Samples, volume: float, hush: threading.Event) -> Ended:
            if seconds(samples) < 0.1:
                return Ended.PLAYED
            self.lengths.append(seconds(samples))
            return Ended.NO_SOUND

    speaker = booth.speaker(sink=Breaking())
    call = booth.controller.call("R001", 5)
    wait(lambda: ("failed", "R001") in speaker.notes, "the failure")
    assert booth.desk.outcomes() == {f"{call}.1.B": "failed"}


def test_what_there_is_no_clip_for_is_left_to_others_and_told(booth: Booth, tmp_path: Path) -> None:
    build(tmp_path, fast)
    (tmp_path / "letter-R.wav").unlink()
    booth.clips = Clips(tmp_path)
    speaker = booth.speaker()
    wait(lambda: speaker.announcer.word == "clips", "the word")
    booth.controller.call("R001", 5)
    booth.controller.call("C001", 5)
    wait(lambda: speaker.said() == ["C001"], "the other call")
    assert ("unsayable", "R001") in speaker.notes
    assert len(booth.desk.outcomes()) == 1


def test_an_announcer_that_is_told_to_end_is_silent_at_once_and_owns_up(booth: Booth) -> None:
    speaker: Speaker = booth.speaker(sink=Gate())
    call = booth.controller.call("R001", 5)
    wait(lambda: speaker.began() == ["R001"], "the call")
    speaker.announcer.close()
    assert booth.desk.outcomes() == {f"{call}.1.B": "failed"}
