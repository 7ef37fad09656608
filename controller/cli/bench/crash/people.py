"""Who asks: machines whose tokens last, and people who can sign in again."""

from __future__ import annotations

from dataclasses import dataclass

from controller.cli.bench.crash.house import House
from controller.cli.client import Client


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


def staff_of(house: House, address: str, staff_no: str, role: str) -> Person:
    """One of the house's staff."""
    return Person(address, staff_no, role, house.sessions[staff_no], house.password)
