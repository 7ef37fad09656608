"""Phrases sound whole, in order, never over each other; without a loudspeaker that is said."""

import threading
from array import array
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from display.voice.build import build
from display.voice.cli import command
from display.voice.clips import ClipMissing, Clips
from display.voice.phrases import Called, call_phrase
from display.voice.player import PAUSE_S, Player
from display.voice.sink import AlsaSink, Ended, FileSink, NoSink
from display.voice.wave import CHIME_S, RATE, read_wav, seconds
from tests.display.voice.test_clips import fast

CALL = call_phrase(Called("A023", 5))
FILE_DEVICE = """
pcm.!default {{ type file; file "{out}"; format "raw"; slave.pcm null; }}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("clips")
    build(place, fast)
    return place


@pytest.fixture(scope="module")
def clips(folder: Path) -> Clips:
    return Clips(folder)


def length(clips: Clips, times: int) -> float:
    once = sum(seconds(clips[clip]) for clip in CALL)
    return CHIME_S + times * once + (times - 1) * PAUSE_S


def test_a_call_is_the_chime_and_the_phrase_twice(clips: Clips) -> None:
    sink = FileSink(pace=0)
    assert Player(clips, sink).say(CALL, times=2, chime=True) is Ended.PLAYED
    (span,) = sink.spans
    assert span.seconds == pytest.approx(length(clips, 2), abs=0.01)


def test_the_recorded_sound_is_the_clips_in_their_order(clips: Clips, tmp_path: Path) -> None:
    sink = FileSink(pace=0)
    Player(clips, sink).say(CALL)
    sink.write(tmp_path / "said.wav")
    whole = array("h")
    for clip in CALL:
        whole += clips[clip]
    assert read_wav(tmp_path / "said.wav") == whole


def test_two_who_speak_at_once_are_heard_one_after_the_other(clips: Clips) -> None:
    sink = FileSink(pace=0.05)
    player = Player(clips, sink)
    speakers = [threading.Thread(target=player.say, args=(CALL,)) for _ in range(3)]
    for speaker in speakers:
        speaker.start()
    for speaker in speakers:
        speaker.join(60)
    spans = sorted(sink.spans, key=lambda span: span.began)
    assert len(spans) == 3
    for before, after in pairwise(spans):
        assert before.began + before.seconds * sink.pace <= after.began + 0.001


def test_hush_ends_what_is_being_said(clips: Clips) -> None:
    sink = FileSink(pace=50)
    player = Player(clips, sink)
    ended: list[Ended] = []
    hush = threading.Event()
    speaker = threading.Thread(target=lambda: ended.append(player.say(CALL, hush=hush)))
    speaker.start()
    hush.set()
    speaker.join(10)
    assert ended == [Ended.CUT]
    assert player.say(CALL, hush=hush) is Ended.CUT


def test_half_a_phrase_is_never_said(clips: Clips) -> None:
    sink = FileSink(pace=0)
    with pytest.raises(ClipMissing, match="letter-É"):
        Player(clips, sink).say(("请", "letter-É"))
    assert sink.spans == []
    assert not Player(clips, sink).can(("letter-É",))


def test_alsa_gets_every_sample(
    clips: Clips, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, settings = tmp_path / "out.raw", tmp_path / "asound.conf"
    settings.write_text(FILE_DEVICE.format(out=out))
    monkeypatch.setattr("display.voice.sink.STARTING_S", 60.0)
    monkeypatch.setenv("ALSA_CONFIG_PATH", f"/usr/share/alsa/alsa.conf:{settings}")
    sink = AlsaSink()
    assert Player(clips, sink).say(CALL) is Ended.PLAYED, sink.trouble
    sounded = array("h", out.read_bytes())
    assert len(sounded) / RATE >= sum(seconds(clips[clip]) for clip in CALL) - 0.01
    assert sink.trouble == ""


def test_a_sound_device_that_is_not_there_is_said(clips: Clips) -> None:
    sink = AlsaSink("nowhere")
    assert Player(clips, sink).say(("请",)) is Ended.NO_SOUND
    assert "nowhere" in sink.trouble or "No such file" in sink.trouble


def test_a_machine_without_aplay_is_said(clips: Clips, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    sink = AlsaSink()
    assert Player(clips, sink).say(("请",)) is Ended.NO_SOUND
    assert sink.trouble.startswith("aplay")


def test_no_sink_is_silent_and_says_so(clips: Clips) -> None:
    player = Player(clips, NoSink())
    assert player.say(("请",)) is Ended.NO_SOUND
    assert player.trouble


def test_the_command_says_a_call_into_a_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "call.wav"
    done = CliRunner().invoke(command, ["say", str(folder), "a023", "5", "--to", str(out)])
    assert done.exit_code == 0, done.output
    assert seconds(read_wav(out)) > 2


def test_the_command_names_what_is_missing(folder: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["check", str(tmp_path)])
    assert done.exit_code == 1
    assert "请.wav: missing" in done.output
    assert CliRunner().invoke(command, ["check", str(folder)]).exit_code == 0
    said = CliRunner().invoke(command, ["say", str(tmp_path), "A023", "5", "--to", "x.wav"])
    assert said.exit_code == 1
    assert "jiaohao voice build" in said.output


def test_the_command_lists_what_to_record() -> None:
    done = CliRunner().invoke(command, ["list"])
    assert "号窗口办理.wav\t号窗口办理" in done.output
