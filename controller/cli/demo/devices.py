"""The devices of the demo's kiosk, which live in the demo's own process."""

from __future__ import annotations

import io
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from controller.cli.demo.cards import BY_ID
from kiosk.readers.virtual import REALISTIC, VirtualSamReader
from printers.virtual import VirtualPrinter

if TYPE_CHECKING:
    from PIL.Image import Image

SWITCHES = ("paper_near_end", "paper_out", "cover_open", "silent", "offline")
KEPT_TICKETS = 60
ALWAYS = 1_000_000


class UnknownCard(Exception):
    """No card of this name is on the rack."""


class UnknownSwitch(Exception):
    """The printer has no such switch."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A cut ticket: its number in the order of cutting, when (ms since 1970), and its picture."""

    n: int
    at: int
    png: bytes


class Devices:
    """A card reader on a serial line, and a printer on a port. Use as a context manager."""

    def __init__(self, reader: Path, printer_port: int) -> None:
        self._link = reader
        self._lock = threading.Lock()
        self._paper: list[Paper] = []
        self._cut = 0
        self._card: str | None = None
        self.printer = VirtualPrinter(printer_port, on_ticket=self._keep)

    def __enter__(self) -> Self:
        self.printer.start()
        self.reader = VirtualSamReader(str(self._link), REALISTIC)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.reader.close()
        self.printer.close()

    @property
    def card(self) -> str | None:
        """The card that lies on the reader."""
        return self._card

    def lay(self, card_id: str) -> None:
        """Put a card of the rack on the reader. Raises `UnknownCard`."""
        card = BY_ID.get(card_id)
        if card is None:
            raise UnknownCard(card_id)
        self.reader.bad.unreadable = 0 if card.readable else ALWAYS
        self.reader.lay(card.card)
        self._card = card_id

    def lift(self) -> None:
        """Take the card away."""
        self.reader.lift()
        self.reader.bad.unreadable = 0
        self._card = None

    def paper(self) -> list[Paper]:
        """The tickets that came out, the newest first."""
        with self._lock:
            return self._paper[::-1]

    def picture(self, n: int) -> bytes | None:
        """The `n`-th ticket as PNG, None when it was never cut or is no longer kept."""
        with self._lock:
            return next((paper.png for paper in self._paper if paper.n == n), None)

    def switches(self) -> dict[str, bool]:
        """How the printer misbehaves now."""
        faults = self.printer.faults
        on = {name: bool(getattr(faults, name)) for name in SWITCHES if name != "offline"}
        return {**on, "offline": faults.refuse}

    def switch(self, name: str, on: bool) -> None:
        """Let the printer misbehave, or behave. Raises `UnknownSwitch`."""
        if name not in SWITCHES:
            raise UnknownSwitch(name)
        if name == "offline":
            self.printer.unplug() if on else self.printer.plug()
        else:
            setattr(self.printer.faults, name, on)

    def _keep(self, ticket: Image) -> None:
        at = time.time_ns() // 1_000_000
        file = io.BytesIO()
        ticket.save(file, "PNG", optimize=False)
        with self._lock:
            self._cut += 1
            self._paper.append(Paper(self._cut, at, file.getvalue()))
            del self._paper[:-KEPT_TICKETS]
