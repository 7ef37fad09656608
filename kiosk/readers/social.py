"""A social security card: name, number and expiry, read by tag and without a PIN.  PURE.

    SELECT SSSE -> EF06: 08 number, 09 name (4E its continuation) -> EF05: 06 expiry

Records are told apart by their tags, because the two generations count them
differently.  Nothing else is asked for: not the sex, the birthplace or the card's
number.  Some cities protect EF06 with a PIN; it is never asked for and never
tried, the person is sent to the ID card reader.

What is read proves nothing: the card is not authenticated.  It is good for a
ticket and not for identity.  Sources: LD/T 32.5-2015 as quoted in public readers.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from controller.hall.visitor import NumberError, birth_date, parse_birth
from kiosk.readers.base import CardRead, DocumentType, Unreadable
from kiosk.readers.chip import NO_RECORD, OK, PROTECTED, CardFault, Transmit, exchange, tagged
from kiosk.readers.rare import with_unicode
from kiosk.readers.wipe import overwrite

SSSE = b"sx1.sh." + "社会保障".encode("gbk")
SELECT_SSSE = bytes((0x00, 0xA4, 0x04, 0x00, len(SSSE))) + SSSE
EF05, EF06 = 5, 6
NUMBER, NAME, MORE_NAME, EXPIRY = 0x08, 0x09, 0x4E, 0x06
_NOT_BY_SFI = (0x6A82, 0x6A86, 0x6981, 0x6B00)
"""Answers of cards that read records of the selected file only."""

_Values = dict[int, bytes]


def read_social(transmit: Transmit) -> CardRead:
    """The person of a social security card.  Raises `CardFault`."""
    data, status = exchange(transmit, SELECT_SSSE)
    overwrite(data)
    if status != OK:
        raise CardFault(Unreadable.UNSUPPORTED)
    person = _values(transmit, EF06, range(1, 9), {NUMBER, NAME}, then=MORE_NAME)
    if not {NUMBER, NAME} <= person.keys():
        raise CardFault(Unreadable.UNKNOWN_LAYOUT)
    return _person(person, _expiry(transmit))


def _expiry(transmit: Transmit) -> date | None:
    """The last day the card is good for; None where the card does not tell."""
    try:
        found = _values(transmit, EF05, (6, 5, 7, 4, 3, 2, 1), {EXPIRY})
    except CardFault as fault:
        if fault.reason in (Unreadable.PROTECTED, Unreadable.UNKNOWN_LAYOUT):
            return None
        raise
    try:
        return parse_birth(found.get(EXPIRY, b"").hex())
    except NumberError:
        return None


def _person(values: _Values, valid_to: date | None) -> CardRead:
    try:
        number = values[NUMBER].decode("ascii").strip(" \0").upper()
        parts = (values[NAME], values.get(MORE_NAME, b""))
        name = "".join(part.partition(b"\0")[0].decode("gb18030") for part in parts).strip()
        birth = birth_date(number)
    except (UnicodeDecodeError, NumberError):
        # the original would carry what the card holds into a traceback
        raise CardFault(Unreadable.UNKNOWN_LAYOUT) from None
    if not name:
        raise CardFault(Unreadable.UNKNOWN_LAYOUT)
    return CardRead(DocumentType.SOCIAL_SECURITY, with_unicode(name), number, birth, valid_to)


def _values(
    transmit: Transmit, file: int, records: Iterable[int], wanted: set[int], then: int | None = None
) -> _Values:
    """The wanted values of a file, reading no record more than it takes.

    After the last of them one more record is looked into for the tag `then`.
    """
    _select(transmit, file)
    found: _Values = {}
    for record in records:
        complete = wanted <= found.keys()
        if complete and then is None:
            break
        status = _record(transmit, file, record, wanted | {then or 0}, found)
        if complete or status == NO_RECORD:
            break
    return found


def _select(transmit: Transmit, file: int) -> None:
    for how in (0x02, 0x00):
        data, status = exchange(transmit, bytes((0x00, 0xA4, how, 0x00, 0x02, 0xEF, file)))
        overwrite(data)
        if status == OK:
            return
    raise _refusal(status)


def _record(transmit: Transmit, file: int, record: int, wanted: set[int], found: _Values) -> int:
    """Add what is wanted of one record to `found`; the card's status."""
    data, status = exchange(transmit, bytes((0x00, 0xB2, record, file << 3 | 4, 0x00)))
    if status in _NOT_BY_SFI:
        overwrite(data)
        data, status = exchange(transmit, bytes((0x00, 0xB2, record, 0x04, 0x00)))
    try:
        if status not in (OK, NO_RECORD):
            raise _refusal(status)
        found.update((tag, bytes(value)) for tag, value in tagged(data) if tag in wanted)
    finally:
        overwrite(data)
    return status


def _refusal(status: int) -> CardFault:
    return CardFault(Unreadable.PROTECTED if status in PROTECTED else Unreadable.UNKNOWN_LAYOUT)
