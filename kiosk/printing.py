"""From the `[printer]` table to the printer that it describes."""

from __future__ import annotations

from config.kiosk import KioskConfig
from printers.paper import Paper
from printers.paper_roll import CountedPrinter, RollBook
from printers.printer import Printer
from printers.wiring import paper_of, printer_of

ROLL_FILE = "roll.sqlite"


def printer(config: KioskConfig) -> Printer | None:
    """The printer, or None: then numbers are shown only.  Opens nothing but the count."""
    wanted = config.printer
    if wanted.kind == "none":
        return None
    plain, book = plain_printer(config), roll(config)
    return plain if book is None else CountedPrinter(plain, book, wanted.warn_slips)


def plain_printer(config: KioskConfig) -> Printer:
    """The printer itself, its paper not counted.  There has to be one."""
    return printer_of(config.printer)


def roll(config: KioskConfig) -> RollBook | None:
    """The count of the roll, None if no length of a roll is set."""
    metres = config.printer.roll_m
    return None if metres is None else RollBook(config.kiosk.state_dir / ROLL_FILE, metres * 1000)


def paper(config: KioskConfig) -> Paper:
    """The width of the roll."""
    return paper_of(config.printer)
