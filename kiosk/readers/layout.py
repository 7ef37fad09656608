"""The 256 bytes of text on an identity card: four layouts, told apart by a flag.  PURE.

UTF-16LE, right-padded with spaces; the flag is the character at offset 248.
Only name, number, birth date and end of validity are taken out.  Address, ethnic
group, authority and sex are never decoded.

| flag  | document                           | name    | number  | birth  | valid to |
| blank | resident                           | 0, 30   | 122, 36 | 36, 16 | 204, 16  |
| J     | HK/Macao/Taiwan residence permit   | 0, 30   | 122, 36 | 36, 16 | 204, 16  |
| Y     | permanent resident, 2023           | 0, 30 * | 122, 36 | 36, 16 | 204, 16  |
| I     | permanent resident, 2017           | 158, 30*| 122, 30 | 220,16 | 204, 16  |

(*) a foreigner may have no Chinese name: then the English one stands (Y: 52, 70
and 220, 22; I: 0, 120).  An unknown flag is refused, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from controller.hall.visitor import NumberError, parse_birth
from kiosk.readers.base import CardRead, DocumentType
from kiosk.readers.rare import with_unicode
from kiosk.readers.sam_codec import TEXT_BYTES

FOREVER = "长期"
FLAG = (248, 2)


class UnknownLayout(ValueError):
    """A document type nobody described: it is refused."""


class DamagedText(ValueError):
    """The text does not decode or holds impossible values."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where one type of document keeps what we take: (offset, length) in bytes."""

    document_type: DocumentType
    names: tuple[tuple[tuple[int, int], ...], ...]
    """Alternatives, each one or more pieces put together; the first not blank wins."""
    number: tuple[int, int]
    birth: tuple[int, int]
    valid_to: tuple[int, int]


_NUMBER, _BIRTH, _VALID_TO = (122, 36), (36, 16), (204, 16)
_CHINESE = ((0, 30),)

LAYOUTS = {
    "": Layout(DocumentType.RESIDENT, (_CHINESE,), _NUMBER, _BIRTH, _VALID_TO),
    "J": Layout(DocumentType.RESIDENCE_PERMIT, (_CHINESE,), _NUMBER, _BIRTH, _VALID_TO),
    "Y": Layout(
        DocumentType.FOREIGN_RESIDENT,
        (_CHINESE, ((52, 70), (220, 22))),
        _NUMBER,
        _BIRTH,
        _VALID_TO,
    ),
    "I": Layout(
        DocumentType.FOREIGN_RESIDENT, (((158, 30),), ((0, 120),)), (122, 30), (220, 16), _VALID_TO
    ),
}


def read_text(block: bytes | bytearray) -> CardRead:
    """The person on a card.

    Raises `UnknownLayout` for an unknown flag and `DamagedText` for text that
    cannot be right.  No message holds anything of the text.
    """
    if len(block) != TEXT_BYTES:
        raise DamagedText("the text block must have 256 bytes")
    layout = LAYOUTS.get(_piece(block, FLAG))
    if layout is None:
        raise UnknownLayout("this document type is not known")
    name = _name(block, layout)
    number = _piece(block, layout.number)
    if not name or not number:
        raise DamagedText("the card gives no name or no number")
    return CardRead(
        layout.document_type,
        name,
        number,
        _date(_piece(block, layout.birth)),
        _valid_to(_piece(block, layout.valid_to)),
    )


def _name(block: bytes | bytearray, layout: Layout) -> str:
    for pieces in layout.names:
        name = "".join(_raw(block, piece) for piece in pieces).strip(" \0\u3000")
        if name:
            return with_unicode(name)
    return ""


def _raw(block: bytes | bytearray, where: tuple[int, int]) -> str:
    start, length = where
    try:
        return bytes(block[start : start + length]).decode("utf-16-le")
    except UnicodeDecodeError:
        # the original would carry the bytes of a name into a traceback
        raise DamagedText("the text is not UTF-16") from None


def _piece(block: bytes | bytearray, where: tuple[int, int]) -> str:
    return _raw(block, where).strip(" \0\u3000")


def _date(digits: str) -> date:
    try:
        return parse_birth(digits)
    except NumberError:
        raise DamagedText("a date on the card does not exist") from None


def _valid_to(text: str) -> date | None:
    return None if text == FOREVER else _date(text)
