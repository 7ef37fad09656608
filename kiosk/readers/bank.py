"""All readers of one kiosk as one: what each of them says, made sense of together.

The page knows one card and one reader.  So of the lamps only that of the main
reader is passed on (the first that reads documents; a kiosk whose scanner is
broken still reads cards), and a card counts as gone when no reader holds one.
Cards and codes themselves are passed on from every reader.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from kiosk.readers.base import (
    CardRemoved,
    CardSeen,
    Emit,
    ReaderDown,
    ReaderEvent,
    ReaderKind,
    ReaderUp,
)
from kiosk.readers.condition import Health, Reader


class Bank:
    """The readers of a kiosk, the most important first.  May be empty."""

    def __init__(self, readers: Sequence[Reader] = ()) -> None:
        self._readers = tuple(readers)
        documents = [r for r in self._readers if r.kind is not ReaderKind.SCANNER]
        self._main = documents[0] if documents else None
        self._holding: set[Reader] = set()
        self._lock = threading.Lock()
        self._emit: Emit = lambda event: None

    @property
    def reads_documents(self) -> bool:
        """Whether there is anything a person could lay a document on."""
        return self._main is not None

    @property
    def scans(self) -> bool:
        """Whether codes can be held before anything."""
        return any(reader.kind is ReaderKind.SCANNER for reader in self._readers)

    def start(self, emit: Emit) -> None:
        """Start every reader; `emit` hears them all, from their threads, one at a time."""
        self._emit = emit
        for reader in self._readers:
            reader.start(self._ear_of(reader))

    def close(self) -> None:
        """Close every reader.  May be called twice."""
        for reader in self._readers:
            reader.close()

    def health(self) -> tuple[Health, ...]:
        """How each reader is, in the order they were given."""
        return tuple(reader.health() for reader in self._readers)

    def _ear_of(self, reader: Reader) -> Emit:
        def hear(event: ReaderEvent) -> None:
            with self._lock:
                if self._concerns(reader, event):
                    self._emit(event)

        return hear

    def _concerns(self, reader: Reader, event: ReaderEvent) -> bool:
        match event:
            case CardSeen():
                self._holding.add(reader)
            case CardRemoved():
                self._holding.discard(reader)
                return not self._holding
            case ReaderDown() | ReaderUp():
                return reader is self._main
        return True
