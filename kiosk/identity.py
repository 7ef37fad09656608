"""The kiosk's own secret and the mark of its hall, on its disk, for its own user only."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from kiosk.ledger import put


class Identity:
    """The device token in `state_dir/device.json`, mode 0600, and which hall it is good for.

    The mark stands in every answer of that hall's controller, and of a backup that was restored
    from it.  Whoever answers without it, a portal of the network or another hall's controller, is
    not listened to: it must not make a kiosk forget whose it is.
    """

    def __init__(self, state_dir: Path) -> None:
        self._path = state_dir / "device.json"

    def load(self) -> str:
        """The token, or "" if there is none that can be read."""
        return self._kept("secret")

    def hall(self) -> str:
        """The hall's mark, or "" if it is not known yet."""
        return self._kept("hall")

    def _kept(self, name: str) -> str:
        try:
            value = json.loads(self._path.read_text())[name]
        except (OSError, ValueError, KeyError, TypeError):
            return ""
        return value if isinstance(value, str) else ""

    def save(self, token: str, hall: str = "") -> None:
        """Keep both, durably and whole: written beside, synced, then moved into place."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        put(self._path, json.dumps({"secret": token, "hall": hall}))

    def forget(self) -> None:
        """The controller does not know it any more."""
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()
