"""The kiosk's own secret, on its disk, for its own user only."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path


class Identity:
    """The device token in `state_dir/device.json`, mode 0600."""

    def __init__(self, state_dir: Path) -> None:
        self._path = state_dir / "device.json"

    def load(self) -> str:
        """The token, or "" if there is none that can be read."""
        try:
            token = json.loads(self._path.read_text())["secret"]
        except (OSError, ValueError, KeyError, TypeError):
            return ""
        return token if isinstance(token, str) else ""

    def save(self, token: str) -> None:
        """Keep it, durably and whole: written beside, synced, then moved into place."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(fd, "w") as file:
            os.fchmod(file.fileno(), 0o600)
            json.dump({"secret": token}, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)

    def forget(self) -> None:
        """The controller does not know it any more."""
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()
