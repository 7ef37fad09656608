"""The facts on a 号票, and nothing else. There is no field for a person's name or ID number."""

import re
import unicodedata
from dataclasses import dataclass, fields
from datetime import datetime

_NUMBER = re.compile(r"[A-Z][0-9]{3,4}")
_SHORT_CODE = re.compile(r"[0-9A-Z]{2,8}(-[0-9A-Z]{2,8})?")
_LIMITS = {"hall": 40, "zone_name": 24, "windows": 24, "kiosk": 24, "progress_url": 120}
_ITEM_LIMIT, _ITEMS, _PARTS = 80, 5, 12
_MAX_PEOPLE, _MAX_MINUTES = 9999, 24 * 60


class SlipError(ValueError):
    """These facts may not or cannot be printed on a ticket; the message says which and why."""


@dataclass(frozen=True, slots=True)
class TicketSlip:
    """What one ticket says.

    `items`: names of the service items, one to five (several matters on one ticket).
    `bundle_parts`: for 一件事, the items inside the bundle that `items[0]` names.
    `windows`: as spoken, "3–8" or "3、5". `wait`: (low, high) minutes, None = no estimate.
    `people_ahead`: None = not known. `issued_at`: the hall's local time, without a zone.
    `progress_url`: what the QR carries, None = only the short code is printed.
    `pass_after_s`, `return_within_min`, `behind`: the hall's rule for a missed call.
    Raises SlipError when a field is out of range or looks like an ID number.
    """

    hall: str
    number: str
    items: tuple[str, ...]
    zone: str
    zone_name: str
    windows: str
    people_ahead: int | None
    wait: tuple[int, int] | None
    issued_at: datetime
    kiosk: str
    short_code: str
    progress_url: str | None = None
    bundle_parts: tuple[str, ...] = ()
    priority_mark: bool = False
    reprint: bool = False
    void: bool = False
    pass_after_s: int = 60
    return_within_min: int = 30
    behind: int = 3

    def __post_init__(self) -> None:
        _check_texts(self)
        _check_codes(self)
        _check_figures(self)


def _check_texts(slip: TicketSlip) -> None:
    for name, text in _texts(slip):
        _refuse_unprintable(name, text)
        _refuse_id_number(name, text)
    for name, limit in _LIMITS.items():
        text = getattr(slip, name)
        if text is not None and not 0 < len(text) <= limit:
            raise SlipError(f"{name} must have 1 to {limit} characters, has {len(text)}")
    _check_list("items", slip.items, least=1, most=_ITEMS)
    _check_list("bundle_parts", slip.bundle_parts, least=0, most=_PARTS)


def _texts(slip: TicketSlip) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for field in fields(slip):
        value = getattr(slip, field.name)
        values = value if isinstance(value, tuple) else (value,)
        found += [(field.name, text) for text in values if isinstance(text, str)]
    return found


def _check_list(name: str, texts: tuple[str, ...], *, least: int, most: int) -> None:
    if not least <= len(texts) <= most:
        raise SlipError(f"{name} must hold {least} to {most} names, holds {len(texts)}")
    if not all(text.strip() and len(text) <= _ITEM_LIMIT for text in texts):
        raise SlipError(f"each of {name} must have 1 to {_ITEM_LIMIT} characters")


def _refuse_unprintable(name: str, text: str) -> None:
    if any(unicodedata.category(char)[0] == "C" for char in text):
        raise SlipError(f"{name} holds a control or unassigned character; a ticket cannot show it")


def _refuse_id_number(name: str, text: str) -> None:
    """A run of 15 or more digits, also with blanks or hyphens inside, may be an ID number."""
    run = 0
    for char in text:
        run = run + 1 if char.isdigit() else run if char in " \u3000-" else 0
        if run >= 15:
            raise SlipError(f"{name} holds 15 digits in a row; ID numbers are never printed")


def _check_codes(slip: TicketSlip) -> None:
    if not _NUMBER.fullmatch(slip.number):
        raise SlipError(f"number must be a letter and 3 or 4 digits, is {slip.number!r}")
    if not (len(slip.zone) == 1 and slip.zone.isalpha()):
        raise SlipError(f"zone must be one letter or character, is {slip.zone!r}")
    if not _SHORT_CODE.fullmatch(slip.short_code):
        raise SlipError("short_code must look like 7K3M-2Q")
    if slip.progress_url is not None and not slip.progress_url.isascii():
        raise SlipError("progress_url must be ASCII; percent-encode it")


def _check_figures(slip: TicketSlip) -> None:
    if slip.people_ahead is not None and not 0 <= slip.people_ahead <= _MAX_PEOPLE:
        raise SlipError(f"people_ahead must be 0 to {_MAX_PEOPLE}, is {slip.people_ahead}")
    if slip.wait is not None and not 0 <= slip.wait[0] <= slip.wait[1] <= _MAX_MINUTES:
        raise SlipError(f"wait must be (low, high) minutes up to {_MAX_MINUTES}, is {slip.wait}")
    if slip.issued_at.tzinfo is not None:
        raise SlipError("issued_at must be the hall's local time without a zone")
    if slip.pass_after_s <= 0 or slip.return_within_min < 0 or slip.behind < 0:
        raise SlipError("pass_after_s, return_within_min and behind cannot be negative")
