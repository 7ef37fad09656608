"""A window that called for the supervisor 呼叫值班长 (see `events`). None of it is for screens."""

from dataclasses import dataclass
from typing import ClassVar

from controller.hall.events import Event


@dataclass(frozen=True, slots=True)
class HelpEvent(Event):
    """Something about a window's call for the supervisor."""

    window: int


@dataclass(frozen=True, slots=True)
class HelpAsked(HelpEvent):
    """The clerk wants the supervisor at the window."""

    type: ClassVar[str] = "help.asked"


@dataclass(frozen=True, slots=True)
class HelpTaken(HelpEvent):
    """A supervisor, `by` work number, is on the way."""

    type: ClassVar[str] = "help.taken"
    by: str


@dataclass(frozen=True, slots=True)
class HelpWithdrawn(HelpEvent):
    """The clerk needs nobody any more."""

    type: ClassVar[str] = "help.withdrawn"
