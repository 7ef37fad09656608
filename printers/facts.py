"""What may stand on any paper of the hall: printable, short enough, and no ID number."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

_SHORT_CODE = re.compile(r"[0-9A-Z]{2,8}(-[0-9A-Z]{2,8})?")
_NAME_LIMIT = 80


class SlipError(ValueError):
    """These facts may not or cannot be printed; the message says which and why."""


def check_texts(slip: Any, limits: Mapping[str, int]) -> None:
    """Every text of this dataclass can and may be printed.

    Those of `limits` have 1 to so many characters. Raises SlipError.
    """
    for name, text in _texts(slip):
        _refuse_unprintable(name, text)
        _refuse_id_number(name, text)
    for name, limit in limits.items():
        text = getattr(slip, name)
        if text is not None and not 0 < len(text) <= limit:
            raise SlipError(f"{name} must have 1 to {limit} characters, has {len(text)}")


def check_list(name: str, texts: tuple[str, ...], *, least: int, most: int) -> None:
    """So many names, none of them empty or overlong. Raises SlipError."""
    if not least <= len(texts) <= most:
        raise SlipError(f"{name} must hold {least} to {most} names, holds {len(texts)}")
    if not all(text.strip() and len(text) <= _NAME_LIMIT for text in texts):
        raise SlipError(f"each of {name} must have 1 to {_NAME_LIMIT} characters")


def check_short_code(name: str, code: str) -> None:
    """Groups of digits and capitals that a person can type. Raises SlipError."""
    if not _SHORT_CODE.fullmatch(code):
        raise SlipError(f"{name} must look like 7K3M-2Q")


def check_local(name: str, when: datetime) -> None:
    """Paper shows the hall's own time. Raises SlipError."""
    if when.tzinfo is not None:
        raise SlipError(f"{name} must be the hall's local time without a zone")


def _texts(slip: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for field in fields(slip):
        value: Any = getattr(slip, field.name)
        values = value if isinstance(value, tuple) else (value,)
        found += [(field.name, text) for text in values if isinstance(text, str)]
    return found


def _refuse_unprintable(name: str, text: str) -> None:
    if any(unicodedata.category(char)[0] == "C" for char in text):
        raise SlipError(f"{name} holds a control or unassigned character; paper cannot show it")


def _refuse_id_number(name: str, text: str) -> None:
    """A run of 15 or more digits, also with blanks or hyphens inside, may be an ID number."""
    run = 0
    for char in text:
        run = run + 1 if char.isdigit() else run if char in " \u3000-" else 0
        if run >= 15:
            raise SlipError(f"{name} holds 15 digits in a row; ID numbers are never printed")
