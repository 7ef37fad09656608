"""Makes a kiosk nobody's, so that it asks to be enrolled when it starts: in another hall, with a
controller that began a new journal, or after its disk was copied."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.ledger import overwrite, sync_folder
from kiosk.outbox import Outbox

OF_THE_HALL = (
    "day.json",
    "leases.jsonl",
    "outbox.jsonl",
    "told.jsonl",
    "clock.json",
    "lineage.json",
    "device.json",
)
"""In the state directory; the secret goes last, so that what was broken off can be repeated."""


class Untold(Exception):
    """Numbers that people hold and the controller has not heard of; `numbers` names them."""

    def __init__(self, numbers: tuple[str, ...]) -> None:
        super().__init__(", ".join(numbers))
        self.numbers = numbers


def forget_the_hall(state_dir: Path, *, drop_untold: bool) -> None:
    """Destroy the secret, the hall's mark, the day and its key, and the numbers that the hall set
    aside.  The count of the roll and the clips stay.  The kiosk must not run.

    Raises `Untold`, with nothing destroyed, unless `drop_untold`; or OSError.
    """
    if not drop_untold and (untold := _untold(state_dir / "outbox.jsonl")):
        raise Untold(untold)
    for name in OF_THE_HALL:
        _destroy(state_dir / name)
    sync_folder(state_dir)


def _untold(path: Path) -> tuple[str, ...]:
    if not path.exists():
        return ()
    with Outbox(path) as outbox:
        return tuple(ticket.rpartition("-")[2] for ticket in outbox.pending())


def _destroy(path: Path) -> None:
    try:
        fd = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return
    try:
        overwrite(fd)
    finally:
        os.close(fd)
    path.unlink()
