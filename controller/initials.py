"""The first letters of the Pinyin of Chinese names: 社会保障卡 is found by ``shbzk`` (FR-06).

The 3755 everyday characters of GB/T 2312 stand in the order of their Pinyin, so their codes tell
the letter, and no dictionary is carried. A character beyond them has no letter here, unless
`RARE` or a word of `WORDS` says otherwise: a name with one is found by its other letters.
"""

from collections.abc import Iterator

_EVERYDAY = 0xB0A1, 0xD7F9
_FIRSTS = (
    (0xB0A1, "a"),
    (0xB0C5, "b"),
    (0xB2C1, "c"),
    (0xB4EE, "d"),
    (0xB6EA, "e"),
    (0xB7A2, "f"),
    (0xB8C1, "g"),
    (0xB9FE, "h"),
    (0xBBF7, "j"),
    (0xBFA6, "k"),
    (0xC0AC, "l"),
    (0xC2E8, "m"),
    (0xC4C3, "n"),
    (0xC5B6, "o"),
    (0xC5BE, "p"),
    (0xC6DA, "q"),
    (0xC8BB, "r"),
    (0xC8F6, "s"),
    (0xCBFA, "t"),
    (0xCDDA, "w"),
    (0xCEF4, "x"),
    (0xD1B9, "y"),
    (0xD4D1, "z"),
)
"""The first code of each letter; no Pinyin begins with i, u or v."""

RARE = {"殡": "b", "芯": "x", "驿": "y", "鳏": "g"}

WORDS = {
    "银行": "yh",
    "行业": "hy",
    "重新": "cx",
    "重复": "cf",
    "重建": "cj",
    "家长": "jz",
    "会计": "kj",
    "给付": "jf",
    "供给": "gj",
    "调解": "tj",
    "调整": "tz",
    "校对": "jd",
    "音乐": "yy",
}
"""Words in which a character is read otherwise than alone."""


def initials(name: str) -> str:
    """Lower-case letters and digits of a name, in order; of Chinese characters the first letter
    of their Pinyin. Brackets and blanks are left out."""
    return "".join(_letters(name))


def _letters(name: str) -> Iterator[str]:
    at = 0
    while at < len(name):
        word = WORDS.get(name[at : at + 2])
        yield word if word is not None else _letter(name[at])
        at += 1 if word is None else 2


def _letter(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    if char in RARE:
        return RARE[char]
    code = int.from_bytes(char.encode("gb2312", "ignore"))
    if not _EVERYDAY[0] <= code <= _EVERYDAY[1]:
        return ""
    return [letter for first, letter in _FIRSTS if first <= code][-1]
