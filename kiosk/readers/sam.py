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

import contextlib
import os
import select
import threading

import structlog

from kiosk.readers.base import (
    CardRead,
    CardRemoved,
    CardSeen,
    CardUnreadable,
    Down,
    Emit,
    ReaderDown,
    ReaderUp,
    Unreadable,
)
from kiosk.readers.layout import DamagedText, UnknownLayout, read_text
from kiosk.readers.line import Line, LineClosed, LineGone, LineSilent
from kiosk.readers.sam_codec import Answer, Command, Meaning

ANSWER_S = 1.0
READ_S = 3.0
TRIES = 2
"""Attempts at a card, and questions to a silent reader, before giving up."""
BACKOFF_S = (0.2, 0.4, 0.8, 1.6, 3.0)

_REASONS = {
    Meaning.NOT_VALID: Unreadable.NOT_VALID,
    Meaning.WRONG_CARD: Unreadable.WRONG_CARD,
    Meaning.NO_ITEM: Unreadable.WRONG_CARD,
}
_BROKEN = {Meaning.NOT_AUTHORISED: Down.NOT_AUTHORISED, Meaning.SELF_TEST: Down.SELF_TEST}

log = structlog.get_logger("kiosk.reader")


class OutOfOrder(Exception):
    """The reader itself says that it cannot work."""

    def __init__(self, reason: Down) -> None:
        super().__init__(reason.value)
        self.reason = reason


class SamReader:
    """Reads cards from `port` and reports them; recovers from unplugging by itself.

    `poll_s` is the time between two looks for a card.
    """

    def __init__(self, port: str, baud: int = 115200, poll_s: float = 0.3) -> None:
        self._port, self._baud, self._poll_s = port, baud, poll_s
        self._wake = os.pipe()
        self._thread: threading.Thread | None = None
        self._emit: Emit = lambda event: None
        self._down: Down | None = None
        self._up = False
        self._failures = 0

    def start(self, emit: Emit) -> None:
        """Begin; see `kiosk.readers.base.Reader`."""
        self._emit = emit
        self._thread = threading.Thread(target=self._run, name="sam-reader", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread and free the port."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        os.write(self._wake[1], b"x")
        thread.join()
        for fd in self._wake:
            os.close(fd)

    # -- staying connected ------------------------------------------------------

    def _run(self) -> None:
        with contextlib.suppress(LineClosed):
            while True:
                try:
                    self._connected()
                except LineGone:
                    self._report_down(Down.GONE)
                except LineSilent:
                    self._report_down(Down.SILENT)
                except OutOfOrder as broken:
                    self._report_down(broken.reason)
                except LineClosed:
                    raise
                except Exception as error:
                    # a reader never goes deaf for good; no traceback: frames may hold a person
                    log.error("reader stumbled", error=type(error).__name__)
                    self._report_down(Down.GONE)
                self._pause(BACKOFF_S[min(self._failures, len(BACKOFF_S) - 1)])
                self._failures += 1

    def _connected(self) -> None:
        line = Line(self._port, self._baud, self._wake[0])
        try:
            self.ask(line, Command.STATUS)
            self._report_up()
            Watch(self, line).run()
        finally:
            line.close()

    def _report_up(self) -> None:
        self._failures = 0
        self._down = None
        if not self._up:
            self._up = True
            log.info("reader up", port=self._port)
            self._emit(ReaderUp())

    def _report_down(self, reason: Down) -> None:
        if self._down is not reason:
            self._down, self._up = reason, False
            log.warning("reader down", port=self._port, reason=reason.value)
            self._emit(ReaderDown(reason))

    def _pause(self, seconds: float) -> None:
        if select.select([self._wake[0]], [], [], seconds)[0]:
            raise LineClosed

    # -- for Watch --------------------------------------------------------------

    def emit(self, event: CardSeen | CardRead | CardRemoved | CardUnreadable) -> None:
        self._emit(event)

    def rest(self) -> None:
        """Wait for the next look."""
        self._pause(self._poll_s)

    def ask(self, line: Line, which: Command) -> Answer:
        """Ask again when nothing sound comes; raises `OutOfOrder` when it is broken."""
        for attempt in range(TRIES):
            try:
                answer = line.ask(which, ANSWER_S)
            except LineSilent:
                if attempt == TRIES - 1:
                    raise
                continue
            if broken := _BROKEN.get(answer.meaning):
                raise OutOfOrder(broken)
            if answer.meaning is not Meaning.RESYNC:
                return answer
        raise LineSilent("only noise")


class Watch:
    """Looks for cards on an open line until something breaks."""

    def __init__(self, reader: SamReader, line: Line) -> None:
        self._reader, self._line = reader, line
        self._lying = False
        """A card was read or refused and has not left."""
        self._refused = False
        """That card could not be read: it is left alone until lifted."""

    def run(self) -> None:
        try:
            while True:
                self._look()
                self._reader.rest()
        finally:
            self._left()

    def _look(self) -> None:
        found = self._reader.ask(self._line, Command.FIND).meaning is Meaning.FOUND
        if found and not self._refused:
            self._left()
            self._read_card()
        elif self._lying and not found and not self._still_there():
            self._left()

    def _still_there(self) -> bool:
        """After a read, which a card answers; before one it would have been found."""
        return self._reader.ask(self._line, Command.SELECT).meaning is Meaning.OK

    def _left(self) -> None:
        if self._lying:
            self._lying = self._refused = False
            self._reader.emit(CardRemoved())

    def _read_card(self) -> None:
        self._reader.emit(CardSeen())
        self._lying = True
        outcome = self._attempts()
        self._refused = isinstance(outcome, CardUnreadable)
        self._reader.emit(outcome)
        if isinstance(outcome, CardUnreadable):
            log.info("card unreadable", reason=outcome.reason.value)
        elif not self._still_there():
            self._left()

    def _attempts(self) -> CardRead | CardUnreadable:
        for attempt in range(TRIES):
            again = attempt > 0
            if again and self._reader.ask(self._line, Command.FIND).meaning is not Meaning.FOUND:
                break
            outcome = self._attempt()
            if outcome != CardUnreadable(Unreadable.TRY_AGAIN):
                return outcome
        return CardUnreadable(Unreadable.TRY_AGAIN)

    def _attempt(self) -> CardRead | CardUnreadable:
        selected = self._reader.ask(self._line, Command.SELECT)
        if selected.meaning is not Meaning.OK:
            return _unreadable(selected)
        try:
            answer = self._line.ask(Command.READ, READ_S)
        except LineSilent:
            return CardUnreadable(Unreadable.TRY_AGAIN)
        if broken := _BROKEN.get(answer.meaning):
            raise OutOfOrder(broken)
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
