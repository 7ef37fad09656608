"""What the pages of guides and supervisors are answered while nobody asks for anything."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from controller.cli.bench.crash.callers import LINES_THAT_BREAK, UNAUTHENTICATED
from controller.cli.bench.crash.checker.records import Json, Page
from controller.cli.bench.crash.house import GUIDE, WINDOWS, House
from controller.cli.bench.crash.people import Person, staff_of
from controller.cli.client import Client, Refused
from controller.cli.demo.accounts import SUPERVISOR

MOST_LISTED = 1000
BRIEFS = ("held", "incoming", "outgoing")


class Pages:
    """Reads them, with the tokens of one guide and one supervisor."""

    def __init__(self, house: House, address: str) -> None:
        self._guide = _Reader(staff_of(house, address, GUIDE, "guide"))
        self._supervisor = _Reader(staff_of(house, address, SUPERVISOR, "supervisor"))

    def read(self) -> list[Page]:
        """All of them, one after the other. Raises `Refused` or OSError."""
        told = self._guide.get(f"/desk/tickets?state=open&limit={MOST_LISTED}")
        found = [Page("list", None, told["seq"], told["tickets"])]
        for no in WINDOWS:
            told = self._supervisor.get(f"/windows/{no}/console")
            found.append(Page("console", no, told["seq"], _console(told["console"])))
        told = self._guide.get("/appointments")
        booked = {booking["id"]: booking for booking in told["bookings"]}
        found.append(Page("appointments", None, found[-1].seq, booked))
        return found

    def close(self) -> None:
        """Close the connections."""
        self._guide.close()
        self._supervisor.close()


class _Reader:
    """One of the staff, who signs in again if need be."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._client = Client(person.address, person.token)

    def get(self, path: str) -> Json:
        """Read. Raises `Refused` or OSError."""
        with suppress(*LINES_THAT_BREAK):
            return self._signed_in(path)
        return self._signed_in(path)  # the line was one to the controller's last life

    def _signed_in(self, path: str) -> Json:
        try:
            return self._client.get(path)
        except Refused as refused:
            if refused.status != UNAUTHENTICATED:
                raise
        self._client.token = self._person.renew()
        return self._client.get(path)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()


def _console(console: Json) -> dict[str, Any]:
    """With bare ids, in an order of their own."""
    return console | {name: sorted(one["id"] for one in console[name]) for name in BRIEFS}
