"""The facts on a 号票, and nothing else. There is no field for a person's name or ID number."""

import re
from dataclasses import dataclass
from datetime import datetime

from printers.facts import SlipError, check_list, check_local, check_short_code, check_texts

__all__ = ["NUMBER", "SlipError", "TicketSlip"]

NUMBER = re.compile(r"[A-Z][0-9]{3,4}")
_LIMITS = {"hall": 40, "zone_name": 24, "windows": 24, "kiosk": 24, "progress_url": 120}
_ITEMS, _PARTS = 5, 12
_MAX_PEOPLE, _MAX_MINUTES = 9999, 24 * 60


@dataclass(frozen=True, slots=True)
class TicketSlip:
    """What one ticket says.

    `items`: names of the service items, one to five (several matters on one ticket).
    `bundle_parts`: for 一件事, the items inside the bundle that `items[0]` names.
    `windows`: as spoken, "3–8" or "3、5". `wait`: (low, high) minutes, None = no estimate.
    `people_ahead`: None = not known. `alone`: the kiosk was cut off from the hall.
    `issued_at`: the hall's local time, without a zone.
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
    alone: bool = False
    reprint: bool = False
    void: bool = False
    pass_after_s: int = 60
    return_within_min: int = 30
    behind: int = 3

    def __post_init__(self) -> None:
        check_texts(self, _LIMITS)
        check_list("items", self.items, least=1, most=_ITEMS)
        check_list("bundle_parts", self.bundle_parts, least=0, most=_PARTS)
        _check_codes(self)
        _check_figures(self)


def _check_codes(slip: TicketSlip) -> None:
    if not NUMBER.fullmatch(slip.number):
        raise SlipError(f"number must be a letter and 3 or 4 digits, is {slip.number!r}")
    if not (len(slip.zone) == 1 and slip.zone.isalpha()):
        raise SlipError(f"zone must be one letter or character, is {slip.zone!r}")
    check_short_code("short_code", slip.short_code)
    if slip.progress_url is not None and not slip.progress_url.isascii():
        raise SlipError("progress_url must be ASCII; percent-encode it")


def _check_figures(slip: TicketSlip) -> None:
    if slip.people_ahead is not None and not 0 <= slip.people_ahead <= _MAX_PEOPLE:
        raise SlipError(f"people_ahead must be 0 to {_MAX_PEOPLE}, is {slip.people_ahead}")
    if slip.wait is not None and not 0 <= slip.wait[0] <= slip.wait[1] <= _MAX_MINUTES:
        raise SlipError(f"wait must be (low, high) minutes up to {_MAX_MINUTES}, is {slip.wait}")
    check_local("issued_at", slip.issued_at)
    if slip.pass_after_s <= 0 or slip.return_within_min < 0 or slip.behind < 0:
        raise SlipError("pass_after_s, return_within_min and behind cannot be negative")
