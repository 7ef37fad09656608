"""From a configuration to a station with its devices."""

from __future__ import annotations

from config.kiosk import KioskConfig
from controller.hall.visitor import INVENTED, PROVINCES
from kiosk.link import Link
from kiosk.readers.base import Reader
from kiosk.readers.sam import SamReader
from kiosk.session.model import Timing
from kiosk.station import Machine, Station
from printers.escpos import EscposPrinter, Limits, Printer
from printers.link import NetworkLink
from printers.paper import Paper


def build(config: KioskConfig, *, invented: bool = False) -> Station:
    """A station that is not started yet.

    `invented` lets the people of area 999901 in, who exist in demonstrations only.
    """
    link = Link(config.controller.url, config.controller.ca)
    return Station(machine(config, invented=invented), link, readers(config), printer(config))


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
    )


def paper(config: KioskConfig) -> Paper:
    """The roll."""
    return Paper.MM58 if config.printer.paper == 58 else Paper.MM80


def readers(config: KioskConfig) -> tuple[Reader, ...]:
    """The readers that are configured; a kiosk works without any."""
    reader = config.reader
    if reader.kind == "none" or reader.port is None:
        return ()
    return (SamReader(reader.port, reader.baud),)


def printer(config: KioskConfig) -> Printer | None:
    """The printer, or None: then numbers are shown only."""
    wanted = config.printer
    if wanted.kind == "none" or wanted.host is None:
        return None
    limits = Limits(proof=wanted.proof_seconds)
    return EscposPrinter(NetworkLink(wanted.host, wanted.port), paper(config), limits)
