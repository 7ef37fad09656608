"""A certified resident-ID reader on a serial port (SAM protocol).

    find -> select -> read, in this order, every 300 ms.

After a successful read the reader does not find the same card again until it is
lifted, so finding nothing does not mean that nothing lies there.  Whether the
card still lies there is asked by selecting it: a card in the field answers.
This is how the virtual reader behaves; on a reader that refuses to select at once
after a read, the card's leaving cannot be told and is reported as gone at once.
Never sent: 30 10 (fingerprints).
"""

from __future__ import annotations

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
from kiosk.readers.condition import Health
from kiosk.readers.keeper import Keeper, Lost
from kiosk.readers.layout import DamagedText, UnknownLayout, read_text
from kiosk.readers.line import Line, NoAnswer
from kiosk.readers.sam_codec import Answer, Command, Meaning

BAUDS = (115200, 57600, 38400, 19200, 9600)
"""What these readers can be set to, the one they leave the factory with first."""
ANSWER_S = 1.0
PROBE_S = 0.4
"""How long a reader may take to answer while its speed is being looked for."""
READ_S = 3.0
TRIES = 2
"""Attempts at a card, and questions to a silent reader, before giving up."""

_REASONS = {
    Meaning.NOT_VALID: Unreadable.NOT_VALID,
    Meaning.WRONG_CARD: Unreadable.WRONG_CARD,
    Meaning.NO_ITEM: Unreadable.WRONG_CARD,
}
_BROKEN = {Meaning.NOT_AUTHORISED: Down.NOT_AUTHORISED, Meaning.SELF_TEST: Down.SELF_TEST}

log = structlog.get_logger("kiosk.reader")


class SamReader:
    """Reads cards from `port` and reports them; recovers from unplugging by itself.

    Without a `baud` its speed is found by asking at each one.  `poll_s` is the time
    between two looks for a card.
    """

    kind = ReaderKind.RESIDENT_ID

    def __init__(self, port: str, baud: int | None = None, poll_s: float = 0.3) -> None:
        self._port, self._poll_s = port, poll_s
        self._bauds: tuple[int, ...] = BAUDS if baud is None else (baud,)
        self._keeper = Keeper(self.kind, port, self._serve)

    def start(self, emit: Emit) -> None:
        """Begin; see `kiosk.readers.condition.Reader`."""
        self._keeper.start(emit)

    def close(self) -> None:
        """End the thread and free the port."""
        self._keeper.close()

    def health(self) -> Health:
        """How it is; see `kiosk.readers.condition.Reader`."""
        return self._keeper.health()

    def _serve(self) -> None:
        line = self._connect()
        try:
            self._keeper.up()
            Watch(self._keeper, line, self._poll_s).run()
        finally:
            line.close()

    def _connect(self) -> Line:
        """A line at a speed the reader answers at, the last good one first.  Raises `Lost`."""
        heard = False
        for baud in self._bauds:
            line = Line(self._port, baud, self._keeper.wake)
            try:
                ask(line, Command.STATUS, PROBE_S if len(self._bauds) > 1 else ANSWER_S)
            except NoAnswer as nothing:
                heard = heard or nothing.heard
                line.close()
                self._keeper.turn()
            except BaseException:
                line.close()
                raise
            else:
                self._bauds = (baud, *(other for other in self._bauds if other != baud))
                return line
        raise Lost(Down.GARBLED if heard else Down.SILENT)


def ask(line: Line, which: Command, timeout_s: float | None = None) -> Answer:
    """Ask again when nothing sound comes.  Raises `NoAnswer`, or `Lost` when it is broken."""
    for attempt in range(TRIES):
        try:
            answer = line.ask(which, ANSWER_S if timeout_s is None else timeout_s)
        except NoAnswer:
            if attempt == TRIES - 1:
                raise
            continue
        if broken := _BROKEN.get(answer.meaning):
            raise Lost(broken)
        if answer.meaning is not Meaning.RESYNC:
            return answer
    raise NoAnswer(heard=True)


class Watch:
    """Looks for cards on an open line until something breaks."""

    def __init__(self, keeper: Keeper, line: Line, poll_s: float) -> None:
        self._keeper, self._line, self._poll_s = keeper, line, poll_s
        self._lying = False
        """A card was read or refused and has not left."""
        self._refused = False
        """That card could not be read: it is left alone until lifted."""
        self._pulled = False
        """It was not found again in mid-read: whatever is laid next is another card."""

    def run(self) -> None:
        """Raises `Lost` when the reader fails."""
        try:
            while True:
                self._look()
                self._keeper.rest(self._poll_s)
        except NoAnswer as nothing:
            raise Lost(nothing.reason) from nothing
        finally:
            self._left()

    def _look(self) -> None:
        meaning = ask(self._line, Command.FIND).meaning
        if meaning is Meaning.UNKNOWN:
            raise Lost(Down.GARBLED)
        found = meaning is Meaning.FOUND
        if found and not self._refused:
            self._left()
            self._read_card()
        elif self._lying and not found and not self._still_there():
            self._left()

    def _still_there(self) -> bool:
        """After a read, which a card answers; before one it would have been found."""
        return ask(self._line, Command.SELECT).meaning is Meaning.OK

    def _left(self) -> None:
        if self._lying:
            self._lying = self._refused = False
            self._keeper.emit(CardRemoved())

    def _read_card(self) -> None:
        self._keeper.emit(CardSeen())
        self._lying = True
        outcome = self._attempts()
        self._refused = isinstance(outcome, CardUnreadable)
        self._keeper.emit(outcome)
        if isinstance(outcome, CardUnreadable):
            log.info("card unreadable", reason=outcome.reason.value)
        if self._pulled or not (self._refused or self._still_there()):
            self._left()

    def _attempts(self) -> CardRead | CardUnreadable:
        self._pulled = False
        for attempt in range(TRIES):
            self._keeper.turn()
            if attempt > 0 and ask(self._line, Command.FIND).meaning is not Meaning.FOUND:
                self._pulled = True
                break
            outcome = self._attempt()
            if outcome != CardUnreadable(Unreadable.TRY_AGAIN):
                return outcome
        return CardUnreadable(Unreadable.TRY_AGAIN)

    def _attempt(self) -> CardRead | CardUnreadable:
        selected = ask(self._line, Command.SELECT)
        if selected.meaning is not Meaning.OK:
            return _unreadable(selected)
        try:
            answer = self._line.ask(Command.READ, READ_S)
        except NoAnswer:
            return CardUnreadable(Unreadable.TRY_AGAIN)
        if broken := _BROKEN.get(answer.meaning):
            raise Lost(broken)
        if answer.meaning is not Meaning.OK:
            return _unreadable(answer)
        return _person(answer)


def _unreadable(answer: Answer) -> CardUnreadable:
    return CardUnreadable(_REASONS.get(answer.meaning, Unreadable.TRY_AGAIN))


def _person(answer: Answer) -> CardRead | CardUnreadable:
    try:
        return read_text(answer.text)
    except UnknownLayout:
        return CardUnreadable(Unreadable.UNKNOWN_LAYOUT)
    except DamagedText:
        return CardUnreadable(Unreadable.TRY_AGAIN)
    finally:
        answer.wipe()
