"""Which deed a key of the pad means, and that one press is one press. PURE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from config.keypad import Deed

DEEDS: tuple[str, ...] = get_args(Deed)

NUMBER_PAD: Mapping[str, tuple[str, ...]] = {
    "call": ("78",),  # +
    "recall": ("55",),  # *
    "arrive": ("82",),  # 0
    "finish": ("83", "96"),  # . and Enter
    "hold": ("71",),  # 7
    "pass": ("72",),  # 8
    "pause": ("73",),  # 9
    "help": ("98",),  # /
    "undo": ("74",),  # -
    "done": ("79",),  # 1
    "accepted": ("80",),  # 2
    "supplement": ("81",),  # 3
    "refused": ("75",),  # 4
    "referred": ("76",),  # 5
}
"""The keys of a number pad by their codes in Linux's input-event-codes.h, as on the console."""

SPOKEN: Mapping[str, tuple[str, ...]] = {deed: (deed,) for deed in DEEDS}
"""A pad that speaks lines calls its keys by what they do, unless the configuration says else."""


def meanings(
    delivered: Mapping[str, Sequence[str]], given: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """The deed of each key. A key that is given to a deed is taken from the one that had it."""
    taken = {name for names in given.values() for name in names}
    found = {
        name: deed
        for deed, names in delivered.items()
        if deed not in given
        for name in names
        if name not in taken
    }
    return found | {name: deed for deed, names in given.items() for name in names}


@dataclass(slots=True)
class Guard:
    """Lets a key through once: contacts that bounce and fingers that tremble count for nothing."""

    guard_s: float
    _last: dict[str, float] = field(default_factory=dict)

    def admits(self, key: str, now: float) -> bool:
        """Whether this is a press of its own. What is kept back lengthens the guard."""
        before = self._last.get(key)
        self._last[key] = now
        return before is None or now - before >= self.guard_s
