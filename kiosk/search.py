"""Services and 一件事 by their first letters (FR-06).  PURE.

In Chinese the letters are those of the Pinyin: sbk finds 社会保障卡申领, whose letters are
s-h-b-z-k-s-l, because they come in this order.  In English they are those of the words, or the
beginning of a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.day import Bundle, Day, Item

CHINESE = "abcdefghjklmnopqrstwxyz"
"""No Pinyin begins with i, u or v."""
ENGLISH = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Search:
    """What was found, the best first, and the letters that find something if typed next."""

    items: tuple[Item, ...]
    bundles: tuple[Bundle, ...]
    keys: str


def alphabet(lang: str) -> str:
    """The letters of the pad."""
    return ENGLISH if lang == "en" else CHINESE


def search(day: Day, text: str, lang: str) -> Search:
    """Nothing is found by no letters."""
    rank = _rank_en if lang == "en" else _rank_zh
    items = [(rank(item, text), at, item) for at, item in enumerate(day.items)]
    bundles = [(rank(bundle, text), at, bundle) for at, bundle in enumerate(day.bundles)]
    found = sorted((r, at) for r, at, _ in items if r is not None) if text else []
    found_bundles = sorted((r, at) for r, at, _ in bundles if r is not None) if text else []
    named: list[Item | Bundle] = [*day.items, *day.bundles]
    keys = [k for k in alphabet(lang) if any(rank(one, text + k) is not None for one in named)]
    return Search(
        tuple(day.items[at] for _, at in found),
        tuple(day.bundles[at] for _, at in found_bundles),
        "".join(keys),
    )


def _rank_zh(one: Item | Bundle, text: str) -> int | None:
    return _rank(one.initials, text)


def _rank_en(one: Item | Bundle, text: str) -> int | None:
    words = _WORD.findall(one.name_en.lower())
    if any(word.startswith(text) for word in words):
        return 0
    return _rank("".join(word[0] for word in words), text)


def _rank(letters: str, text: str) -> int | None:
    """0 at the beginning, 1 within, 2 in this order with others between; None: not."""
    if letters.startswith(text):
        return 0
    if text in letters:
        return 1
    rest = iter(letters)
    return 2 if all(letter in rest for letter in text) else None
