"""From a configuration to a station with its devices."""

from __future__ import annotations

from typing import Any

from config.kiosk import KioskConfig
from controller.hall.visitor import INVENTED, PROVINCES
from display.voice.clips import Clips
from display.voice.player import Player
from display.voice.sink import AlsaSink
from kiosk.guide import Guide
from kiosk.link import Link
from kiosk.panel.base import Contact, Place
from kiosk.panel.contacts import Manner
from kiosk.panel.panel import Panel
from kiosk.printing import paper, printer
from kiosk.readers.condition import Reader
from kiosk.readers.pcsc import PcscReader
from kiosk.readers.sam import SamReader
from kiosk.readers.scanner import Scanner
from kiosk.session.model import Timing
from kiosk.station import Machine, Station


def build(config: KioskConfig, *, invented: bool = False) -> Station:
    """A station that is not started yet.

    `invented` lets the people of area 999901 in, who exist in demonstrations only.
    """
    wanted = config.controller
    link = Link(wanted.url, wanted.ca, backup=wanted.backup_url)
    return Station(
        machine(config, invented=invented),
        link,
        readers(config),
        printer(config),
        panel=panel(config),
        guide=guide(config),
    )


def machine(config: KioskConfig, *, invented: bool) -> Machine:
    """What is particular to this kiosk."""
    idle = config.idle
    timing = Timing(
        idle=float(idle.reset_s),
        elder=float(idle.elder_s),
        warning=float(idle.warning_s),
        done=float(idle.done_s),
    )
    return Machine(
        no=config.kiosk.no,
        name=config.kiosk.name,
        state_dir=config.kiosk.state_dir,
        timing=timing,
        provinces=PROVINCES | {INVENTED} if invented else PROVINCES,
        paper=paper(config),
        native_qr=config.printer.qr == "native",
        panel=config.page.panel_inches,
    )


def readers(config: KioskConfig) -> tuple[Reader, ...]:
    """The readers that are configured, the main one first; a kiosk works without any."""
    found: list[Reader] = []
    if config.reader.kind == "sam-serial" and config.reader.port is not None:
        baud = None if config.reader.baud == "auto" else config.reader.baud
        found.append(SamReader(config.reader.port, baud))
    if config.chip_reader.kind == "pcsc":
        found.append(PcscReader(config.chip_reader.name))
    if config.scanner.kind == "serial" and config.scanner.port is not None:
        found.append(Scanner(config.scanner.port, config.scanner.baud))
    return tuple(found)


def panel(config: KioskConfig, factory: Any = None) -> Panel | None:
    """The panel, if one is configured.  `factory`: gpiozero's; None: that of this machine."""
    if config.panel is None:
        return None
    from kiosk.panel.pins import Pins, Wiring  # loads gpiozero

    given = config.panel
    lamps = {at: pins for at in Place if (pins := getattr(given, at.value)) is not None}
    contacts = {what: pin for what in Contact if (pin := getattr(given, what.value)) is not None}
    wiring = Wiring(lamps, contacts, given.buzzer, frozenset(given.inverted))
    manner = Manner(given.settle_ms / 1000, given.staff_hold_s, given.presence_stays_s)
    return Panel(lambda felt: Pins(wiring, felt, factory), manner)


def guide(config: KioskConfig) -> Guide | None:
    """The voice; None where there are no clips."""
    voice = config.voice
    if voice.clips is None:
        return None
    return Guide(Player(Clips(voice.clips), AlsaSink(voice.device or "")), voice.volume)
