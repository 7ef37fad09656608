"""What a demo remembers from one start to the next, in its state directory, for its owner only."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from controller.hall.numbering import CODE_LETTERS


class StateInUse(Exception):
    """Another demo runs with this state directory."""


def new_password() -> str:
    """Twelve characters in three groups: easy to type, 58 bits."""
    letters = CODE_LETTERS.lower().replace("l", "")
    groups = ("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


@dataclass(slots=True)
class Memory:
    """Ports by part, the password of the demo's accounts, and the tokens they gave."""

    password: str = field(default_factory=new_password, repr=False)
    ports: dict[str, int] = field(default_factory=dict)
    screen: str = field(default="", repr=False)
    windows: dict[str, str] = field(default_factory=dict, repr=False)
    """Token of the screen of a window, by its number."""
    sessions: dict[str, str] = field(default_factory=dict, repr=False)
    """Session token by staff number."""


@dataclass(frozen=True, slots=True)
class State:
    """The directories and files of one demo."""

    root: Path

    @property
    def config(self) -> Path:
        return self.root / "config"

    @property
    def controller(self) -> Path:
        return self.root / "controller"

    @property
    def kiosk(self) -> Path:
        return self.root / "kiosk-1"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def reader(self) -> Path:
        """Where the virtual reader's serial line appears."""
        return self.root / "reader"

    @property
    def scanner(self) -> Path:
        """Where the virtual scanner's serial line appears."""
        return self.root / "scanner"

    @property
    def journal(self) -> Path:
        return self.controller / "journal.db"

    def make(self) -> None:
        """The directories, for their owner only."""
        for path in (self.root, self.config, self.controller, self.kiosk, self.logs):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other demos out of this state. Raises `StateInUse`."""
        handle = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StateInUse(
                    f"a demo runs with {self.root} already. Use that one, end it, or give this "
                    "one another --state."
                ) from None
            yield
        finally:
            os.close(handle)

    def load(self) -> Memory:
        """What was kept; a fresh memory when there is none, or it is damaged."""
        try:
            return Memory(**json.loads(self._memory.read_text()))
        except (OSError, ValueError, TypeError):
            return Memory()

    def save(self, memory: Memory) -> None:
        """Keep it, whole and for the owner only."""
        beside = self._memory.with_suffix(".new")
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump(asdict(memory), file, indent=1)
        beside.replace(self._memory)

    @property
    def _memory(self) -> Path:
        return self.root / "demo.json"
