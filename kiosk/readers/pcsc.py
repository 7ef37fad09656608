"""Chip cards through PC/SC: social security cards are read, others are told apart.

One thread watches for cards and never talks to one; each card is read by a thread
of its own, on a connection of its own, because a driver may wait for a silent card
for ever.  A plain PC/SC reader cannot read a resident ID card, whatever software
does: such a card is answered as one this reader cannot read.
"""

from __future__ import annotations

import queue
import threading
import time

import structlog

from kiosk.readers.base import (
    CardRead,
    CardRemoved,
    CardSeen,
    CardUnreadable,
    Down,
    Emit,
    ReaderKind,
    Unreadable,
)
from kiosk.readers.chip import CardFault
from kiosk.readers.condition import Health
from kiosk.readers.keeper import Keeper, Lost
from kiosk.readers.scard import MUTE, PRESENT, CardHeld, Service
from kiosk.readers.social import read_social

LOOK_S = 0.3
"""How often the list of readers is looked at; cards are reported at once."""
READ_S = 6.0
"""A social security card takes a second or two."""
TURN_S = 0.1

Outcome = CardRead | CardUnreadable | Down

log = structlog.get_logger("kiosk.reader")


class PcscReader:
    """Reads chip cards in every reader that PC/SC knows, or in those `name` is a part of."""

    kind = ReaderKind.CHIP_CARD

    def __init__(self, name: str | None = None) -> None:
        self._name = name or ""
        self._keeper = Keeper(self.kind, name or "PC/SC", self._serve)

    def start(self, emit: Emit) -> None:
        """Begin; see `kiosk.readers.condition.Reader`."""
        self._keeper.start(emit)

    def close(self) -> None:
        """End the thread and the connection to pcscd."""
        self._keeper.close()

    def health(self) -> Health:
        """How it is; see `kiosk.readers.condition.Reader`."""
        return self._keeper.health()

    def _serve(self) -> None:
        service = Service()
        try:
            Watch(self._keeper, service, self._name).run()
        finally:
            service.close()


class Watch:
    """Watches the readers of one connection to pcscd until that breaks."""

    def __init__(self, keeper: Keeper, service: Service, name: str) -> None:
        self._keeper, self._service, self._name = keeper, service, name
        self._states: dict[str, int] = {}
        self._holding: set[str] = set()
        """Readers with a card that was seen and has not left."""
        self._hand: threading.Thread | None = None
        """Whoever reads, or still waits for a card that fell silent."""

    def run(self) -> None:
        """Raises `Lost` when pcscd or the last reader goes away."""
        self._look_for_readers()
        self._keeper.up()
        try:
            while True:
                self._keeper.rest(0)
                before = self._states
                self._states = self._service.states(before, LOOK_S)
                for reader, state in self._states.items():
                    self._changed(reader, before[reader], state)
                self._look_for_readers()
        finally:
            for reader in [*self._holding]:
                self._left(reader)

    def _look_for_readers(self) -> None:
        names = [name for name in self._service.readers() if self._name in name]
        if not names:
            raise Lost(Down.GONE)
        for reader in self._holding - {*names}:
            self._left(reader)
        self._states = {name: self._states.get(name, 0) for name in names}

    def _changed(self, reader: str, before: int, now: int) -> None:
        another = before >> 16 != now >> 16  # it may have been swapped between two looks
        if reader in self._holding and (another or not now & PRESENT):
            self._left(reader)
        if now & PRESENT and reader not in self._holding:
            self._arrived(reader, now)

    def _left(self, reader: str) -> None:
        self._holding.discard(reader)
        self._keeper.emit(CardRemoved())

    def _arrived(self, reader: str, state: int) -> None:
        self._keeper.emit(CardSeen())
        self._holding.add(reader)
        outcome = CardUnreadable(Unreadable.MUTE) if state & MUTE else self._read(reader)
        if isinstance(outcome, Down):
            self._keeper.down(outcome)
            outcome = CardUnreadable(Unreadable.TRY_AGAIN)
        else:
            self._keeper.up()
        self._keeper.emit(outcome)
        if isinstance(outcome, CardUnreadable):
            log.info("card unreadable", reason=outcome.reason.value)

    def _read(self, reader: str) -> Outcome:
        """What the card says within `READ_S`, read by another thread."""
        if self._hand is not None and self._hand.is_alive():
            return Down.SILENT  # the card before never let go of the driver
        said: queue.Queue[Outcome] = queue.Queue(1)
        self._hand = threading.Thread(target=_hand, args=(reader, said), name="chip", daemon=True)
        self._hand.start()
        deadline = time.monotonic() + READ_S
        while time.monotonic() < deadline:
            self._keeper.rest(0)
            try:
                return said.get(timeout=TURN_S)
            except queue.Empty:
                continue
        return CardUnreadable(Unreadable.MUTE)


def _hand(reader: str, said: queue.Queue[Outcome]) -> None:
    """Read the card in a reader and say what came of it, whatever happens."""
    outcome: Outcome = CardUnreadable(Unreadable.TRY_AGAIN)
    try:
        outcome = _outcome(reader)
    except Exception as error:
        # no traceback: frames may hold a person
        log.error("reader stumbled", error=type(error).__name__)
    finally:
        said.put(outcome)


def _outcome(reader: str) -> Outcome:
    try:
        service = Service()
    except Lost as lost:
        return lost.reason
    try:
        card = service.connect(reader)
        try:
            return read_social(card.transmit)
        finally:
            card.close()
    except CardFault as fault:
        return CardUnreadable(fault.reason)
    except CardHeld:
        return Down.HELD
    finally:
        service.close()
