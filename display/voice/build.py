"""Makes a clip for every phrase with a speaking program, until a hall has recorded its own.

A file that we did not make, or that somebody changed, is a recording and is left alone: the
manifest beside the clips holds the digest of each one we made.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from display.voice.catalogue import Wanted, wanted
from display.voice.phrases import CHIME
from display.voice.wave import Samples, chime, levelled, read_wav, trimmed, write_wav

MANIFEST = "made.json"
VOICES = {"zh": "cmn-latn-pinyin", "en": "en-us"}
"""`cmn` reads Chinese characters as English letters; `cmn-latn-pinyin` reads them as Chinese."""
WORDS_A_MINUTE = 160
PARTS_A_MINUTE = 230
"""Words that stand alone are drawn out; faster, a call said twice stays within nine seconds."""
SENTENCE = 8
PATIENCE_S = 30

Speak = Callable[[str, str], Samples]
"""(text, language) → samples."""


class CannotSpeak(RuntimeError):
    """The speaking program is missing or failed; says what to do."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a run did: ids that were made, and recordings that were left alone."""

    made: tuple[str, ...]
    kept: tuple[str, ...]


def espeak(text: str, lang: str) -> Samples:
    """The placeholder voice.  Raises `CannotSpeak`."""
    pace = WORDS_A_MINUTE if len(text) > SENTENCE else PARTS_A_MINUTE
    command = ["espeak-ng", "-v", VOICES[lang], "-s", str(pace), "--stdout", text]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=True)
    except FileNotFoundError:
        raise CannotSpeak("espeak-ng is not installed: apt-get install espeak-ng") from None
    except (subprocess.SubprocessError, OSError) as error:
        raise CannotSpeak(f"espeak-ng failed on {text!r}: {error}") from error
    return read_wav(_with_true_length(done.stdout))


def _with_true_length(wav: bytes) -> bytes:
    """A program that writes to a pipe cannot know the length beforehand; put it in."""
    size = len(wav)
    return (
        wav[:4]
        + (size - 8).to_bytes(4, "little")
        + wav[8:40]
        + (size - 44).to_bytes(4, "little")
        + wav[44:]
    )


def build(folder: Path, speak: Speak = espeak) -> Built:
    """Make what is missing or was made by us, and leave recordings alone."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = _read_manifest(folder)
    made, kept = [], []
    for one in wanted():
        path = folder / f"{one.id}.wav"
        if path.exists() and manifest.get(one.id) != _digest(path):
            kept.append(one.id)
            continue
        write_wav(path, _sound(one, speak))
        manifest[one.id] = _digest(path)
        made.append(one.id)
    _write_manifest(folder, manifest)
    return Built(tuple(made), tuple(kept))


def _sound(one: Wanted, speak: Speak) -> Samples:
    return chime() if one.id == CHIME else levelled(trimmed(speak(one.text, one.lang)))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_manifest(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_manifest(folder: Path, manifest: dict[str, str]) -> None:
    text = json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n")
