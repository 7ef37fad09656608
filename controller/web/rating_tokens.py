"""By what a window's screen may rate: a token that is worth one visit on one device."""

import hmac
from dataclasses import dataclass, field

from controller.hall.instants import Instant
from controller.identity import new_token
from controller.journal.base import VisitRow

MOST_KEPT = 500


@dataclass(slots=True)
class RatingTokens:
    """The tokens of this process: each is worth one visit on one screen."""

    key: bytes = field(default_factory=lambda: new_token().encode())
    given: dict[str, tuple[int, Instant]] = field(default_factory=dict)
    """The rating that was given with a token, and when: the same screen may still explain it."""

    def make(self, visit: VisitRow, device: str) -> str:
        """The token by which a screen may rate a visit."""
        text = f"{visit.ticket}|{visit.finished_at}|{device}"
        return hmac.digest(self.key, text.encode(), "sha256").hex()

    def fits(self, token: str, visit: VisitRow, device: str) -> bool:
        """Whether this is the token of the visit for the device."""
        return hmac.compare_digest(token.encode(), self.make(visit, device).encode())

    def note(self, token: str, seq: int, at: Instant) -> None:
        """Remember the rating that a token gave."""
        self.given[token] = (seq, at)
        while len(self.given) > MOST_KEPT:
            del self.given[next(iter(self.given))]
