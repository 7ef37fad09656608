"""A folder of clips: what is there, what is missing, what cannot be used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from display.voice.catalogue import wanted
from display.voice.wave import NotAClip, Samples, read_wav, seconds

LONGEST_S = 15.0


@dataclass(frozen=True, slots=True)
class Complaint:
    """A clip that cannot be played, and why."""

    id: str
    why: str

    def __str__(self) -> str:
        return f"{self.id}.wav: {self.why}"


class ClipMissing(LookupError):
    """A phrase needs a clip that the folder does not have."""


class Clips:
    """The clips of a folder, all read at once: what is played never waits for the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._samples: dict[str, Samples] = {}
        self.complaints: tuple[Complaint, ...] = tuple(self._read(one.id for one in wanted()))

    def _read(self, ids: Iterable[str]) -> Iterable[Complaint]:
        for name in ids:
            try:
                samples = read_wav(self.folder / f"{name}.wav")
            except FileNotFoundError:
                yield Complaint(name, "missing")
            except OSError as error:
                yield Complaint(name, error.strerror or "cannot be read")
            except NotAClip as error:
                yield Complaint(name, str(error))
            else:
                if seconds(samples) > LONGEST_S:
                    yield Complaint(name, f"longer than {LONGEST_S:.0f} s")
                else:
                    self._samples[name] = samples

    def __getitem__(self, name: str) -> Samples:
        try:
            return self._samples[name]
        except KeyError:
            raise ClipMissing(name) from None

    def has(self, names: Iterable[str]) -> bool:
        """Whether all of these can be played."""
        return all(name in self._samples for name in names)
