"""The hall's rules as numbers, each with the basis of its default.

Bases: "own" is a decision of this product, to be changed freely; others name where they come
from. All are used by the hall's rules as arguments, never read from here by the pure core. Those
in `RUNTIME` a supervisor may change while the hall works; `checked` judges one such change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from config.fields import Identifier, Name, Section, Text
from config.loader import value_faults
from config.problems import nearest

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
    checkin_early_min: Count = 15  # own (FR-14): before the slot, at the earliest
    checkin_late_min: Count = 15  # own (FR-14): after it, and still an appointment
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
    lease_blocks: Annotated[int, Field(ge=2, le=20)] = 4
    # Own (FR-23): so many blocks of a device and series are open at once. One is half used when the
    # next is asked for; the others are for numbers that are not reported yet, or never will be.
    lease_min: Annotated[int, Field(ge=1, le=60)] = 10  # own (FR-23)
    offer_grace_s: Annotated[int, Field(ge=0, le=60)] = 10  # own: to hold an offered one (FR-32)
    transfer_accept_min: Annotated[int, Field(ge=1, le=120)] = 10  # own: else back in line (FR-37)
    separate_arrival: bool = False  # own: one key says arrived and started (FR-44)
    undo_s: Annotated[int, Field(ge=0, le=30)] = 5  # own (FR-45)
    idle_s: Annotated[int, Field(ge=10, le=600)] = 30  # own: kiosk forgets the person
    idle_elder_s: Annotated[int, Field(ge=10, le=1200)] = 60  # own: twice the time in large text
    idle_warning_s: Annotated[int, Field(ge=5, le=60)] = 10  # own: "还需要时间吗?"
    done_s: Annotated[int, Field(ge=3, le=60)] = 8  # own: the page with the number
    rating_s: Annotated[int, Field(ge=0, le=300)] = 20  # own: faces at the window; 0: none (FR-52)
    rating_code_days: Annotated[int, Field(ge=1, le=30)] = 7  # practice of a province
    bad_review_contact_wd: Annotated[int, Field(ge=1, le=30)] = 1
    # Working days. Shanghai's business environment rules (2024) art. 30; Anyang's art. 52.
    bad_review_fix_wd: Annotated[int, Field(ge=1, le=90)] = 15  # practice of a city, second-hand
    booking_days_ahead: Annotated[int, Field(ge=1, le=60)] = 5
    # Working days (FR-16); as in a city hall's public notice.
    booking_lead_days: Annotated[int, Field(ge=0, le=30)] = (
        1  # the same notice; 0: for the same day too
    )
    cancel_before_min: Annotated[int, Field(ge=0, le=2880)] = 120  # the same notice
    check_in_before_min: Annotated[int, Field(ge=0, le=240)] = 15  # own (FR-14)
    check_in_after_min: Annotated[int, Field(ge=0, le=240)] = 15  # own (FR-14)
    no_show_limit: Annotated[int, Field(ge=1, le=100)] = 3  # own (FR-15): so many within …
    no_show_within_days: Annotated[int, Field(ge=1, le=90)] = 30  # … so long …
    no_show_block_days: Annotated[int, Field(ge=1, le=90)] = 30  # … and nothing is booked so long
    lookup_tries: Annotated[int, Field(ge=1, le=20)] = 5  # own (FR-57): wrong acceptance numbers
    lookup_lock_min: Annotated[int, Field(ge=1, le=240)] = 15  # own (FR-57)
    clock_skew_s: Annotated[int, Field(ge=1, le=60)] = 2  # own (FR-66): then an alarm
    statistics_years: Annotated[int, Field(ge=1, le=30)] = 3  # own: events without identifiers
    end_after_close_min: Annotated[int, Field(ge=0, le=240)] = 30
    # Own: windows go on for who still waits at closing; then the day's work ends.
    purge_after_close_min: Annotated[int, Field(ge=0, le=720)] = 60
    # Personal Information Protection Law art. 19: the shortest time that serves the purpose.


RUNTIME = frozenset(
    {
        "recall_limit",
        "recall_gap_s",
        "pass_after_s",
        "return_within_min",
        "return_behind",
        "return_behind_min",
        "priority_mode",
        "overtaking_cap",
        "tickets_per_person",
        "tickets_per_item",
        "items_per_ticket",
        "waiting_alarm",
        "wait_alarm_min",
        "hold_limit",
        "hold_max_min",
        "reprint_within_min",
        "reprint_limit",
        "offer_grace_s",
        "transfer_accept_min",
        "undo_s",
        "check_in_before_min",
        "check_in_after_min",
        "end_after_close_min",
    }
)
"""What may be changed while the hall works; all else needs a new file and a restart, because it
is promised to people beforehand, or other machines and the keeping of data rest on it."""

Value = bool | int | float | str | None


class PolicyError(Exception):
    """A changed policy value that cannot be taken; nothing has changed.

    ``problem`` completes "<name> ..."; the sentences say which values are allowed.
    """

    def __init__(self, name: str, problem: str, remedy: str, remedy_zh: str) -> None:
        self.name, self.problem, self.remedy, self.remedy_zh = name, problem, remedy, remedy_zh
        super().__init__(self.english())

    def english(self) -> str:
        """What is wrong and what to do, in English."""
        return f"{self.name} {self.problem}. {self.remedy}"

    def chinese(self) -> str:
        """What is wrong and what to do, in Chinese."""
        return f"{self.name} 的值不能用。{self.remedy_zh}"


def checked(name: str, value: object) -> Value:
    """``value`` if the policy ``name`` may take it at run time.

    Raises PolicyError for a name that is none, that needs a restart, or a value out of bounds.
    """
    if name not in Policy.model_fields:
        guess = nearest(name, sorted(RUNTIME))
        hint = f'Did you mean "{guess}"?' if guess else f"Known are {', '.join(sorted(RUNTIME))}."
        raise PolicyError(name, "is no policy", hint, "没有这一项，请核对名称。")
    if name not in RUNTIME:
        raise PolicyError(
            name,
            "cannot be changed while the hall works",
            "Write it into hall.toml and restart the controller.",
            "营业期间不能修改，请写入 hall.toml 后重启。",
        )
    try:
        found: Value = getattr(Policy.model_validate({name: value}), name)
    except ValidationError as error:
        problem = "; ".join(fault.problem for fault in value_faults(error, Policy))
        chinese, english = allowed(name)
        raise PolicyError(name, problem, f"Allowed: {english}.", f"可以是：{chinese}。") from None
    return found


def allowed(name: str) -> tuple[str, str]:
    """The values that a policy may take, in Chinese and in English."""
    schema = Policy.model_json_schema()["properties"][name]
    said = [_kind(kind) for kind in schema.get("anyOf", [schema])]
    return "，或".join(zh for zh, _ in said), " or ".join(en for _, en in said)


def _kind(schema: Mapping[str, Any]) -> tuple[str, str]:
    if "enum" in schema:
        return "、".join(schema["enum"]), " or ".join(schema["enum"])
    if schema["type"] == "null":
        return "不设（null）", "none (null)"
    if schema["type"] == "boolean":
        return "true 或 false", "true or false"
    low, high = schema["minimum"], schema["maximum"]
    whole = schema["type"] == "integer"
    zh, en = ("整数", "a whole number") if whole else ("数", "a number")
    return f"{low} 到 {high} 的{zh}", f"{en} from {low} to {high}"


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
    weight: Annotated[float, Field(ge=1, le=10)] = 3.8
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
