"""What the handlers of requests share."""

from dataclasses import dataclass, field

from argon2 import PasswordHasher

from config import HallConfig
from controller.catalogue import Catalogue
from controller.deed import Deed
from controller.forecast.forecasts import Forecasts
from controller.identity import new_token
from controller.openings import Openings
from controller.service import Service
from controller.views.demand import Usual
from controller.views.devices import Device, Health, silent
from controller.web.paper_book import Papers
from controller.web.rating_tokens import RatingTokens
from controller.web.throttle import Throttle


@dataclass(slots=True)
class Context:
    """The composition of one controller, as the web sees it."""

    service: Service
    config: HallConfig
    catalogue: Catalogue
    openings: Openings
    usual: Usual
    forecasts: Forecasts = field(default_factory=Forecasts)
    health: dict[str, Health] = field(default_factory=dict)
    heard: dict[str, tuple[int, str]] = field(default_factory=dict)
    """The newest event that each device was told of, and its digest."""
    passwords: PasswordHasher = field(default_factory=PasswordHasher)
    decoy: str = field(default_factory=lambda: PasswordHasher().hash(new_token()))
    """The hash that is checked for accounts that are not there, so that nobody learns which are."""
    enrolments: Throttle = field(default_factory=lambda: Throttle(20, 60))
    lookups: Throttle = field(init=False)
    """Wrong codes of a terminal: so many, then it is locked for a while (FR-57)."""
    ratings: RatingTokens = field(default_factory=RatingTokens)
    papers: Papers = field(default_factory=Papers)
    """Notices on their way to a window's printer."""
    rating_requests: Throttle = field(default_factory=lambda: Throttle(30, 60))
    rating_codes: Throttle = field(init=False)
    """Wrong codes of slips, by caller."""
    sign_ins: Throttle = field(default_factory=lambda: Throttle(10, 60))
    started_at: int = field(init=False)
    """When this controller began to listen to its devices, ms."""

    def __post_init__(self) -> None:
        """What the configuration sets."""
        policy = self.config.policy
        self.lookups = Throttle(policy.lookup_tries, policy.lookup_lock_min * 60)
        self.rating_codes = Throttle(policy.lookup_tries, policy.lookup_lock_min * 60)
        self.started_at = self.service.clock.instant() // 1000

    def devices(self) -> list[Device]:
        """All devices by name, with what was heard of each."""
        rows = sorted(self.service.identities.devices.values(), key=lambda row: row.name)
        return [
            Device(row.device, row.kind, row.name, row.state, self.health.get(row.device), row.room)
            for row in rows
        ]

    def printer_at(self, no: int) -> str | None:
        """The word of the printer beside a window's screen; None without one that was heard of."""
        room, now = f"window:{no}", self.service.clock.instant() // 1000
        heard = [one for one in self.devices() if one.room == room and one.health is not None]
        for one in heard:
            word = one.health.parts.get("printer") if one.health and not silent(one, now) else None
            if word and one.state == "approved":
                return word
        return None

    def submit(self, deed: Deed) -> tuple[str, int]:
        """Have a deed done: body and status of its answer."""
        answer = self.service.submit(deed)
        return answer.body, answer.status
