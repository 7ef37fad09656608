"""The kinds of value our files hold, each checked with a message that says what to write."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, model_validator
from pydantic_core import PydanticCustomError

from config.problems import Fault

T = TypeVar("T")


class Section(BaseModel):
    """A table of a configuration file: frozen, strict about types, no unknown keys.

    ``faults`` holds the rules between several keys. It reads plain data, as TOML gives it, and
    passes over what is missing or has the wrong type, so that the loader can report these
    rules and the faults of single values together.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """What contradicts itself in ``data`` (the table as written, before validation)."""
        yield from ()

    @model_validator(mode="after")
    def _refuse_faults(self) -> Section:
        found = list(self.faults(self.model_dump(by_alias=True, mode="python")))
        if found:
            text = "; ".join(f"{fault.problem}. {fault.remedy}" for fault in found)
            raise PydanticCustomError("faults", "{text}", {"text": text})
        return self


def wrong(problem: str, remedy: str) -> PydanticCustomError:
    """The error a field validator raises: ``problem`` completes "<key> ..."."""
    return PydanticCustomError("wrong", "{problem}", {"problem": problem, "remedy": remedy})


def rows(data: Mapping[str, Any], key: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The tables of ``[[key]]`` with their index; whatever is not a table is passed over."""
    for n, row in enumerate(listed(data.get(key))):
        if isinstance(row, Mapping):
            yield n, row


def table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The table ``[key]``, empty if it is missing or not a table."""
    found = data.get(key)
    return found if isinstance(found, Mapping) else {}


def listed(value: object) -> list[Any]:
    """``value`` as a list, empty if it is none."""
    return list(value) if isinstance(value, list | tuple) else []


def quoted(values: Iterable[object]) -> str:
    """``"a", "b" and 3`` for use in a sentence."""
    texts = [f'"{v}"' if isinstance(v, str) else str(v) for v in values]
    return " and ".join(filter(None, [", ".join(texts[:-1]), *texts[-1:]]))


Many = Annotated[tuple[T, ...], Strict(False)]
"""A TOML array, kept as a tuple."""

Text = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=40)]
Port = Annotated[int, Field(ge=0, le=65535)]  # 0: any free one
Directory = Annotated[FilePath, Strict(False)]

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")


def minutes(clock: object) -> int | None:
    """Minutes after midnight of ``"HH:MM"``; None for anything else."""
    if not isinstance(clock, str) or not _CLOCK.fullmatch(clock):
        return None
    return int(clock[:2]) * 60 + int(clock[3:])


def _clock(value: str) -> str:
    if minutes(value) is None:
        raise wrong(f'is "{value}", not a time of day', 'Write hours and minutes, as in "09:00".')
    return value


Clock = Annotated[str, AfterValidator(_clock)]
"""A time of day in the hall, ``"HH:MM"`` ("24:00" ends a day)."""


def _span(value: tuple[str, str]) -> tuple[str, str]:
    start, end = value
    if start >= end:
        raise wrong(
            f'starts at "{start}" and ends at "{end}"',
            "Write the start first and the end after it; a span lies within one day.",
        )
    return value


Span = Annotated[tuple[Clock, Clock], Strict(False), AfterValidator(_span)]
"""``[start, end]``, start included, end excluded."""


def _spans(value: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    for earlier, later in pairwise(value):
        if later[0] < earlier[1]:
            raise wrong(
                f'has "{later[0]}" to "{later[1]}" begin before "{earlier[1]}", '
                "where the span before it ends",
                "Write the spans in the order of the day, without overlap.",
            )
    return value


Spans = Annotated[Many[Span], Field(min_length=1), AfterValidator(_spans)]


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise wrong(
            f'is "{value}", not a known time zone', 'Write an IANA name, as in "Asia/Shanghai".'
        ) from None
    return value


Timezone = Annotated[str, AfterValidator(_timezone)]


def _http_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
        good = good and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good:
        raise wrong(
            f'is "{value}", not a web address',
            'Write scheme and host, as in "http://127.0.0.1:8080".',
        )
    return value.rstrip("/")


Url = Annotated[str, AfterValidator(_http_url)]
"""An http or https address, kept without a slash at its end."""


def _origin(value: str) -> str:
    value = _http_url(value)
    parts = urlsplit(value)
    if parts.path or parts.query or parts.fragment or parts.username:
        raise wrong(
            f'is "{value}", more than an origin',
            f'Write scheme, host and port only: "{parts.scheme}://{parts.netloc}".',
        )
    return value


Origin = Annotated[str, AfterValidator(_origin)]


def is_loopback(host: object) -> bool:
    """Whether a server bound to ``host`` hears this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _loopback(value: str) -> str:
    if not is_loopback(value):
        raise wrong(
            f'is "{value}", which other machines can reach',
            'Write "127.0.0.1": this page is for the screen of this machine alone.',
        )
    return value


LoopbackHost = Annotated[str, AfterValidator(_loopback)]
