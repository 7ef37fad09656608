"""Lets the demo's kiosk and screens in: their codes are approved as an administrator does it."""

from __future__ import annotations

import time
from collections.abc import Callable

from controller.cli.client import Client, Refused
from kiosk.identity import Identity

WITHIN_S = 60.0
_POLL_S = 0.05


class NotEnrolled(Exception):
    """A device did not become one in time."""


def enrol_kiosk(
    address: str, operator: Client, identity: Identity, watch: Callable[[], None]
) -> str:
    """Approve the code of the kiosk that keeps its secret in `identity`; the secret.

    `watch` is called while waiting and may raise. Raises `NotEnrolled`.
    """
    deadline = time.monotonic() + WITHIN_S
    while time.monotonic() < deadline:
        secret = identity.load()
        if secret and _let_in(address, operator, secret):
            return secret
        watch()
        time.sleep(_POLL_S)
    raise NotEnrolled("the kiosk did not ask to be enrolled")


def enrol_screen(
    address: str, operator: Client, kept: str, name: str = "演示屏幕", room: str = ""
) -> str:
    """The secret of an approved screen: the kept one while it counts, else a new one's. `room`:
    what it is approved to show; only a window's own screen may rate there."""
    if kept and _let_in(address, operator, kept):
        return kept
    public = Client(address)
    asked = public.post("/devices", {"kind": "screen", "name": name, "room": room})
    public.close()
    operator.command("/devices/approve", code=asked["code"])
    return str(asked["secret"])


def _let_in(address: str, operator: Client, secret: str) -> bool:
    device = Client(address, secret)
    try:
        me = device.get("/devices/me")
    except Refused:
        return False  # not known, or revoked: it will ask anew
    finally:
        device.close()
    if me["state"] == "pending":
        operator.command("/devices/approve", code=me["code"])
    return bool(me["state"] in ("pending", "approved"))
