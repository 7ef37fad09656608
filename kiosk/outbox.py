"""Numbers whose end the controller has not acknowledged yet, on disk.

A number is noted before it is printed and struck off when its end is known to the
controller, so that a power cut leaves no number silently counted.  The file holds
ticket ids and outcomes and nothing about a person.
"""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from kiosk.session.model import Outcome


class Outbox:
    """An append-only file of JSON lines; rewritten empty whenever nothing is open.

    `note` and `settle` are durable when they return.
    """

    def __init__(self, path: Path) -> None:
        """Read what an earlier run left open; a torn last line is ignored."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._open: dict[str, Outcome | None] = _read(path)
        self._file = path.open("a", encoding="utf-8")
        os.chmod(path, 0o600)
        if not self._open:
            self._file.truncate(0)
        elif self._file.tell() and not path.read_bytes().endswith(b"\n"):
            self._file.write("\n")

    def note(self, ticket: str) -> None:
        """This number exists and its end is not known."""
        self._write(ticket, {"ticket": ticket}, None)

    def settle(self, ticket: str, outcome: Outcome) -> None:
        """This number ended so; the controller has not heard it yet."""
        self._write(ticket, {"ticket": ticket, "outcome": outcome.value}, outcome)

    def done(self, ticket: str, outcome: Outcome) -> None:
        """The controller knows.  A newer outcome that it has not heard stays."""
        with self._lock:
            if self._open.get(ticket) is not outcome:
                return
            del self._open[ticket]
            if self._open:
                self._append({"ticket": ticket, "done": True})
            else:
                self._file.truncate(0)
                os.fsync(self._file.fileno())

    def pending(self) -> dict[str, Outcome | None]:
        """What is open, oldest first; None for a number whose end nobody recorded."""
        with self._lock:
            return dict(self._open)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _write(self, ticket: str, line: dict[str, object], outcome: Outcome | None) -> None:
        with self._lock:
            self._open[ticket] = outcome
            self._append(line)

    def _append(self, line: dict[str, object]) -> None:
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def _read(path: Path) -> dict[str, Outcome | None]:
    found: dict[str, Outcome | None] = {}
    if not path.exists():
        return found
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            row = json.loads(line)
            ticket = str(row["ticket"])
            outcome = Outcome(row["outcome"]) if "outcome" in row else None
        except (ValueError, KeyError, TypeError):
            continue
        if row.get("done"):
            found.pop(ticket, None)
        else:
            found[ticket] = outcome
    return found
