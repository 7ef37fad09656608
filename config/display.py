"""``display.toml``: the agent beside one call screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, Strict

from config.fields import (
    Directory,
    Identifier,
    LoopbackHost,
    Many,
    Port,
    Section,
    Text,
    Url,
    table,
)
from config.kiosk import Printer
from config.problems import Fault


class Controller(Section):
    """``[controller]``: where it listens, and whose certificates are believed."""

    url: Url
    ca: Directory | None = None


class Page(Section):
    """``[page]``: the screen's page, for this machine's own browser."""

    host: LoopbackHost = "127.0.0.1"
    port: Port = 8090


class Screen(Section):
    """``[screen]``: what it shows; ``zone`` and ``window`` as in ``hall.toml``.

    ``panel_in`` and ``distance_m``: its diagonal in inches, and how far the last reader stands (of
    a window's screen: who must read its state). ``number_plate``: the window's number hangs beside
    a small screen, which need not show it 150 mm high.
    """

    kind: Literal["hall", "zone", "window"]
    zone: Identifier | None = None
    window: Annotated[int, Field(ge=1, le=999)] | None = None
    panel_in: Annotated[float, Strict(False), Field(ge=5, le=200)] | None = None
    distance_m: Annotated[float, Strict(False), Field(ge=0.3, le=60)] | None = None
    portrait: bool = False
    number_plate: bool = False

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """A zone screen names its zone, a window screen its window, and nothing else."""
        kind = data.get("kind")
        if (data.get("panel_in") is None) != (data.get("distance_m") is None):
            given, other = (
                ("panel_in", "distance_m") if data.get("panel_in") else ("distance_m", "panel_in")
            )
            problem = f"is written without {other}, so nobody knows whether it can be read"
            yield Fault((given,), problem, f"Add {other} = ... to [screen].")
        if data.get("number_plate") and kind != "window":
            problem = f'is set on a screen of kind "{kind}"'
            yield Fault(("number_plate",), problem, "Remove it: only a window has a plate.")
        for key in ("zone", "window"):
            if kind == key and data.get(key) is None:
                yield Fault(
                    ("kind",), f'is "{key}" but no {key} is named', f"Add {key} = ... below it."
                )
            if kind in ("hall", "zone", "window") and kind != key and data.get(key) is not None:
                yield Fault(
                    (key,),
                    f'is set on a screen of kind "{kind}"',
                    f'Remove it, or write kind = "{key}".',
                )


class Agent(Section):
    """``[display]``: the agent itself."""

    state_dir: Directory = Path("/var/lib/jiaohao-display")


class Led(Section):
    """``[led]``: the LED strip over the window, on a serial line or the network (docs/led.md).

    ``address``: which of several strips on one line is meant. ``answers``: the strip confirms what
    it shows, and is missed when it does not.
    """

    port: Text | None = None  # "/dev/ttyUSB0"
    baud: Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200] = 9600
    host: Text | None = None
    tcp_port: Annotated[int, Field(ge=1, le=65535)] = 5200
    encoding: Literal["gb18030", "utf-8"] = "gb18030"
    address: Annotated[int, Field(ge=0, le=99)] = 1
    answers: bool = False

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """It is somewhere, and in one place."""
        if (data.get("port") is None) == (data.get("host") is None):
            yield Fault(
                (),
                "names both a serial port and a host, or neither",
                'Write port = "/dev/ttyUSB0", or host = "10.0.0.5".',
            )


class Browser(Section):
    """``[browser]``: how the browser is begun anew when its page hangs.

    ``restart``: a command that restarts it, where a service manager runs it. ``start``: a program
    that the agent runs itself, and ends by its own process number.
    """

    restart: Many[Text] = ()
    start: Many[Text] = ()

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """One of the two."""
        if bool(data.get("restart")) == bool(data.get("start")):
            problem = "names both a command to restart and a program to start, or neither"
            remedy = 'Write restart = ["systemctl", "restart", "jiaohao-display-browser.service"].'
            yield Fault((), problem, remedy)


class DisplayConfig(Section):
    """The whole of ``display.toml``."""

    controller: Controller
    screen: Screen
    page: Page = Page()
    display: Agent = Agent()
    led: Led | None = None
    browser: Browser | None = None
    printer: Printer = Printer()

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """A strip hangs over a window, and a printer stands at one."""
        if data.get("led") and table(data, "screen").get("kind") != "window":
            problem = "is written, but this is no window's screen"
            yield Fault(("led",), problem, "Remove it: a strip shows what its window does.")
        printer = table(data, "printer").get("kind", "none")
        if printer != "none" and table(data, "screen").get("kind") != "window":
            problem = "is written, but this is no window's screen"
            yield Fault(("printer",), problem, "Remove it: a notice is printed at a window.")
