"""``[appointments]``: what may be booked (FR-16). When and how far ahead stands in ``[policy]``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from config.fields import Section

Places = Annotated[int, Field(ge=0, le=100)]


class Appointments(Section):
    """Booking slots: their length, and how many people one slot takes for one skill.

    ``per_slot`` holds for every skill that ``capacity`` does not name; 0 books nothing. Which items
    may be booked they say themselves (``appointment``).
    """

    slot_min: Literal[5, 10, 15, 20, 30, 60] = 15  # own: divides the hour, so times read well
    per_slot: Places = 1  # own: leaves most of a slot to people without an appointment
    capacity: dict[str, Places] = Field(default_factory=dict)

    def places(self, skill: str) -> int:
        """How many people one slot takes for ``skill``."""
        return self.capacity.get(skill, self.per_slot)
