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
from config.panel import Panel
from config.problems import Fault


class Controller(Section):
    """``[controller]``: where it listens, and whose certificates are believed."""

    url: Url
    backup_url: Url | None = None  # where a restored backup will listen if it ever must
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
    panel_inches: Annotated[float, Field(ge=15.6, le=65)] = 21.5  # across, 1080p


class Reader(Section):
    """``[reader]``: the resident ID card reader; ``port`` is a device or a pyserial URL."""

    kind: Literal["sam-serial", "none"] = "none"
    port: Text | None = None
    baud: Literal["auto", 9600, 19200, 38400, 57600, 115200] = "auto"  # asks at every speed

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """A serial reader stands at a port."""
        yield from _without_port(data, "sam-serial", "/dev/kiosk-idreader")


class ChipReader(Section):
    """``[chip_reader]``: social security cards, through the smart card service.

    ``name``: a part of the reader's name as PC/SC tells it, where there are several.
    """

    kind: Literal["pcsc", "none"] = "none"
    name: Text | None = None


class Scanner(Section):
    """``[scanner]``: reads the codes on slips and appointments, in serial mode.

    A scanner in keyboard mode is refused: docs/readers.md says why.
    """

    kind: Literal["serial", "none"] = "none"
    port: Text | None = None
    baud: Literal[9600, 19200, 38400, 57600, 115200] = 9600

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """A serial scanner stands at a port."""
        yield from _without_port(data, "serial", "/dev/kiosk-scanner")


def _without_port(data: Mapping[str, Any], kind: str, example: str) -> Iterator[Fault]:
    if data.get("kind") == kind and data.get("port") is None:
        remedy = f'Add port = "{example}", or write kind = "none".'
        yield Fault(("kind",), f'is "{kind}" but no port is set', remedy)


class Printer(Section):
    """``[printer]``: where the tickets come out, and how much of it can be proven."""

    kind: Literal["network", "serial", "usb", "device", "cups", "none"] = "none"
    host: Text | None = None  # network: the printer; cups: a server that is not this machine
    port: Port = 9100
    device: Text | None = None  # serial: "/dev/kiosk-printer"; device: "/dev/usb/lp0"
    baud: Literal[9600, 19200, 38400, 57600, 115200] = 115200
    flow: Literal["none", "rtscts", "dsrdtr", "xonxoff"] = "none"  # as its switches are set
    usb_id: Annotated[str, Field(pattern=r"^[0-9a-f]{4}:[0-9a-f]{4}$")] | None = None
    queue: Text | None = None  # cups: a raw queue
    answers: bool = True  # false: the printer never answers, and no ticket is proven
    queued_proof: Literal["auto", "yes", "no"] = "auto"  # whether it knows GS r
    watch: bool = False  # whether it knows automatic status (GS a)
    mm_per_s: Annotated[int, Field(ge=20, le=500)] = 100  # how fast paper moves
    paper: Literal[80, 58] = 80
    qr: Literal["picture", "native"] = "picture"  # native: the printer draws the code
    proof_seconds: Annotated[float, Field(gt=0, le=60)] = 5.0  # longest wait for a proof
    roll_m: Annotated[int, Field(ge=5, le=500)] | None = None  # a new roll, in metres
    warn_slips: Annotated[int, Field(ge=0, le=1000)] = 50  # fewer left: staff are told

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """Each kind of printer needs an address of its own kind."""
        key, example = _PRINTER_NEEDS.get(str(data.get("kind")), (None, ""))
        if key is not None and data.get(key) is None:
            yield Fault(
                ("kind",),
                f'is "{data["kind"]}" but no {key} is set',
                f'Add {key} = "{example}", or write kind = "none".',
            )


_PRINTER_NEEDS = {
    "network": ("host", "192.168.1.50"),
    "serial": ("device", "/dev/kiosk-printer"),
    "usb": ("usb_id", "0416:5011"),
    "device": ("device", "/dev/usb/lp0"),
    "cups": ("queue", "tickets"),
}


class Voice(Section):
    """``[voice]``: guidance through the kiosk's own loudspeaker; none without ``clips``."""

    clips: Directory | None = None  # made by `jiaohao voice build`
    device: Text | None = None  # as `aplay -L` names it; the system's own if not set
    volume: Annotated[float, Field(gt=0, le=1)] = 1.0


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
    chip_reader: ChipReader = ChipReader()
    scanner: Scanner = Scanner()
    printer: Printer = Printer()
    panel: Panel | None = None
    voice: Voice = Voice()
    idle: Idle = Idle()
