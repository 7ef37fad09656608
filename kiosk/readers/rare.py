"""Rare characters that older cards write in the private-use area.  PURE.

Before Unicode had them, GBK kept 80 rare characters and components in its row FE
(FE50 to FEA0), and software of that time wrote them as U+E815 to U+E864.  Names
on cards still carry them: 䶮 is often U+E863.  What GB 18030 knows by now is
taken from the codec; the fourteen that were encoded last stand below (Unicode
4.1 and later; GB 18030-2022).

Other private characters belong to fonts of single authorities.  Nobody published
what they mean, so they stay as they are: a guess would be another person's name.
"""

from __future__ import annotations

FIRST = 0xE815
_PRIVATE = range(0xE000, 0xF900)
_LATE = {
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE831: 0x215D7,
    0xE832: 0x9FB8,
    0xE83B: 0x2298F,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE855: 0x241FE,
    0xE864: 0x9FBB,
}
_ROW = [*range(0x50, 0x7F), *range(0x80, 0xA1)]


def _settled(offset: int, low: int) -> int:
    by_codec = ord(bytes((0xFE, low)).decode("gb18030"))
    return _LATE[FIRST + offset] if by_codec in _PRIVATE else by_codec


TO_UNICODE = {FIRST + offset: _settled(offset, low) for offset, low in enumerate(_ROW)}


def with_unicode(name: str) -> str:
    """The name with every known private character in its public form."""
    return name.translate(TO_UNICODE)
