"""``keypad.toml``: the key-pad of one window, and where it is plugged in (docs/keypad.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from config.display import Controller
from config.fields import Directory, Many, Section, Text, listed
from config.problems import Fault

Deed = Literal[
    "call",
    "recall",
    "arrive",
    "finish",
    "hold",
    "pass",
    "pause",
    "help",
    "undo",
    "done",
    "accepted",
    "supplement",
    "refused",
    "referred",
]


class Pad(Section):
    """``[keypad]``: whose it is, and one place where it is.

    ``input``: a device of Linux, as ``/dev/input/by-id/…-event-kbd``; ``port``: a serial line;
    ``host``: the network. ``keys``: what the pad calls the keys of a deed, instead of what is
    delivered. ``guard_ms``: a key that comes again so soon is the same press.
    """

    window: Annotated[int, Field(ge=1, le=999)]
    input: Text | None = None
    port: Text | None = None
    baud: Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200] = 9600
    host: Text | None = None
    tcp_port: Annotated[int, Field(ge=1, le=65535)] = 5300
    guard_ms: Annotated[int, Field(ge=50, le=2000)] = 250
    keys: dict[Deed, Many[Text]] = Field(default_factory=dict)
    state_dir: Directory = Path("/var/lib/jiaohao-keypad")

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """It is somewhere, in one place, and a key presses one thing."""
        if sum(data.get(key) is not None for key in ("input", "port", "host")) != 1:
            problem = "names no place of the pad, or more than one"
            remedy = 'Write input = "/dev/input/by-id/…", port = "/dev/ttyUSB0" or host = "…".'
            yield Fault((), problem, remedy)
        keys = data.get("keys")
        if isinstance(keys, Mapping):
            uses = Counter(name for names in keys.values() for name in listed(names))
            for name in [name for name, n in uses.items() if n > 1]:
                yield Fault(("keys",), f'has "{name}" twice', "Keep it in one of them.")


class KeypadConfig(Section):
    """The whole of ``keypad.toml``."""

    controller: Controller
    keypad: Pad
