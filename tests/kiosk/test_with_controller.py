"""A kiosk's session and calls against a real controller: what only both together can get wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.enquiry import find, fulfil, print_again
from kiosk.link import Link, Refused
from kiosk.readers.scan_rules import meaning_of
from kiosk.session import step
from kiosk.session.model import Act, Issue, Issued, IssueRefused, Session, State
from kiosk.session.own import Again, Due, Seek
from kiosk.ways import actions_of
from tests.controller.web.bookings import next_slot, slot_of_today
from tests.controller.web.process import House, Patron, Process
from tests.kiosk.visits import ready, request_of, taken

ITEM = "RS-004"
WITHIN_S = 60.0


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo's hall, which lets people check in four hours before their time."""
    process = Process(tmp_path_factory.mktemp("codes") / "hall")
    found = House(process.start())
    found.staff("0901", "supervisor")
    found.device("kiosk")
    found.client("0901").command("/policy", name="check_in_before_min", value=240)
    yield found
    process.stop()


@pytest.fixture
def link(house: House) -> Iterator[Link]:
    one = Link(house.process.address, token=house.tokens["kiosk"])
    yield one
    one.close()


def booked(client: Patron) -> tuple[str, str]:
    """The code of an appointment at the next free time, and that time."""
    start = next_slot(client.get(f"/appointments/slots?item={ITEM}")["slots"])
    hashes = [f"{7:064x}", f"{8:064x}"]
    made = client.command("/appointments", item=ITEM, start=start, bookings=hashes)["booking"]
    return made["code"], made["start"]


def scanned(link: Link, text: str) -> Session:
    """What the page shows after this was held before the scanner."""
    session, (seek,) = step(ready(), meaning_of(text.encode()), 0.0)
    assert isinstance(seek, Seek)
    session, _ = step(session, find(link, seek), 0.0)
    return session


def test_a_booking_code_from_the_controller_checks_its_owner_in(house: House, link: Link) -> None:
    """FR-14"""
    code, start = booked(house.client("kiosk"))
    slot_of_today(start)
    session = scanned(link, f"{code[:4]}-{code[4:]}")
    assert session.visit.state is State.BOOKED
    session, (wish,) = step(session, Act("check_in"), 0.0)
    assert isinstance(wish, Issue)
    ticket = fulfil(link, wish, WITHIN_S)
    session, _ = step(session, Issued(wish.request_id, ticket), 0.0)
    assert session.visit.ticket == ticket

    again = scanned(link, code)
    assert again.visit.booked is not None
    assert again.visit.booked.due is Due.ARRIVED, "one code, one number"
    slip = scanned(link, ticket.short_code)
    assert [number.id for number in slip.visit.numbers] == [ticket.id]


def test_who_has_a_number_already_gets_the_same_one_printed_again(house: House, link: Link) -> None:
    """FR-08, at whichever kiosk"""
    session = replace(taken(), nonce="another-start")
    first = fulfil(link, wish_of(session), WITHIN_S)
    house.device("another kiosk")
    other = Link(house.process.address, token=house.tokens["another kiosk"])
    with pytest.raises(Refused) as no:
        fulfil(other, replace(wish_of(session), request_id="once-more"), WITHIN_S)
    assert (no.value.code, no.value.ticket) == ("already-waiting", first.id)
    refused = IssueRefused(request_of(session), no.value.words, no.value.code, no.value.ticket)
    session, _ = step(session, refused, 0.0)
    assert actions_of(session)[0] == "print_own"
    session, (again,) = step(session, Act("print_own"), 0.0)
    assert isinstance(again, Again)
    paper = print_again(other, again, WITHIN_S)
    assert (paper.id, paper.short_code) == (first.id, first.short_code)
    other.close()


def wish_of(session: Session) -> Issue:
    """What the session asks for, under a request of its own."""
    visit = session.visit
    assert visit.choice is not None
    assert visit.visitor is not None
    return Issue("first-wish", visit.choice, visit.visitor)
