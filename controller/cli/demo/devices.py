"""The devices of the demo's kiosk, which live in the demo's own process."""

from __future__ import annotations

import io
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self

from controller.cli.demo.cable import Cable
from controller.cli.demo.cards import BY_ID, Flaw, RackCard
from controller.cli.demo.chips import ChipReader
from controller.cli.demo.memory import State
from kiosk.readers.virtual import REALISTIC, VirtualSamReader
from kiosk.readers.virtual_scanner import VirtualScanner
from printers.virtual import VirtualPrinter

if TYPE_CHECKING:
    from PIL.Image import Image

KEPT_TICKETS = 60
ALWAYS = 1_000_000


class UnknownCard(Exception):
    """No card of this name is on the rack."""


class NoReader(Exception):
    """The card fits no reader that works now."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A cut ticket: its number in the order of cutting, when (ms since 1970), and its picture."""

    n: int
    at: int
    png: bytes


class Devices:
    """Readers for documents, chip cards and codes, a printer, and the cable to the controller.

    Use as a context manager.
    """

    def __init__(self, state: State, ports: dict[str, int]) -> None:
        self._state, self._ports = state, ports
        self._lock = threading.RLock()
        self._paper: list[Paper] = []
        self._cut = 0
        self._card: RackCard | None = None
        self._yank = False
        self.printer = VirtualPrinter(ports["printer"], on_ticket=self._keep)
        self.chips = ChipReader()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.printer.start()
            stack.callback(self.printer.close)
            self.reader = stack.enter_context(VirtualSamReader(str(self._state.reader), REALISTIC))
            self.scanner = stack.enter_context(VirtualScanner(str(self._state.scanner)))
            stack.enter_context(self.chips)
            self.cable = Cable(self._ports["controller"], port=self._ports["cable"])
            stack.callback(self.cable.close)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def card(self) -> str | None:
        """The card that lies on a reader."""
        with self._lock:
            self._look()
            return self._card.id if self._card else None

    @property
    def yank(self) -> bool:
        """Whether the next card is pulled away in mid-read. Ends when one was."""
        with self._lock:
            self._look()
            return self._yank

    @yank.setter
    def yank(self, on: bool) -> None:
        with self._lock:
            self._yank = on

    def lay(self, card_id: str) -> None:
        """Put a card of the rack on its reader. Raises `UnknownCard`, `NoReader`."""
        card = BY_ID.get(card_id)
        if card is None:
            raise UnknownCard(card_id)
        with self._lock:
            self.lift()
            if card.card is None:
                self._insert(card)
            else:
                self.reader.bad.unreadable = ALWAYS if card.flaw is Flaw.UNREADABLE else 0
                self.reader.bad.auth_failed = card.flaw is Flaw.NOT_GENUINE
                self.reader.bad.lift_after_select = self._yank
                self.reader.lay(card.card)
            self._card = card

    def lift(self) -> None:
        """Take the card away, whichever reader it is on."""
        with self._lock:
            self._look()
            self.reader.lift()
            self.chips.remove()
            self._card = None

    def paper(self) -> list[Paper]:
        """The tickets that came out, the newest first."""
        with self._lock:
            return self._paper[::-1]

    def picture(self, n: int) -> bytes | None:
        """The `n`-th ticket as PNG, None when it was never cut or is no longer kept."""
        with self._lock:
            return next((paper.png for paper in self._paper if paper.n == n), None)

    def _insert(self, card: RackCard) -> None:
        if self.chips.why is not None or not (self.chips.plugged and self.chips.served):
            raise NoReader("the chip-card reader is not there")
        self.chips.insert(card, self._yank)

    def _look(self) -> None:
        """Notice that a card was pulled away, or fell out of a reader that vanished."""
        if self._card is None:
            return
        if self.reader.holds or self.chips.holds:
            return
        self._card, self._yank = None, False

    def _keep(self, ticket: Image) -> None:
        at = time.time_ns() // 1_000_000
        file = io.BytesIO()
        ticket.save(file, "PNG", optimize=False)
        with self._lock:
            self._cut += 1
            self._paper.append(Paper(self._cut, at, file.getvalue()))
            del self._paper[:-KEPT_TICKETS]
