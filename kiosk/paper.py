"""Between an issued ticket and its paper: what the slip says, and what a record proves."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from kiosk.day import Day
from kiosk.session.model import Lamp, Outcome, Sent, Ticket
from printers.spool import JobState, JobUnknown, Spool
from printers.status import PrinterState
from printers.ticket import TicketSlip

LAMPS = {
    PrinterState.OK: Lamp.OK,
    PrinterState.NEAR_END: Lamp.NEAR_END,
    PrinterState.PAPER_OUT: Lamp.OUT,
    PrinterState.COVER_OPEN: Lamp.COVER,
    PrinterState.CUTTER: Lamp.CUTTER,
    PrinterState.ERROR: Lamp.OFFLINE,
    PrinterState.OFFLINE: Lamp.OFFLINE,
    PrinterState.SILENT: Lamp.SILENT,
    PrinterState.ABSENT: Lamp.OFFLINE,
    PrinterState.MUTE: Lamp.OK,
}
"""The printer's own words and the page's."""

ENDS = {
    JobState.PRINTED: Sent.PRINTED,
    JobState.UNPROVEN: Sent.UNPROVEN,
    JobState.SENDING: Sent.UNPROVEN,
    JobState.FAILED: Sent.NOT_SENT,
    JobState.QUEUED: Sent.NOT_SENT,
}
"""What a job's record proves."""

OUTCOMES = {
    Sent.PRINTED: Outcome.PRINTED,
    Sent.UNPROVEN: Outcome.UNPROVEN,
    Sent.NOT_SENT: Outcome.VOID,
}
"""How a number ends whose printing nobody watched to its end."""

MOST_WINDOWS = 24
"""Characters there is room for."""


def slip_of(ticket: Ticket, day: Day, kiosk: str) -> TicketSlip:
    """The slip of a ticket.  Raises `SlipError` for facts that cannot be printed."""
    issued = datetime.fromtimestamp(ticket.issued_at / 1000, UTC).astimezone(ZoneInfo(day.tz))
    items = (ticket.bundle,) if ticket.bundle else ticket.items
    return TicketSlip(
        hall=day.hall,
        number=ticket.number,
        items=items,
        bundle_parts=ticket.items if ticket.bundle else (),
        zone=ticket.zone.letter,
        zone_name=ticket.zone.name,
        windows=ticket.windows[:MOST_WINDOWS] or "各",
        people_ahead=ticket.ahead,
        wait=ticket.wait,
        issued_at=issued.replace(tzinfo=None),
        kiosk=kiosk,
        short_code=_grouped(ticket.short_code),
        progress_url=_progress(day.terms.progress, ticket.short_code),
        priority_mark=ticket.priority,
        alone=ticket.alone,
        pass_after_s=day.terms.pass_after_s,
        return_within_min=day.terms.return_within_min,
        behind=day.terms.return_behind,
    )


def recorded_end(spool: Spool | None, ticket: str) -> Outcome:
    """How a number of an earlier run ended, as the spool knows it.

    A number that never reached the spool is void: no paper of it exists, and the person who waited
    for it saw the kiosk go dark.
    """
    if spool is None:
        return Outcome.UNPROVEN
    try:
        return OUTCOMES[ENDS[spool.job(ticket).state]]
    except JobUnknown:
        return Outcome.VOID


def _progress(public_url: str | None, short_code: str) -> str | None:
    """Where a phone may follow the ticket; without a public address the code stands alone."""
    return None if public_url is None else f"{public_url.rstrip('/')}/{short_code}"


def _grouped(code: str) -> str:
    """7K3M2Q as 7K3M-2Q, easier to read out."""
    return f"{code[:4]}-{code[4:]}" if len(code) == 6 else code
