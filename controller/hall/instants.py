"""How the hall tells time: integers, microseconds since 1970-01-01 UTC."""

from dataclasses import dataclass
from datetime import datetime

Instant = int
SECOND: Instant = 1_000_000
MINUTE: Instant = 60 * SECOND


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, told twice: the instant, and the wall clock in the hall's time zone (naive)."""

    at: Instant
    local: datetime

    @property
    def day(self) -> str:
        """The calendar day on the hall's wall, ISO 8601."""
        return self.local.date().isoformat()
