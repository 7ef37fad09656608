"""The numbers that the controller has set aside for this kiosk, and which of them are used.

A number is crossed out on disk before anybody learns of it, so that no restart, and no power cut
between two steps, gives it out again; one that was crossed out and never given is skipped.  Blocks
belong to one hall day, and are good for nothing on any other.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Block:
    """Ordinals `first` to `last` of a `letter`, set aside on `day` for those who want `series`.
    The letter is another one where the series is full."""

    day: str
    series: str
    letter: str
    first: int
    last: int


class LeaseBook:
    """The blocks in one file.  Any thread; every change is durable when a call returns."""

    def __init__(self, path: Path) -> None:
        """Read what an earlier run left.  A file of which something was lost is worth nothing: it
        may have said that a number is used."""
        self._lock = threading.Lock()
        self._ledger = Ledger(path)
        self._blocks: list[Block] = []
        self._used: set[tuple[str, str, int]] = set()
        for row in self._ledger.rows:
            self._fold(row)
        if self._ledger.torn:
            self._blocks = []
            self._ledger.rewrite(self._rows())
        self._ledger.rows.clear()

    def add(self, block: Block) -> None:
        """The controller has set these numbers aside."""
        with self._lock:
            self._append(_row_of(block))

    def take(self, day: str, series: str) -> tuple[str, int] | None:
        """Letter and ordinal of a number that is used from now on; None if there is none left.

        Raises OSError if it cannot be crossed out; then nobody may have it.
        """
        with self._lock:
            for block in self._blocks:
                if (block.day, block.series) != (day, series):
                    continue
                for ordinal in self._free(block):
                    self._append({"day": day, "letter": block.letter, "used": ordinal})
                    return block.letter, ordinal
        return None

    def left(self, day: str, series: str) -> int:
        """How many numbers there are for a series today."""
        with self._lock:
            mine = (b for b in self._blocks if (b.day, b.series) == (day, series))
            return sum(len(self._free(block)) for block in mine)

    def keep_only(self, day: str, known: Iterable[tuple[str, int, int]]) -> None:
        """The controller has set these aside today (letter, first, last) and nothing else: after a
        restore from a backup, or for another device, the rest belongs to others."""
        with self._lock:
            told = list(known)
            kept = [b for block in self._blocks for b in _within(block, day, told)]
            if kept != self._blocks:
                self._blocks = kept
                self._ledger.rewrite(self._rows())

    def forget(self, day: str) -> None:
        """Keep nothing of any other day."""
        with self._lock:
            blocks = [block for block in self._blocks if block.day == day]
            used = {one for one in self._used if one[0] == day}
            if (blocks, used) != (self._blocks, self._used):
                self._blocks, self._used = blocks, used
                self._ledger.rewrite(self._rows())

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._ledger.close()

    def _free(self, block: Block) -> list[int]:
        ordinals = range(block.first, block.last + 1)
        return [n for n in ordinals if (block.day, block.letter, n) not in self._used]

    def _append(self, row: dict[str, Any]) -> None:
        self._ledger.append(row)
        self._fold(row)

    def _fold(self, row: dict[str, Any]) -> None:
        if "used" in row:
            self._used.add((row["day"], row["letter"], row["used"]))
        else:
            self._blocks.append(Block(**row))

    def _rows(self) -> list[dict[str, Any]]:
        used = [{"day": d, "letter": s, "used": n} for d, s, n in sorted(self._used)]
        return [*used, *map(_row_of, self._blocks)]


def _row_of(block: Block) -> dict[str, Any]:
    return {name: getattr(block, name) for name in Block.__slots__}


def _within(block: Block, day: str, told: list[tuple[str, int, int]]) -> list[Block]:
    """The parts of a block that are among what was told; numbers used are not told any more, and
    need no block."""
    if block.day != day:
        return [block]
    return [
        Block(day, block.series, letter, max(first, block.first), min(last, block.last))
        for letter, first, last in told
        if letter == block.letter and first <= block.last and last >= block.first
    ]
