"""Everybody who hammers the hall: kiosks, consoles, a guide and a supervisor."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from controller.cli.bench.crash import moves
from controller.cli.bench.crash.callers import Caller, Gate
from controller.cli.bench.crash.house import AUTOMATIC, GUIDE, WINDOWS, House, clerk_of
from controller.cli.bench.crash.moves.mind import Mind, Town
from controller.cli.bench.crash.people import Machine, Person, staff_of
from controller.cli.client import Client
from controller.cli.demo.accounts import SUPERVISOR

TWO_CONSOLES = frozenset({3, 13})
"""Windows whose clerk has two consoles open and presses both."""
GUIDE_BREATH_S, AUTHORITY_BREATH_S = 0.02, 0.15
"""They have less to do than clerks."""


def crew(
    house: House, address: str, gate: Gate, waiting: Callable[[], int], chance: Random
) -> list[Caller]:
    """All callers, not yet started."""
    town = Town.of(house.config, waiting)

    def mind(no: int = 0) -> Mind:
        return Mind(town, Random(chance.random()), no)

    found = [
        Caller(device, Machine(address, device, token), moves.KIOSK, mind(), _day, gate)
        for device, token in house.kiosks.items()
    ]
    for no in WINDOWS:
        table = moves.AUTOMATIC if no in AUTOMATIC else moves.CLERK
        for _ in range(2 if no in TWO_CONSOLES else 1):
            clerk = staff_of(house, address, clerk_of(no), "clerk")
            found.append(Caller(f"window {no}", clerk, table, mind(no), _at_desk(clerk), gate))
    for who, role, table, look, breath_s in (
        (GUIDE, "guide", moves.GUIDE, _around, GUIDE_BREATH_S),
        (SUPERVISOR, "supervisor", moves.SUPERVISOR, _absences, AUTHORITY_BREATH_S),
    ):
        person = staff_of(house, address, who, role)
        found.append(Caller(role, person, table, mind(), look, gate, breath_s))
    return found


def _day(client: Client, mind: Mind) -> None:
    """A kiosk looks what is on today."""
    day = client.get("/kiosk/day")
    mind.key, mind.booking_keys = day["key"], day["booking_keys"]
    _slots(client, mind)


def _slots(client: Client, mind: Mind) -> None:
    """When something may be booked."""
    mind.bookable = mind.chance.choice(mind.town.bookable)
    slots = client.get(f"/appointments/slots?item={mind.bookable}")["slots"]
    mind.slots = [slot["start"] for slot in slots]


def _around(client: Client, mind: Mind) -> None:
    """A guide looks who is there."""
    _slots(client, mind)
    for state in ("waiting", "passed"):
        tickets = client.get(f"/desk/tickets?state={state}&limit=30")["tickets"]
        mind.there[state] = [ticket["id"] for ticket in tickets]


def _absences(client: Client, mind: Mind) -> None:
    """A supervisor looks who did not come."""
    mind.missed = [absence["booking"] for absence in client.get("/absences")["absences"]]


def _at_desk(clerk: Person) -> Callable[[Client, Mind], None]:
    """How a clerk looks at the own window."""

    def look(client: Client, mind: Mind) -> None:
        window = next(w for w in client.get("/windows")["windows"] if w["no"] == mind.no)
        if window["clerk"] != clerk.staff_no:
            mind.state, mind.hand, mind.held, mind.incoming = "closed", None, [], []
            mind.offered = False
            return
        console = client.get(f"/windows/{mind.no}/console")["console"]
        mind.state, mind.hand = console["window"]["state"], console["ticket"]
        mind.offered = console["offer"] is not None
        mind.held = [held["id"] for held in console["held"]]
        mind.incoming = [ticket["id"] for ticket in console["incoming"]]

    return look
