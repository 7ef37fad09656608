"""What may be wrong with a configuration, told so that the reader can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from config.positions import Path as KeyPath


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault inside the data, before its file and line are known.

    ``problem`` completes the sentence "<key> ...", ``remedy`` is what to do, a full sentence.
    """

    path: KeyPath
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one file. ``line`` counts from 1; 0 means the file as a whole."""

    file: Path
    line: int
    key: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else f"{self.file}"
        subject = f"{self.key}: " if self.key else ""
        return f"{place}: {subject}{self.problem}. {self.remedy}"


class ConfigError(Exception):
    """A configuration that cannot be used; ``problems`` lists everything wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def key_name(path: KeyPath) -> str:
    """``("window", 3, "skills")`` as people write it: ``window[3].skills`` (counted from 1).

    The counting starts at 1, as in "the third window of the file".
    """
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part + 1}]"
        else:
            name += f".{part}" if name else part
    return name


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word most like ``word``, if one is like it at all."""
    found = get_close_matches(word, known, n=1, cutoff=0.6)
    return found[0] if found else None
