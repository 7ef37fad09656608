"""The kinds of paper a printer is given: one union, one layout, one stored form."""

import json
from dataclasses import asdict, fields, replace
from datetime import date, datetime, time
from typing import Any, get_type_hints

from printers.booking import BookingSlip, layout_booking
from printers.notice import NoticeSlip, layout_notice
from printers.paper import Layout, Paper
from printers.slip import TicketSlip
from printers.ticket import layout

Slip = TicketSlip | NoticeSlip | BookingSlip

_KINDS: dict[str, type[Slip]] = {
    "ticket": TicketSlip,
    "notice": NoticeSlip,
    "booking": BookingSlip,
}
_TIMES = (datetime, date, time)


def layout_of(slip: Slip, paper: Paper, *, code_alone: bool = False) -> Layout:
    """Place a slip of any kind on `paper`. Raises SlipError.

    `code_alone`: nothing stands beside a ticket's QR code, so that the printer may draw it. The
    other kinds have their code painted.
    """
    match slip:
        case TicketSlip():
            return layout(slip, paper, code_alone=code_alone)
        case NoticeSlip():
            return layout_notice(slip, paper)
        case BookingSlip():
            return layout_booking(slip, paper)


def reprint_of(slip: Slip) -> Slip:
    """The same slip, marked 补打."""
    return replace(slip, reprint=True)


def to_json(slip: Slip) -> str:
    """The stored form."""
    kind = next(name for name, of in _KINDS.items() if isinstance(slip, of))
    facts = asdict(slip) | {"kind": kind}
    return json.dumps(facts, ensure_ascii=False, default=lambda when: when.isoformat())


def from_json(text: str) -> Slip:
    """The slip of a stored form; one without a kind is a ticket, of an earlier version, and a fact
    that it lacks has come since."""
    facts = json.loads(text)
    kind = _KINDS[facts.pop("kind", "ticket")]
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind) if field.name in facts]
    return kind(**{name: _restored(facts[name], hints[name]) for name in names})


def _restored(value: Any, hint: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str) and hint in _TIMES:
        return hint.fromisoformat(value)
    return value
