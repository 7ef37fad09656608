"""Where a run takes place: directories, a small disk, a clock, a shim; all gone afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from controller.cli.bench.crash.clock import JumpyClock, find_library
from controller.cli.bench.crash.disk import SmallDisk, mount_small_disk
from controller.cli.bench.crash.power import Power, build_shim
from controller.cli.bench.crash.preload import CannotPlay

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(slots=True)
class Stage:
    """Directories under `root`, and what faults can be played with; None what cannot be had.

    `skipped` says why, by the name under which such faults are counted.
    """

    root: Path
    state: Path
    disk: SmallDisk | None = None
    clock: JumpyClock | None = None
    power: Power | None = None
    skipped: dict[str, str] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        """The configuration directory."""
        return self.root / "config"

    @property
    def logs(self) -> Path:
        """One log for each life of the controller."""
        return self.root / "logs"

    @property
    def journal(self) -> Path:
        """The journal's file."""
        return self.state / "journal.db"


@contextmanager
def stage(keep: Path | None) -> Iterator[Stage]:
    """Build it, and take it down whatever happens. `keep`: a directory where everything stays,
    the state directory copied there at the end."""
    with ExitStack() as stack:
        if keep is None:
            temporary = tempfile.TemporaryDirectory(prefix="jiaohao-crash-")
            root = Path(stack.enter_context(temporary)).resolve()
        else:
            root = keep.resolve()
            root.mkdir(parents=True, exist_ok=True)
        found = Stage(root, root / "state")
        found.logs.mkdir()
        _disk(found, stack, keep is not None)
        found.state.mkdir()
        _tools(found)
        yield found


def _disk(found: Stage, stack: ExitStack, kept: bool) -> None:
    try:
        found.disk = mount_small_disk(found.root / "disk")
    except CannotPlay as reason:
        found.skipped["full_disks"] = str(reason)
        return
    stack.callback(found.disk.unmount)
    found.state = found.disk.place / "state"
    if kept:
        stack.callback(shutil.copytree, found.state, found.root / "state")


def _tools(found: Stage) -> None:
    try:
        found.clock = JumpyClock(find_library(), found.root / "clock", ZONE)
    except CannotPlay as reason:
        found.skipped["clock_jumps"] = str(reason)
    try:
        found.power = Power(build_shim(found.root), found.state, found.root / "left")
    except CannotPlay as reason:
        found.skipped["power_cuts"] = str(reason)
