"""The plan of a hall: everything of its configuration that the rules read. Frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from controller.hall.instants import MINUTE, SECOND, Instant
from controller.hall.opening import OpeningPlan


class Mode(StrEnum):
    """How priority works: it ages faster, or it goes first whatever the others waited (FR-27)."""

    ACCUMULATING = "accumulating"
    STRICT = "strict"


@dataclass(frozen=True, slots=True)
class Service:
    """A service item of the catalogue (事项). `minutes` is the mean time it is expected to take;
    services of one `group` are much alike for a clerk (its skill, unless told); `daily` is how many
    a day are expected before days were learned."""

    code: str
    skill: str
    minutes: float
    group: str = ""
    daily: float | None = None

    @property
    def family(self) -> str:
        """What it is much like: its group."""
        return self.group or self.skill


@dataclass(frozen=True, slots=True)
class Skill:
    """What a window can do: a group of service items with one number series and one waiting
    zone."""

    id: str
    series: str
    zone: str


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """A window as configured. `auto`: when free it is offered the next ticket (FR-32);
    `low_counter`: wheelchair users are called here (FR-29)."""

    no: int
    zone: str
    skills: frozenset[str]
    auto: bool = False
    low_counter: bool = False


@dataclass(frozen=True, slots=True)
class Bundle:
    """一件事: several items on one ticket, in any order unless `in_order`."""

    id: str
    items: tuple[str, ...]
    in_order: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """People with a right to go first, as dispatch sees them (FR-25): class and weight. `by_card`:
    the document itself is the evidence; everybody else shows it to staff."""

    id: str
    cls: str
    weight: float
    by_card: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The policy values the hall's rules read (requirements, section 3). Times in microseconds."""

    digits: int = 3
    reserve_series: tuple[str, ...] = ()
    recall_limit: int = 3
    recall_gap: Instant = 15 * SECOND
    pass_after: Instant = 60 * SECOND
    return_within: Instant = 30 * MINUTE
    return_behind: int = 3
    return_after: Instant = 5 * MINUTE
    hold_limit: int = 3
    hold_longest: Instant = 60 * MINUTE
    offer_grace: Instant = 10 * SECOND
    transfer_within: Instant = 10 * MINUTE
    undo_within: Instant = 5 * SECOND
    separate_arrival: bool = False
    tickets_per_person: int | None = None
    tickets_per_item: int | None = None
    items_per_ticket: int | None = None
    reprint_within: Instant = 10 * MINUTE
    reprint_limit: int = 2
    lease_blocks: int = 4
    rating_asked_for: Instant = 20 * SECOND
    rating_days: int = 7
    waiting_alarm: int = 20
    wait_alarm: Instant = 30 * MINUTE
    closing_grace: Instant = 30 * MINUTE
    check_in_before: Instant | None = None
    check_in_after: Instant | None = None
    mode: Mode = Mode.ACCUMULATING
    overtaking_cap: int | None = None
    weights: Mapping[str, float] = field(
        default_factory=lambda: {"ordinary": 1.0, "priority": 3.8, "appointment": 3.0}
    )

    def changed(self, name: str, value: "Value") -> "Rules":
        """The rules with one configured value changed. Raises KeyError for a name that is not in
        `RULES_OF`; the value has been checked."""
        rule, unit = RULES_OF[name]
        if rule == "mode":
            return replace(self, mode=Mode(str(value)))
        if isinstance(value, int) and not isinstance(value, bool):
            value *= unit
        return replace(self, **{rule: value})  # type: ignore[arg-type]


Value = int | float | str | bool | None
"""A policy value as configured."""

RULES_OF: dict[str, tuple[str, int]] = {
    "recall_limit": ("recall_limit", 1),
    "recall_gap_s": ("recall_gap", SECOND),
    "pass_after_s": ("pass_after", SECOND),
    "return_within_min": ("return_within", MINUTE),
    "return_behind": ("return_behind", 1),
    "return_behind_min": ("return_after", MINUTE),
    "hold_limit": ("hold_limit", 1),
    "hold_max_min": ("hold_longest", MINUTE),
    "offer_grace_s": ("offer_grace", SECOND),
    "transfer_accept_min": ("transfer_within", MINUTE),
    "undo_s": ("undo_within", SECOND),
    "separate_arrival": ("separate_arrival", 1),
    "tickets_per_person": ("tickets_per_person", 1),
    "tickets_per_item": ("tickets_per_item", 1),
    "items_per_ticket": ("items_per_ticket", 1),
    "reprint_within_min": ("reprint_within", MINUTE),
    "reprint_limit": ("reprint_limit", 1),
    "lease_blocks": ("lease_blocks", 1),
    "rating_s": ("rating_asked_for", SECOND),
    "rating_code_days": ("rating_days", 1),
    "waiting_alarm": ("waiting_alarm", 1),
    "wait_alarm_min": ("wait_alarm", MINUTE),
    "check_in_before_min": ("check_in_before", MINUTE),
    "check_in_after_min": ("check_in_after", MINUTE),
    "end_after_close_min": ("closing_grace", MINUTE),
    "priority_mode": ("mode", 1),
    "overtaking_cap": ("overtaking_cap", 1),
}
"""Configured name → the rule it sets and its unit."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything about the hall that stands in its configuration. Without `opening` the hall works
    round the clock; `clerks` are the skills of those who have not all of their window's."""

    services: Mapping[str, Service]
    skills: Mapping[str, Skill]
    windows: Mapping[int, WindowPlan]
    rules: Rules = field(default_factory=Rules)
    bundles: Mapping[str, Bundle] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    clerks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    opening: OpeningPlan | None = None
    automatic: bool = field(init=False)
    """Whether any window is offered tickets by itself."""
    low_counters: tuple[int, ...] = field(init=False)
    """The windows that a wheelchair can come to (FR-29)."""

    def __post_init__(self) -> None:
        """What is asked for at every command is worked out once."""
        windows = self.windows.values()
        low = tuple(sorted([w.no for w in windows if w.low_counter]))
        object.__setattr__(self, "automatic", any(w.auto for w in windows))
        object.__setattr__(self, "low_counters", low)

    def skill_of(self, code: str) -> str:
        """The skill that the service item `code` needs."""
        return self.services[code].skill

    def ruled(self, name: str, value: Value) -> "Plan":
        """The plan with one policy value changed; see `Rules.changed`."""
        return replace(self, rules=self.rules.changed(name, value))
