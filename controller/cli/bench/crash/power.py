"""Power cuts: beside a state directory, copies that hold only what was synced (see synced.c)."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from controller.cli.bench.crash.preload import CannotPlay, Preload

SOURCE = Path(__file__).with_name("synced.c")
_FLAGS = ("-shared", "-fPIC", "-O1", "-Wall", "-Werror")


def build_shim(directory: Path) -> Path:
    """Compile the library that copies what is synced. Raises `CannotPlay` without a compiler."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise CannotPlay("no C compiler (Debian: gcc, libc6-dev)")
    built = directory / "synced.so"
    command = [compiler, *_FLAGS, str(SOURCE), "-o", str(built), "-ldl"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise CannotPlay(f"the shim does not compile: {done.stderr.strip()}")
    return built


@dataclass(frozen=True, slots=True)
class Power:
    """A state directory whose power can be cut. `left` holds what is synced of it."""

    shim: Path
    state: Path
    left: Path

    def watch(self) -> Preload:
        """What a process needs for its syncs to be copied from its start on.

        What is in the state directory now counts as synced. SQLite's index of the log (-shm) is
        memory and never survives.
        """
        shutil.rmtree(self.left, ignore_errors=True)
        self.left.mkdir()
        for file in self.state.iterdir():
            if not file.name.endswith("-shm"):
                shutil.copy2(file, self.left / file.name)
        env = {"SYNCED_FROM": str(self.state), "SYNCED_TO": str(self.left)}
        return Preload(self.shim, env)

    def cut(self) -> None:
        """Leave in the state directory only what was synced. The process must be dead."""
        for file in self.state.iterdir():
            file.unlink()
        for file in self.left.iterdir():
            if file.suffix != ".part":
                shutil.copy2(file, self.state / file.name)
