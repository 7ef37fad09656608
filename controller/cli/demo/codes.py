"""Codes to hold before the demo's scanner."""

from __future__ import annotations

import secrets
from enum import StrEnum
from threading import Lock

from controller.cli.client import Client
from controller.cli.demo.witness import Witness

ADVERT = "https://shop.example/?offer=8812"
"""What the hall has nothing to do with."""


class NoCode(Exception):
    """There is nothing to scan; says why."""


class Kind(StrEnum):
    """What lies beside the scanner."""

    APPOINTMENT = "appointment"
    SLIP = "slip"
    ADVERT = "advert"


class Codes:
    """An appointment that is made when somebody first needs it, the last slip, an advertisement."""

    def __init__(self, controller_url: str, kiosk: str, witness: Witness) -> None:
        self._controller, self._kiosk, self._witness = controller_url, kiosk, witness
        self._lock = Lock()
        self._booked: str | None = None

    def of(self, kind: Kind) -> str:
        """The text of the code. Raises `NoCode`, `Refused` or OSError."""
        if kind is Kind.ADVERT:
            return ADVERT
        if kind is Kind.APPOINTMENT:
            return self._appointment()
        code = self._witness.last_code
        if code is None:
            raise NoCode("no ticket came out yet")
        return code

    def _appointment(self) -> str:
        client = Client(self._controller, self._kiosk)
        with self._lock:
            try:
                if self._booked is None or not self._stands(client, self._booked):
                    self._booked = _book(client)
                return self._booked
            finally:
                client.close()

    def _stands(self, client: Client, code: str) -> bool:
        """Whether that appointment still waits for its person."""
        found = client.post("/appointments/mine", {"code": code})["bookings"]
        return any(booking["state"] == "booked" for booking in found)


def _book(client: Client) -> str:
    """Book the next free time of what is asked for most; its code."""
    day = client.get("/kiosk/day")
    bookable = {item["code"] for item in day["items"] if item["appointment"]}
    for item in (code for code in day["popular"] if code in bookable):
        slots = client.get(f"/appointments/slots?item={item}")["slots"]
        free = [slot["start"] for slot in slots if slot["left"]]
        if free:
            nobody = [secrets.token_hex(32) for _ in day["booking_keys"]]
            answer = client.command("/appointments", item=item, start=free[0], bookings=nobody)
            return str(answer["booking"]["code"])
    raise NoCode("no time is free")
