"""What the controller says of somebody's numbers and appointments, and what it is asked to do.

The session asks with `Seek`, `Want` and `Again`; a thread of `Errands` goes and tells it the
answer.  Protocol: docs/protocol.md.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from typing import Any

import structlog

from kiosk.day import wait_from_json
from kiosk.link import Busy, Link, LinkError, Offline, Refused, ticket_of
from kiosk.session.model import (
    Input,
    Issue,
    Issued,
    IssueLost,
    IssueRefused,
    Ticket,
    Words,
)
from kiosk.session.own import (
    Again,
    Appointment,
    Claim,
    Due,
    Found,
    Purpose,
    Seek,
    Standing,
    Want,
)

ANSWER_S = 6.0
"""How long a deed is repeated while a person waits."""
NOTHING = Words("", "", "", "")

log = structlog.get_logger("kiosk.enquiry")

Json = Mapping[str, Any]
Errand = Seek | Want | Again


class Errands:
    """A thread that asks the controller one thing after the other; `tell` hears the answers."""

    def __init__(self, link: Link, tell: Callable[[Input], None]) -> None:
        self._link, self._tell = link, tell
        self._jobs: queue.Queue[Errand | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="errands", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """After the errand in hand."""
        self._jobs.put(None)
        self._thread.join()

    def run(self, errand: Errand) -> None:
        """Returns at once."""
        self._jobs.put(errand)

    def _run(self) -> None:
        while (errand := self._jobs.get()) is not None:
            self._tell(self._answer(errand))

    def _answer(self, errand: Errand) -> Input:
        try:
            match errand:
                case Seek():
                    return find(self._link, errand)
                case Want():
                    return do(self._link, errand, ANSWER_S)
                case Again():
                    ticket = print_again(self._link, errand, ANSWER_S)
                    return Issued(errand.request_id, ticket, again=True)
        except Refused as no:
            log.info("refused", code=no.code)
            return IssueRefused(errand.request_id, no.words, no.code)
        except Busy:
            return IssueRefused(errand.request_id, NOTHING, "too-many-requests")
        except LinkError as error:
            log.warning("no answer", why=str(error))
            return IssueLost(errand.request_id)


def find(link: Link, seek: Seek) -> Found:
    """The numbers or appointments under a claim.  Raises `LinkError`."""
    claim = seek.claim
    if seek.purpose is Purpose.BOOKED and not claim.code:
        body = {"bookings": list(claim.bookings)}
        return _found(seek.request_id, link.ask("appointments/mine", body))
    what = {"key": claim.key} if claim.key else _code_or_number(claim)
    return _found(seek.request_id, link.ask("lookups", what))


def do(link: Link, want: Want, within_s: float) -> Found:
    """Do it, and say how the number stands then.  Raises `LinkError`."""
    path = f"tickets/{want.ticket}/{want.deed.value}"
    link.command(path, want.request_id, _proof(want.claim), within_s)
    after = find(link, Seek(want.request_id, Purpose.LOOK, want.claim))
    mine = tuple(number for number in after.numbers if number.id == want.ticket)
    return Found(want.request_id, mine)


def print_again(link: Link, again: Again, within_s: float) -> Ticket:
    """Count a reprint; what is to be printed.  Raises `LinkError`."""
    path = f"tickets/{again.ticket}/reprint"
    return ticket_of(link.command(path, again.request_id, _proof(again.claim), within_s))


def check_in(link: Link, wish: Issue, claim: Claim, within_s: float) -> Ticket:
    """The number of an appointment.  Raises `LinkError`."""
    mine: dict[str, Any] = (
        {"code": claim.code} if claim.code else {"bookings": list(claim.bookings)}
    )
    visitor = wish.visitor
    person = {"key": visitor.key, "masked": visitor.masked} if visitor else None
    body = mine | {"person": person, "priority": visitor.priority if visitor else None}
    return ticket_of(link.command("appointments/check-in", wish.request_id, body, within_s))


def fulfil(link: Link, wish: Issue, within_s: float) -> Ticket:
    """The number that is wished for.  Raises `LinkError`."""
    if wish.claim is not None:
        return check_in(link, wish, wish.claim, within_s)
    assert wish.visitor is not None, "only an appointment's owner may be unknown"
    return link.issue(wish.request_id, wish.choice, wish.visitor, within_s)


def _proof(claim: Claim) -> dict[str, str]:
    return {"key": claim.key} if claim.key else {"code": claim.code}


def _code_or_number(claim: Claim) -> dict[str, str]:
    return {"code": claim.code} if claim.code else {"number": claim.number}


def _found(request_id: str, answer: Json) -> Found:
    try:
        numbers = tuple(_standing(row) for row in answer.get("tickets") or ())
        booked = tuple(_appointment(row) for row in answer.get("bookings") or ())
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Offline("what was found makes no sense") from None
    return Found(request_id, numbers, booked)


def _standing(row: Json) -> Standing:
    items = row.get("items") or ()
    return Standing(
        id=str(row["id"]),
        number=str(row["number"]),
        state=str(row["state"]),
        zone=str(row.get("zone") or ""),
        codes=tuple(str(item["code"]) for item in items if item["state"] != "done"),
        items=tuple(str(item["name"]) for item in items),
        items_en=tuple(str(item.get("name_en") or "") for item in items),
        bundle=str(row.get("bundle") or ""),
        bundle_en=str(row.get("bundle_en") or ""),
        window=_whole(row.get("window")),
        target=_whole(row.get("target")),
        ahead=_whole(row.get("ahead")),
        wait=wait_from_json(row.get("wait")),
        deadline_at=_whole(row.get("deadline_at")),
        reprints=int(row.get("reprints") or 0),
        issued_at=int(row.get("issued_at") or 0),
    )


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _appointment(row: Json) -> Appointment:
    day, _, start = str(row["start"]).partition("T")
    return Appointment(
        id=str(row["id"]),
        item=str(row["item"]),
        name=str(row["name"]),
        name_en=str(row.get("name_en") or ""),
        day=day,
        start=start[:5],
        due=Due(row["due"]),
        opens=str(row.get("opens") or "")[11:16],
    )
