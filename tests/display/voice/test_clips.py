"""Clips are made once, recordings are left alone, and what is wrong with a clip is said."""

import math
import wave
from array import array
from pathlib import Path

import pytest

from display.voice.build import CannotSpeak, build, espeak
from display.voice.catalogue import wanted
from display.voice.clips import ClipMissing, Clips
from display.voice.phrases import Called, call_phrase
from display.voice.player import Player
from display.voice.sink import FileSink
from display.voice.wave import (
    CHIME_S,
    PEAK,
    RATE,
    NotAClip,
    Samples,
    chime,
    levelled,
    read_wav,
    seconds,
    trimmed,
    write_wav,
)


def tone(length_s: float, level: int = 9000) -> Samples:
    return array("h", (round(level * math.sin(n / 8)) for n in range(int(length_s * RATE))))


def fast(text: str, lang: str) -> Samples:
    """A speaker that hums for as long as the text is."""
    return tone(0.02 * len(text) + 0.05)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The placeholder voice, made once."""
    folder = tmp_path_factory.mktemp("clips")
    build(folder)
    return folder


@pytest.mark.parametrize(("number", "window"), [("R001", 5), ("A111", 117), ("A777", 127)])
def test_a_call_said_twice_takes_nine_seconds_at_most(
    spoken: Path, number: str, window: int
) -> None:
    heard = FileSink(pace=0.0)
    Player(Clips(spoken), heard).say(call_phrase(Called(number, window)), times=2, chime=True)
    (span,) = heard.spans
    assert 5 < span.seconds <= 9


def test_the_placeholder_voice_makes_every_clip_in_order(spoken: Path) -> None:
    clips = Clips(spoken)
    assert clips.complaints == ()
    assert clips.has(one.id for one in wanted())


def test_clips_are_trimmed_and_as_loud_as_each_other(spoken: Path) -> None:
    clips = Clips(spoken)
    for one in wanted():
        samples = clips[one.id]
        assert max(abs(value) for value in samples) == pytest.approx(PEAK, abs=400), one.id
        assert seconds(samples) > 0.1, one.id


def test_what_a_hall_recorded_is_left_alone(tmp_path: Path) -> None:
    build(tmp_path, fast)
    recording = tone(0.4)
    write_wav(tmp_path / "请.wav", recording)
    built = build(tmp_path, fast)
    assert built.kept == ("请",)
    assert read_wav(tmp_path / "请.wav") == recording
    assert len(built.made) == len(wanted()) - 1


def test_a_file_we_did_not_make_is_a_recording(tmp_path: Path) -> None:
    write_wav(tmp_path / "号.wav", tone(0.3))
    assert build(tmp_path, fast).kept == ("号",)


def test_without_a_manifest_nothing_is_overwritten(tmp_path: Path) -> None:
    build(tmp_path, fast)
    (tmp_path / "made.json").write_text("{")
    assert len(build(tmp_path, fast).kept) == len(wanted())


def test_a_missing_speaking_program_is_said_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(CannotSpeak, match="apt-get install espeak-ng"):
        espeak("请", "zh")


def test_what_is_wrong_with_a_clip_is_said(tmp_path: Path) -> None:
    build(tmp_path, fast)
    (tmp_path / "请.wav").unlink()
    (tmp_path / "号.wav").write_bytes(b"not a wav")
    with wave.open(str(tmp_path / "到.wav"), "wb") as stereo:
        stereo.setparams((2, 2, 44_100, 0, "NONE", "not compressed"))
        stereo.writeframes(bytes(400))
    clips = Clips(tmp_path)
    said = {str(complaint) for complaint in clips.complaints}
    assert "请.wav: missing" in said
    assert any(x.startswith("号.wav: not a WAV file") for x in said)
    assert "到.wav: 44100 Hz, 2 channels, 16 bit: save it as 22050 Hz, mono, 16 bit" in said
    assert not clips.has(["请"])
    with pytest.raises(ClipMissing, match="请"):
        clips["请"]


def test_a_clip_of_no_length_is_none(tmp_path: Path) -> None:
    write_wav(tmp_path / "x.wav", array("h"))
    with pytest.raises(NotAClip, match="empty"):
        read_wav(tmp_path / "x.wav")


def test_silence_is_cut_off_at_both_ends_only() -> None:
    quiet = array("h", bytes(2 * RATE))
    found = trimmed(quiet + tone(0.2) + quiet + tone(0.2) + quiet)
    assert 1.4 < seconds(found) < 1.5
    assert trimmed(quiet) == quiet


def test_the_chime_is_two_notes_and_no_click() -> None:
    found = chime()
    assert seconds(found) == pytest.approx(CHIME_S, abs=0.01)
    assert abs(found[0]) < 50
    assert abs(found[-1]) < 50


def test_levelling_silence_gives_silence() -> None:
    assert levelled(array("h", [0, 0, 0])) == array("h", [0, 0, 0])
