"""``[panel]`` of ``kiosk.toml``: what is wired to the pins of a kiosk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field

from config.fields import Many, Section, listed, quoted, wrong
from config.problems import Fault

Pin = Annotated[int, Field(ge=2, le=27)]
"""A pin of the header by the processor's number (BCM)."""


def _lamp(pins: tuple[int, ...]) -> tuple[int, ...]:
    if len(pins) not in (1, 3):
        raise wrong(
            f"has {len(pins)} pins",
            "Write one pin, or three for a lamp of red, green and blue: [17, 27, 22].",
        )
    return pins


LampPins = Annotated[Many[Pin], AfterValidator(_lamp)]

Part = Literal["reader_lamp", "mouth_lamp", "staff_button", "door", "presence", "taken", "buzzer"]
PARTS: tuple[str, ...] = get_args(Part)


class Panel(Section):
    """``[panel]``: lamps, buttons and sensors on the pins of a Raspberry Pi; each may be absent.

    docs/panel.md says how each is wired; ``inverted`` names those wired the other way round.
    """

    reader_lamp: LampPins | None = None
    mouth_lamp: LampPins | None = None
    staff_button: Pin | None = None
    staff_hold_s: Annotated[float, Field(ge=0.1, le=5)] = 0.8  # children press everything once
    door: Pin | None = None
    presence: Pin | None = None
    presence_stays_s: Annotated[float, Field(ge=1, le=3600)] = 180.0  # then the page rests
    taken: Pin | None = None
    buzzer: Pin | None = None
    settle_ms: Annotated[int, Field(ge=1, le=500)] = 30  # contacts bounce that long
    inverted: Many[Part] = ()

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """A pin has one use, and only what is there can be wired the other way round."""
        used: dict[int, str] = {}
        for part, pin in _wires(data):
            if pin in used:
                problem = f"uses pin {pin}, and so does {used[pin]}"
                yield Fault((part,), problem, "Give each wire a pin of its own.")
            used.setdefault(pin, part)
        absent = [p for p in listed(data.get("inverted")) if p in PARTS and not data.get(p)]
        if absent:
            problem = f"names {quoted(absent)}, to which no pin is given"
            yield Fault(("inverted",), problem, "Give it a pin, or take it out of the list.")


def _wires(data: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Every wire: of which part, to which pin."""
    for part in PARTS:
        for pin in listed(data.get(part)) or [data.get(part)]:
            if isinstance(pin, int):
                yield part, pin
