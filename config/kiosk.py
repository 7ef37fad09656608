"""``kiosk.toml``: one self-service machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from config.fields import (
    Directory,
    Identifier,
    LoopbackHost,
    Name,
    Port,
    Section,
    Text,
    Url,
)
from config.problems import Fault


class Controller(Section):
    """``[controller]``: where it listens, and whose certificates are believed."""

    url: Url
    ca: Directory | None = None  # the hall's own certificate authority, for https


class Machine(Section):
    """``[kiosk]``: who this machine is; ``id`` and ``no`` as in ``hall.toml``."""

    id: Identifier
    no: Annotated[int, Field(ge=1, le=999)]
    name: Name
    state_dir: Directory = Path("/var/lib/jiaohao-kiosk")


class Page(Section):
    """``[page]``: the touch page, for this machine's own browser."""

    host: LoopbackHost = "127.0.0.1"
    port: Port = 8081
    orientation: Literal["portrait", "landscape"] = "portrait"


class Reader(Section):
    """``[reader]``: the resident ID card reader; ``port`` is a device or a pyserial URL."""

    kind: Literal["sam-serial", "none"] = "none"
    port: Text | None = None
    baud: Literal[9600, 19200, 38400, 57600, 115200] = 115200

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """A serial reader stands at a port."""
        if data.get("kind") == "sam-serial" and data.get("port") is None:
            yield Fault(("kind",), 'is "sam-serial" but no port is set', _PORT_REMEDY)


_PORT_REMEDY = 'Add port = "/dev/kiosk-idreader", or write kind = "none".'


class Printer(Section):
    """``[printer]``. ``proof_seconds``: how long a printer may take to prove that it printed."""

    kind: Literal["network", "none"] = "none"
    host: Text | None = None
    port: Port = 9100
    paper: Literal[80, 58] = 80
    proof_seconds: Annotated[float, Field(gt=0, le=60)] = 5.0

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """A network printer has an address."""
        if data.get("kind") == "network" and data.get("host") is None:
            yield Fault(
                ("kind",),
                'is "network" but no host is set',
                'Add host = "192.168.1.50", or write kind = "none".',
            )


class Idle(Section):
    """``[idle]``: when the machine forgets the person in front of it, in seconds."""

    reset_s: Annotated[int, Field(ge=10, le=600)] = 30
    elder_s: Annotated[int, Field(ge=10, le=1200)] = 60  # large text: twice the time
    warning_s: Annotated[int, Field(ge=5, le=60)] = 10  # shown before forgetting
    done_s: Annotated[int, Field(ge=3, le=60)] = 8  # the page with the number

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """The warning comes before the end, and nobody gets less time in large text."""
        reset, elder = data.get("reset_s", 30), data.get("elder_s", 60)
        warning = data.get("warning_s", 10)
        if isinstance(reset, int) and isinstance(elder, int) and elder < reset:
            yield Fault(
                ("elder_s",) if "elder_s" in data else ("reset_s",),
                f"makes large text end after {elder} s, before the others' {reset} s",
                "Give elder_s at least reset_s.",
            )
        if isinstance(reset, int) and isinstance(warning, int) and warning >= reset:
            yield Fault(
                ("warning_s",) if "warning_s" in data else ("reset_s",),
                f"leaves no time before the warning of {warning} s",
                "Make warning_s shorter than reset_s.",
            )


class KioskConfig(Section):
    """The whole of ``kiosk.toml``."""

    controller: Controller
    kiosk: Machine
    page: Page = Page()
    reader: Reader = Reader()
    printer: Printer = Printer()
    idle: Idle = Idle()
