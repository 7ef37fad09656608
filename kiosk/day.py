"""What a kiosk needs of the controller to work today: the answer of `GET /api/v1/kiosk/day`.

The answer is turned into frozen values here and nowhere else.  What is missing
and can be done without gets a default; what cannot raises `DayMalformed`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.slots import Slot, slots_from_json, standing


class DayMalformed(ValueError):
    """The controller's answer is not one: it lacks something a kiosk cannot work without."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the hall; `cls` is its colour class on screens."""

    id: str
    letter: str
    name: str
    name_en: str
    cls: str


@dataclass(frozen=True, slots=True)
class Item:
    """A service item 事项.  `kind` is "" or one of "collect" (领证) and "enquire" (咨询)."""

    code: str
    name: str
    name_en: str
    icon: str
    zone: Zone
    windows: str
    ahead: int | None
    wait: tuple[int, int] | None
    materials: tuple[str, ...]
    fee: str
    minutes: int
    group: str
    online: bool = False
    kind: str = ""
    initials: str = ""
    """The first letters of its Pinyin (FR-06)."""
    series: str = ""
    """The letter of its numbers."""
    ticketing: str = "open"
    """Whether numbers are given for it: "open", "closed" at this hour, "exhausted" (FR-12)."""
    next_at: int | None = None
    """When they are given again."""
    slots: tuple[Slot, ...] | None = None
    """When they are given today, for a kiosk that is cut off; None: at any hour, without limit."""

    def at(self, now_ms: int, given: Sequence[int] = ()) -> Item:
        """The same item at another moment, when the kiosk itself gave numbers at these."""
        if self.slots is None:
            return self
        ticketing, again = standing(self.slots, now_ms, given)
        if again is None and ticketing != "open" and (self.next_at or 0) > now_ms:
            again = self.next_at
        return replace(self, ticketing=ticketing, next_at=again)


@dataclass(frozen=True, slots=True)
class Group:
    """Items of one department."""

    id: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """一件事: several items on one ticket, with one merged list of materials."""

    id: str
    name: str
    name_en: str
    minutes: int
    items: tuple[str, ...]
    materials: tuple[str, ...]
    initials: str = ""


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """A group with a right to go first, from an age on; the card is its evidence (FR-25)."""

    id: str
    min_age: int


@dataclass(frozen=True, slots=True)
class SlipTerms:
    """What the slip says of the hall's rules; `progress` is where a phone may follow a ticket."""

    pass_after_s: int = 60
    return_within_min: int = 30
    return_behind: int = 3
    progress: str | None = None


@dataclass(frozen=True, slots=True)
class AloneTerms:
    """What a kiosk goes by while it is cut off (FR-23): how numbers are written, the size of its
    blocks, for how many minutes it gives numbers, and how many one person may have."""

    digits: int = 3
    lease_numbers: int = 50
    lease_min: int = 10
    per_person: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """The catalogue with its queues, the hall's hours and the key for `person_key`."""

    date: date
    tz: str
    hall: str
    hall_en: str
    items: tuple[Item, ...]
    groups: tuple[Group, ...]
    bundles: tuple[Bundle, ...]
    popular: tuple[str, ...]
    key: bytes = field(repr=False)
    open: bool
    opens_at: int | None
    closed_why: str
    hours: str
    waiting_total: int | None
    terms: SlipTerms = SlipTerms()
    closed_name: str = ""
    closed_name_en: str = ""
    age_groups: tuple[AgeGroup, ...] = ()
    booking_keys: tuple[bytes, ...] = field(default=(), repr=False)
    """For the hashes that appointments know people by, the newest first."""
    most_items: int = 5
    """On one number (FR-10)."""
    hall_short: str = ""
    ticketing: tuple[tuple[int, int], ...] = ()
    """When numbers are given today, from and to, in milliseconds."""
    alone: AloneTerms = AloneTerms()
    materials_en: Mapping[str, str] = field(default_factory=dict)
    """What to bring in English, as far as the hall says it."""

    def group_of_age(self, age: int) -> str | None:
        """The group with a right to go first that somebody of this age is in; of several, the
        one for the oldest."""
        mine = [group for group in self.age_groups if group.min_age <= age]
        return max(mine, key=lambda group: group.min_age).id if mine else None

    def item(self, code: str) -> Item | None:
        """The item of this code, if the hall offers it."""
        return next((item for item in self.items if item.code == code), None)

    def bundle(self, bundle_id: str) -> Bundle | None:
        """The bundle of this id, if the hall offers it."""
        return next((bundle for bundle in self.bundles if bundle.id == bundle_id), None)

    def uncounted(self) -> Day:
        """The same day for a kiosk that is cut off: how many wait, and how long, nobody knows; nor
        of which service the numbers are given out, if its slots are not told."""
        counted: dict[str, Any] = {"ahead": None, "wait": None}
        unknown: dict[str, Any] = {**counted, "ticketing": "open", "next_at": None}
        items = tuple(
            replace(item, **(unknown if item.slots is None else counted)) for item in self.items
        )
        return replace(self, items=items, waiting_total=None)

    def wall(self, at_ms: int) -> datetime:
        """A moment on the hall's wall."""
        return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(ZoneInfo(self.tz))

    def moment(self, at_ms: int | None) -> tuple[str, str]:
        """A moment as a page writes it: "13:15", and its date unless that is today."""
        if at_ms is None:
            return "", ""
        local = self.wall(at_ms)
        return f"{local:%H:%M}", "" if local.date() == self.date else local.date().isoformat()

    def at(self, now_ms: int, given: Mapping[str, Sequence[int]] = MappingProxyType({})) -> Day:
        """The same day at another moment, for a kiosk that is cut off: whether numbers are given
        now, and when next today; `given` are the moments of its own numbers by item."""
        items = tuple(item.at(now_ms, given.get(item.code, ())) for item in self.items)
        return replace(self, items=items)._hours_at(now_ms)

    def _hours_at(self, now_ms: int) -> Day:
        if not self.ticketing:
            return self
        if any(start <= now_ms < end for start, end in self.ticketing):
            return replace(self, open=True)
        later = min((start for start, _ in self.ticketing if start > now_ms), default=None)
        if later is None:
            why, later = "night", None if self.open else self.opens_at
        else:
            why = "lunch" if any(end <= now_ms for _, end in self.ticketing) else "before"
        return replace(self, open=False, closed_why=why, opens_at=later)


def day_from_json(answer: Mapping[str, Any]) -> Day:
    """Read the controller's answer.  Raises `DayMalformed`."""
    try:
        return _day(answer)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DayMalformed(f"the day's data cannot be read: {type(error).__name__}") from error


def _day(answer: Mapping[str, Any]) -> Day:
    zones = {row["id"]: zone_from_json(row) for row in answer["zones"]}
    hall = answer["hall"]
    day = Day(
        date=date.fromisoformat(answer["day"]),
        tz=str(answer.get("tz") or "Asia/Shanghai"),
        hall=hall["name"],
        hall_en=hall.get("name_en") or "",
        items=tuple(_item(row, zones) for row in answer["items"]),
        groups=tuple(_group(row) for row in answer.get("groups") or ()),
        bundles=tuple(_bundle(row) for row in answer.get("bundles") or ()),
        popular=tuple(answer.get("popular") or ()),
        key=bytes.fromhex(answer["key"]),
        open=bool(answer["open"]),
        opens_at=answer.get("opens_at"),
        closed_why=answer.get("closed_why") or "",
        hours=answer.get("hours") or "",
        waiting_total=_count(answer.get("waiting_total")),
        terms=_terms(answer.get("policy") or {}, hall.get("public_url")),
        materials_en=dict(answer.get("materials_en") or {}),
        closed_name=answer.get("closed_name") or "",
        closed_name_en=answer.get("closed_name_en") or "",
        age_groups=tuple(_age_group(row) for row in answer.get("age_groups") or ()),
        booking_keys=tuple(bytes.fromhex(key) for key in answer.get("booking_keys") or ()),
        hall_short=hall.get("short_name") or "",
        most_items=int((answer.get("policy") or {}).get("items_per_ticket") or 5),
        ticketing=tuple((int(start), int(end)) for start, end in answer.get("ticketing") or ()),
        alone=_alone(answer.get("policy") or {}, answer.get("digits")),
    )
    ZoneInfo(day.tz)
    if any(len(key) < 16 for key in (day.key, *day.booking_keys)):
        raise ValueError("a key is too short")
    return day


def zone_from_json(row: Mapping[str, Any]) -> Zone:
    """A zone as the protocol writes it."""
    letter = row.get("letter") or row["id"][:1].upper()
    return Zone(row["id"], letter, row["name"], row.get("name_en") or "", row.get("cls") or "x")


def wait_from_json(value: Any) -> tuple[int, int] | None:
    """A range of minutes, or None when there is no estimate."""
    return None if value is None else (int(value[0]), int(value[1]))


def _item(row: Mapping[str, Any], zones: Mapping[str, Zone]) -> Item:
    zone = row["zone"]
    return Item(
        code=row["code"],
        name=row["name"],
        name_en=row.get("name_en") or "",
        icon=row.get("icon") or "generic",
        zone=zones[zone] if isinstance(zone, str) else zone_from_json(zone),
        windows=row.get("windows") or "",
        ahead=_count(row.get("ahead")),
        wait=wait_from_json(row.get("wait")),
        materials=tuple(row.get("materials") or ()),
        fee=row.get("fee") or "",
        minutes=int(row.get("minutes") or 0),
        group=row.get("group") or "",
        online=bool(row.get("online")),
        kind=row.get("kind") or "",
        initials=row.get("initials") or "",
        series=row.get("series") or "",
        ticketing=row.get("ticketing") or "open",
        next_at=row.get("next_at"),
        slots=slots_from_json(row.get("slots")),
    )


def _count(value: Any) -> int | None:
    """How many, None if nobody says so."""
    return None if value is None else int(value)


def _alone(policy: Mapping[str, Any], digits: Any) -> AloneTerms:
    """What the controller does not tell keeps its default."""
    usual = AloneTerms()
    return AloneTerms(
        digits=int(digits or usual.digits),
        lease_numbers=int(policy.get("lease_numbers") or usual.lease_numbers),
        lease_min=int(policy.get("lease_min") or usual.lease_min),
        per_person=_count(policy.get("tickets_per_person")),
    )


def _terms(policy: Mapping[str, Any], public_url: str | None) -> SlipTerms:
    """The hall's rules as the controller tells them; what it does not tell keeps its default."""
    names = ("pass_after_s", "return_within_min", "return_behind")
    return SlipTerms(**{n: int(policy[n]) for n in names if n in policy}, progress=public_url)


def _group(row: Mapping[str, Any]) -> Group:
    return Group(row["id"], row["name"], row.get("name_en") or "")


def _age_group(row: Mapping[str, Any]) -> AgeGroup:
    return AgeGroup(row["id"], int(row["min_age"]))


def _bundle(row: Mapping[str, Any]) -> Bundle:
    return Bundle(
        id=row["id"],
        name=row["name"],
        name_en=row.get("name_en") or "",
        minutes=int(row.get("minutes") or 0),
        items=tuple(part if isinstance(part, str) else part["code"] for part in row["items"]),
        materials=tuple(row.get("materials") or row.get("materials_once") or ()),
        initials=row.get("initials") or "",
    )
