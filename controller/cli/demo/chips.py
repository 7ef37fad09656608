"""The chip-card reader of the demo's kiosk: a virtual one behind a real pcscd."""

from __future__ import annotations

import shutil
from pathlib import Path

from controller.cli.demo.cards import Flaw, RackCard
from kiosk.readers.virtual_pcscd import LIBRARY, NoPcscd, VirtualPcscd

PULLED_AT = 3
"""A card that is yanked leaves when it hears this command: its application is selected by then."""


class ChipReader:
    """Where this machine can have one; else `why` says what is missing, and nothing else counts.

    Use as a context manager.
    """

    def __init__(self) -> None:
        self.why: str | None = _missing()
        self.plugged = self.served = True
        self._daemon = VirtualPcscd() if self.why is None else None

    def __enter__(self) -> ChipReader:
        if self._daemon is not None:
            try:
                self._daemon.start()
            except NoPcscd:
                self._daemon.close()
                self._daemon, self.why = None, "namespaces"
        return self

    def __exit__(self, *exc: object) -> None:
        if self._daemon is not None:
            self._daemon.close()

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to find this pcscd."""
        return {"PCSCLITE_CSOCK_NAME": self._daemon.socket_name} if self._daemon else {}

    @property
    def pid(self) -> int | None:
        """The process that keeps pcscd, while it runs."""
        return self._daemon.pid if self._daemon else None

    @property
    def holds(self) -> bool:
        """Whether a card is in it."""
        return self._daemon is not None and self._daemon.slots[0].holds

    def insert(self, card: RackCard, yank: bool) -> None:
        """Put a card in; it is pulled out in mid-read if `yank`. Raises OSError without pcscd."""
        assert card.chip is not None
        assert self._daemon is not None
        slot = self._daemon.slots[0]
        slot.mute, slot.silent = card.flaw is Flaw.MUTE, card.flaw is Flaw.SILENT
        slot.pull_at = PULLED_AT if yank else 0
        slot.insert(card.chip())

    def remove(self) -> None:
        """Take the card out."""
        if self._daemon is not None:
            self._daemon.slots[0].remove()

    def be(self, *, plugged: bool, served: bool) -> None:
        """Plug the reader in or pull it; let pcscd run or crash. Raises `NoPcscd`."""
        self.plugged, self.served = plugged, served
        if self._daemon is None:
            return
        self.remove()
        self._daemon.kill()
        if served:
            self._daemon.start(reader=plugged)


def _missing() -> str | None:
    """The Debian package that a virtual chip reader lacks here."""
    if shutil.which("pcscd") is None and not Path("/usr/sbin/pcscd").exists():
        return "pcscd"
    return None if Path(LIBRARY).exists() else "vsmartcard-vpcd"
