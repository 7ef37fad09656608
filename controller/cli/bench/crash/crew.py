"""Everybody who hammers the hall: kiosks, consoles, a guide and a supervisor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from controller.cli.bench.crash import moves
from controller.cli.bench.crash.callers import Caller, Gate
from controller.cli.bench.crash.house import GUIDE, WINDOWS, House, clerk_of
from controller.cli.bench.crash.moves import Mind, Town
from controller.cli.client import Client
from controller.cli.demo.accounts import SUPERVISOR

TWO_CONSOLES = frozenset({3, 13})
"""Windows whose clerk has two consoles open and presses both."""
AUTHORITY_BREATH_S = 0.15


@dataclass(slots=True)
class Machine:
    """A kiosk, whose token lasts."""

    address: str
    device: str
    token: str

    @property
    def actor(self) -> str:
        """See `Who.actor`."""
        return f"kiosk:{self.device}"

    def renew(self) -> str:
        """See `Who.renew`."""
        return self.token


@dataclass(slots=True)
class Person:
    """Somebody of the staff, who can sign in again."""

    address: str
    staff_no: str
    role: str
    token: str
    password: str

    @property
    def actor(self) -> str:
        """See `Who.actor`."""
        return f"{self.role}:{self.staff_no}"

    def renew(self) -> str:
        """See `Who.renew`."""
        public = Client(self.address)
        try:
            body = {"staff_no": self.staff_no, "password": self.password}
            self.token = str(public.post("/session", body)["token"])
        finally:
            public.close()
        return self.token


def crew(
    house: House, address: str, gate: Gate, waiting: Callable[[], int], chance: Random
) -> list[Caller]:
    """All callers, not yet started."""
    town = Town.of(house.config, waiting)

    def mind(no: int = 0) -> Mind:
        return Mind(town, Random(chance.random()), no)

    def staff(staff_no: str, role: str) -> Person:
        return Person(address, staff_no, role, house.sessions[staff_no], house.password)

    found = [
        Caller(device, Machine(address, device, token), moves.KIOSK, mind(), _day, gate)
        for device, token in house.kiosks.items()
    ]
    for no in WINDOWS:
        for _ in range(2 if no in TWO_CONSOLES else 1):
            clerk = staff(clerk_of(no), "clerk")
            found.append(
                Caller(f"window {no}", clerk, moves.CLERK, mind(no), _at_desk(clerk), gate)
            )
    for who, role, table in (
        (GUIDE, "guide", moves.GUIDE),
        (SUPERVISOR, "supervisor", moves.SUPERVISOR),
    ):
        found.append(
            Caller(role, staff(who, role), table, mind(), _nowhere, gate, AUTHORITY_BREATH_S)
        )
    return found


def _day(client: Client, mind: Mind) -> None:
    """A kiosk looks what is on today."""
    mind.key = client.get("/kiosk/day")["key"]


def _at_desk(clerk: Person) -> Callable[[Client, Mind], None]:
    """How a clerk looks at the own window."""

    def look(client: Client, mind: Mind) -> None:
        window = next(w for w in client.get("/windows")["windows"] if w["no"] == mind.no)
        if window["clerk"] != clerk.staff_no:
            mind.state, mind.hand, mind.held, mind.incoming = "closed", None, [], []
            return
        console = client.get(f"/windows/{mind.no}/console")["console"]
        mind.state, mind.hand = console["window"]["state"], console["ticket"]
        mind.held = [held["id"] for held in console["held"]]
        mind.incoming = [ticket["id"] for ticket in console["incoming"]]

    return look


def _nowhere(client: Client, mind: Mind) -> None:
    """Guides and supervisors walk about and try."""
