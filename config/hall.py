"""``hall.toml``: what the hall is, whom it serves, where and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PrivateAttr

from config import hall_rules
from config.appointments import Appointments
from config.calendar import Calendar
from config.console import Console
from config.fields import Identifier, Many, Name, Section, Spans, Text
from config.opening import Hall
from config.policy import Demand, Policy, PriorityClass, Series
from config.problems import Fault

Subject = Literal["个人", "企业", "个人和企业"]
WindowNumber = Annotated[int, Field(ge=1, le=999)]


class Zone(Section):
    """A part of the hall with seats, windows and a screen of its own.

    ``letter`` is one character for the plate ("A", "出"); ``short`` the word where there is room
    ("A", "出件"). ``direction`` is the way from the hall display. ``silent``: when its calls are
    shown and not spoken (无声叫号, FR-49).
    """

    id: Identifier
    letter: Annotated[str, Field(min_length=1, max_length=1)]
    short: Annotated[str, Field(min_length=1, max_length=4)]
    name: Name
    name_en: Name
    floor: Annotated[int, Field(ge=-5, le=99)] = 1
    direction: Literal["left", "right", "up", "upstairs", "downstairs"] = "up"
    silent: Spans | None = None


class Department(Section):
    """An office that answers for items."""

    code: Identifier
    name: Name
    name_en: Name
    short: Annotated[str, Field(min_length=1, max_length=8)]


class Skill(Section):
    """What a window must be able to do; ``prefix`` is the letter of its ticket numbers.

    ``entry``: for whom its items are (FR-05): "service" 办事, "collect" 领证, "enquire" 咨询.
    """

    id: Identifier
    name: Name
    name_en: Name
    prefix: str
    zone: str
    entry: Literal["service", "collect", "enquire"] = "service"


class Window(Section):
    """One counter. ``auto_assign``: a free window is offered the next ticket (FR-32).

    ``open_by_default`` false: it works only when somebody opens it. ``breaks`` are its planned
    pauses of every day it works (FR-40), within its hours.
    """

    no: WindowNumber
    name: Name
    name_en: Name
    skills: Annotated[Many[str], Field(min_length=1)]
    zone: str
    low_counter: bool = False
    open_by_default: bool = True
    auto_assign: bool = False
    breaks: Spans | None = None


class Item(Section):
    """A service item 事项. ``minutes`` and ``p90`` are service times, ``daily`` tickets a day.

    ``visits`` 0 means it can be done online; ``promised_wd`` counts working days. ``ticketing``
    narrows the hall's slots for this item; ``quota`` is the most tickets in one slot (FR-12).
    """

    code: Identifier
    name: Name
    name_en: Name
    department: str
    skill: str
    subject: Subject
    kind: Text
    handling: Literal["即办件", "承诺件"]
    statutory: str = ""
    statutory_source: str = ""
    promised_wd: Annotated[int, Field(ge=0, le=365)] = 0
    visits: Annotated[int, Field(ge=0, le=10)] = 1
    fee: Text = "免费"
    minutes: Annotated[int, Field(ge=1, le=240)]
    p90: Annotated[int, Field(ge=1, le=480)]
    daily: Annotated[int, Field(ge=0, le=5000)] = 0
    appointment: bool = False
    materials: Many[Text] = ()
    scenarios: Many[Text] = ()
    icon: Identifier | None = None
    ticketing: Spans | None = None
    quota: Annotated[int, Field(ge=1, le=5000)] | None = None

    @property
    def online(self) -> bool:
        """Whether it can be done without coming (能网办)."""
        return self.visits == 0


class Bundle(Section):
    """一件事: several items on one ticket, in any order unless ``in_order``."""

    id: Identifier
    name: Name
    name_en: Name
    subject: Subject
    lead: str
    items: Annotated[Many[str], Field(min_length=2)]
    minutes: Annotated[int, Field(ge=1, le=480)]
    materials_once: Many[Text] = ()
    promised_wd: Annotated[int, Field(ge=0, le=365)] = 0
    in_order: bool = False
    note: str = ""


def _all_is_empty(value: object) -> object:
    return () if value == "all" else value


class Clerk(Section):
    """A member of staff: a work number, never a name.

    ``skills`` empty (or ``"all"`` in the file) means all skills of the window worked at.
    """

    no: Annotated[str, Field(pattern=r"^\d{3,6}$")]
    window: int
    skills: Annotated[Many[str], BeforeValidator(_all_is_empty)] = ()
    languages: Annotated[Many[str], Field(min_length=1)] = ("zh",)


class Kiosk(Section):
    """A self-service machine; ``paper`` is the roll's width in mm."""

    id: Identifier
    no: WindowNumber
    name: Name
    name_en: Name
    paper: Literal[80, 58] = 80
    place: Text


class Screen(Section):
    """A call screen: the hall's, a zone's, or a window's.

    ``panel_in`` is the diagonal in inches, ``distance_m`` how far the last reader stands.
    """

    id: Identifier
    kind: Literal["hall", "zone", "window"]
    zone: str | None = None
    window: int | None = None
    panel_in: Annotated[float, Field(ge=5, le=200)]
    distance_m: Annotated[float, Field(ge=0.3, le=60)]
    portrait: bool = False


class HallConfig(Section):
    """The whole of ``hall.toml``. Tables repeat in the singular there: ``[[window]]``.

    ``materials_en`` says in English what items and bundles need; what it lacks is shown in Chinese.
    ``calendar`` is the file beside it, empty unless ``with_calendar`` was told one.
    """

    hall: Hall
    series: Series = Series()
    policy: Policy = Policy()
    appointments: Appointments = Appointments()
    demand: Demand = Demand()
    console: Console = Console()
    zones: Annotated[Many[Zone], Field(alias="zone", min_length=1)]
    departments: Annotated[Many[Department], Field(alias="department", min_length=1)]
    skills: Annotated[Many[Skill], Field(alias="skill", min_length=1)]
    windows: Annotated[Many[Window], Field(alias="window", min_length=1)]
    items: Annotated[Many[Item], Field(alias="item", min_length=1)]
    bundles: Annotated[Many[Bundle], Field(alias="bundle")] = ()
    clerks: Annotated[Many[Clerk], Field(alias="clerk")] = ()
    kiosks: Annotated[Many[Kiosk], Field(alias="kiosk")] = ()
    screens: Annotated[Many[Screen], Field(alias="screen")] = ()
    priorities: Annotated[Many[PriorityClass], Field(alias="priority")] = ()
    materials_en: dict[str, Text] = Field(default_factory=dict)
    _calendar: Calendar = PrivateAttr(default_factory=Calendar)

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """What does not fit together (see ``hall_rules``)."""
        yield from hall_rules.faults(data)

    @property
    def calendar(self) -> Calendar:
        """The days on which the hall does not keep its usual week."""
        return self._calendar

    def with_calendar(self, calendar: Calendar) -> HallConfig:
        """The same hall with another ``calendar.toml``."""
        hall = self.model_copy()
        hall._calendar = calendar
        return hall

    def skills_of(self, clerk: Clerk, window: Window) -> tuple[str, ...]:
        """What ``clerk`` can do at ``window``, in the window's order."""
        return tuple(s for s in window.skills if not clerk.skills or s in clerk.skills)

    def windows_for(self, skill: str) -> tuple[Window, ...]:
        """The windows that have ``skill``, by number."""
        able = (window for window in self.windows if skill in window.skills)
        return tuple(sorted(able, key=lambda window: window.no))
