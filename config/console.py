"""``[console]``: which keys press what on the clerks' consoles, unless a clerk chose others.

Keys are named as browsers name them (`KeyboardEvent.code`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field

from config.fields import Many, Section, listed, quoted, wrong
from config.problems import Fault

Result = Literal["done", "accepted", "supplement", "refused", "referred"]
Deed = Literal[
    "call",
    "recall",
    "arrive",
    "finish",
    "transfer",
    "hold",
    "pass",
    "pause",
    "drop",
    "help",
    "back",
    Result,
]
DEEDS: tuple[str, ...] = get_args(Deed)
RESULTS: tuple[str, ...] = get_args(Result)
"""Chosen by the digits 1 to 5 in any case, so these may be left without another key."""

DELIVERED: dict[str, tuple[str, ...]] = {
    "call": ("F1", "NumpadAdd"),
    "recall": ("F2", "NumpadMultiply"),
    "arrive": ("F3", "Numpad0"),
    "finish": ("F4", "NumpadDecimal"),
    "transfer": ("F6", "Numpad6"),
    "hold": ("F7", "Numpad7"),
    "pass": ("F8", "Numpad8"),
    "pause": ("F9", "Numpad9"),
    "drop": ("F10",),
    "help": ("F12", "NumpadDivide"),
    "back": ("Escape", "NumpadSubtract"),
    "done": ("Numpad1",),
    "accepted": ("Numpad2",),
    "supplement": ("Numpad3",),
    "refused": ("Numpad4",),
    "referred": ("Numpad5",),
}
"""The keys of a hall that sets none."""

_CODE = re.compile(
    r"F([1-9]|1\d|2[0-4])|Numpad([0-9]|Add|Subtract|Multiply|Divide|Decimal)"
    r"|Escape|Insert|Delete|Home|End|PageUp|PageDown|Pause|ScrollLock"
)


def _code(value: str) -> str:
    if not _CODE.fullmatch(value):
        raise wrong(
            f'is "{value}", not a key that may press anything',
            'Write a function key, a key of the number pad or an editing key: "F1", "Numpad0", '
            '"NumpadAdd", "Escape", "PageUp".',
        )
    return value


Code = Annotated[str, AfterValidator(_code)]


class Console(Section):
    """``[console]``: ``keys`` names the deeds whose keys are other than delivered."""

    keys: dict[Deed, Annotated[Many[Code], Field(max_length=2)]] = Field(default_factory=dict)

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """A key presses one thing, and every deed but the results has one."""
        keys = data.get("keys")
        if not isinstance(keys, Mapping):
            return
        uses = Counter(code for codes in keys.values() for code in listed(codes))
        for code in [code for code, n in uses.items() if n > 1]:
            deeds = [deed for deed, codes in keys.items() if code in listed(codes)]
            if len(deeds) < 2:
                yield Fault(("keys", deeds[0]), f'has "{code}" twice', "Write it once.")
                continue
            remedy = "Keep it in one of them."
            yield Fault(("keys", deeds[1]), f'has "{code}", as has {quoted(deeds[:1])}', remedy)
        for deed, codes in _laid_over(keys).items():
            if not codes and deed not in RESULTS:
                at = ("keys", deed) if deed in keys else ("keys",)
                yield Fault(at, f'leaves "{deed}" without a key', f'Add {deed} = ["F…"].')

    def all_keys(self) -> dict[str, tuple[str, ...]]:
        """The keys of every deed."""
        return _laid_over(self.keys)


def _laid_over(keys: Mapping[Any, Any]) -> dict[str, tuple[str, ...]]:
    """What is delivered, without the keys that were given to other deeds."""
    given = {code for codes in keys.values() for code in listed(codes)}
    return {
        deed: tuple(listed(keys[deed]))
        if deed in keys
        else tuple(c for c in codes if c not in given)
        for deed, codes in DELIVERED.items()
    }
