"""Asks the controller whether a call may be said, and tells how that ended (law 6).

A claim whose answer was lost is asked for again with the same request id: the controller then gives
the same answer, and nobody else has said the call meanwhile.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import requests

from display.announcer.wishes import Wish
from display.enrolment import Api

CLAIM, CONFIRM = "/api/v1/announcements/claim", "/api/v1/announcements/confirm"


class Outcome(StrEnum):
    """How a sounding ended."""

    SAID = "said"
    CUT = "cut"
    """The person had come."""
    FAILED = "failed"
    """Nobody may have heard it."""


class Unreachable(Exception):
    """The controller does not answer, or lets nobody in now."""


@dataclass(frozen=True, slots=True)
class Granted:
    """Whether we may say it.  `broken`: we began once before, and nobody knows how it ended."""

    yes: bool
    broken: bool = False


class Claims:
    """The claims of one announcer.  For one thread."""

    def __init__(self, api: Api, token: Callable[[], str | None]) -> None:
        self._api, self._token = api, token
        self._ids: dict[tuple[int, int, str], str] = {}
        self._owed: list[tuple[Wish, str, Outcome]] = []

    def claim(self, wish: Wish, zone: str) -> Granted:
        """May this call be said in the zone?  Raises `Unreachable`; ask again then."""
        key = (*wish.key, zone)
        request_id = self._ids.setdefault(key, secrets.token_hex(12))
        answer = self._ask(CLAIM, request_id, wish, zone)
        del self._ids[key]
        if answer is None:
            return Granted(False)
        taken_by_us = answer.get("why") == "taken" and answer.get("mine") is True
        return Granted(answer.get("granted") is True, taken_by_us and answer.get("outcome") is None)

    def confirm(self, wish: Wish, zone: str, outcome: Outcome) -> None:
        """Tell how it ended, now or as soon as the controller answers."""
        self._owed.append((wish, zone, outcome))
        self.settle()

    def settle(self) -> None:
        """Tell what is still to be told, as far as the controller answers."""
        while self._owed:
            wish, zone, outcome = self._owed[0]
            try:
                self._ask(CONFIRM, secrets.token_hex(12), wish, zone, outcome=outcome.value)
            except Unreachable:
                return
            del self._owed[0]

    def _ask(
        self, path: str, request_id: str, wish: Wish, zone: str, **more: str
    ) -> dict[str, object] | None:
        """The answer; None for a refusal that will not change."""
        token = self._token()
        if token is None:
            raise Unreachable("not enrolled")
        body = {"request_id": request_id, "call": wish.call, "times": wish.times, "zone": zone}
        try:
            status, answer = self._api("POST", path, token, body | more)
        except requests.RequestException as error:
            raise Unreachable(type(error).__name__) from error
        if status in (401, 403) or status >= 500:
            raise Unreachable(f"status {status}")
        return answer if status == 200 else None
