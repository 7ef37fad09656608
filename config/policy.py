"""The hall's rules as numbers, each with the basis of its default.

Bases: "own" is a decision of this product, to be changed freely; others name where they come
from. All are used by the hall's rules as arguments, never read from here by the pure core.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from config.fields import Identifier, Name, Section, Text

Count = Annotated[int, Field(ge=0, le=10_000)]
Some = Annotated[int, Field(ge=1, le=10_000)]


class Policy(Section):
    """``[policy]``: limits and times of tickets and calls. Units stand in the names."""

    recall_limit: Annotated[int, Field(ge=1, le=5)] = 3  # deployed halls repeat up to 5 times
    recall_gap_s: Annotated[int, Field(ge=5, le=300)] = 15  # own: time to stand up and look
    pass_after_s: Annotated[int, Field(ge=0, le=900)] = 60  # own: nobody is passed at once
    return_within_min: Annotated[int, Field(ge=0, le=480)] = 30  # own; some halls void at once
    return_behind: Count = 3  # own: calls that go first when a passed person comes back
    return_behind_min: Count = 5  # own: or this long, whichever comes first
    priority_mode: Literal["accumulating", "strict"] = "accumulating"  # nobody starves
    overtaking_cap: Some | None = None  # off: the mode alone keeps the balance
    appointment_weight: Annotated[float, Field(ge=1, le=10)] = 3.0  # measured in simulation
    tickets_per_person: Some = 3  # own: several matters a day happen (FR-09)
    tickets_per_item: Some = 2  # own, as deployed systems ("1 or 2")
    items_per_ticket: Annotated[int, Field(ge=1, le=20)] = 5  # own (FR-10)
    waiting_alarm: Some = 20  # own: tickets waiting for one skill (FR-13)
    wait_alarm_min: Some = 30  # practice of a county hall, second-hand
    hold_limit: Annotated[int, Field(ge=1, le=10)] = 3  # own (FR-38)
    hold_max_min: Annotated[int, Field(ge=1, le=480)] = 60  # own (FR-38)
    reprint_within_min: Count = 10  # own (FR-20)
    reprint_limit: Count = 2  # own (FR-20)
    lease_numbers: Annotated[int, Field(ge=1, le=200)] = (
        50  # own: block of an offline kiosk (FR-23)
    )
    lease_min: Annotated[int, Field(ge=1, le=60)] = 10  # own (FR-23)
    undo_s: Annotated[int, Field(ge=0, le=30)] = 5  # own (FR-45)
    idle_s: Annotated[int, Field(ge=10, le=600)] = 30  # own: kiosk forgets the person
    idle_elder_s: Annotated[int, Field(ge=10, le=1200)] = 60  # own: twice the time in large text
    idle_warning_s: Annotated[int, Field(ge=5, le=60)] = 10  # own: "还需要时间吗?"
    done_s: Annotated[int, Field(ge=3, le=60)] = 8  # own: the page with the number
    rating_s: Annotated[int, Field(ge=5, le=300)] = 20  # own: faces at the window screen
    purge_after_close_min: Annotated[int, Field(ge=0, le=720)] = 60
    # Personal Information Protection Law art. 19: the shortest time that serves the purpose.


class PriorityClass(Section):
    """A group with a right to go first (FR-25). The journal holds only class and weight.

    ``evidence``: "card_age" is derived at the kiosk from ``min_age``; "certificate" is shown to
    staff; "staff" is granted with a reason. ``weight``: how many times faster seniority grows.
    """

    id: Identifier
    name: Name
    name_en: Name
    legal_basis: Text
    evidence: Literal["card_age", "certificate", "staff"]
    dispatch_class: Literal["priority", "ordinary", "appointment"] = "priority"
    weight: Annotated[float, Field(ge=1, le=10)] = 3.1
    min_age: Annotated[int, Field(ge=18, le=120)] | None = None


class Series(Section):
    """``[series]``: how ticket numbers look, e.g. A023 (FR-22)."""

    digits: Literal[3, 4] = 3  # 4 only where every kiosk prints on 80 mm paper
    reserve: tuple[str, ...] = Field(default=(), strict=False)
    # letters that go on when a series is full


class Demand(Section):
    """``[demand]``: the usual day, for simulation and first estimates. Shares are 0 to 1."""

    arrival_profile: dict[str, Annotated[float, Field(ge=0, le=1)]] = Field(default_factory=dict)
    priority_share: Annotated[float, Field(ge=0, le=1)] = 0.15
    no_show_share: Annotated[float, Field(ge=0, le=1)] = 0.05
    appointment_share: Annotated[float, Field(ge=0, le=1)] = 0.10
