"""A small disk that can be full: a tmpfs in a mount namespace of this process's own.

The mount is seen by this process and its children only, and is gone with the last of them,
however they end.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
from contextlib import suppress
from pathlib import Path

from controller.cli.bench.crash.preload import CannotPlay

CLONE_NEWNS = 0x00020000
BALLAST = "ballast"
LEAST_BYTES = 32 << 20


def mount_small_disk(place: Path) -> SmallDisk:
    """Mount a small disk at `place` for this process. Raises `CannotPlay`.

    Call it before other threads are started: those that run already would not see it.
    """
    place.mkdir(parents=True)
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS) != 0:
        reason = os.strerror(ctypes.get_errno())
        raise CannotPlay(f"no small disk may be mounted here ({reason}); be root")
    for command in (
        ["mount", "--make-rprivate", "/"],
        [
            "mount",
            "-t",
            "tmpfs",
            "-o",
            f"size={2 * LEAST_BYTES},mode=0700",
            "jiaohao-crash",
            str(place),
        ],
    ):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise CannotPlay(f"no small disk can be mounted here: {done.stderr.strip()}")
    return SmallDisk(place)


class SmallDisk:
    """A file system with little room."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._ballast = place / BALLAST

    def free(self) -> int:
        """Bytes that are left."""
        found = os.statvfs(self.place)
        return found.f_bavail * found.f_frsize

    def make_room(self) -> None:
        """Let the disk grow with what is on it: for twice as much again, and a log."""
        found = os.statvfs(self.place)
        used = (found.f_blocks - found.f_bavail) * found.f_frsize
        if self.free() < 2 * used + LEAST_BYTES:
            size = f"remount,size={4 * used + 2 * LEAST_BYTES}"
            subprocess.run(["mount", "-o", size, str(self.place)], check=True, capture_output=True)

    def fill(self, but: int) -> None:
        """Leave no more than `but` bytes."""
        with self._ballast.open("wb") as file:
            while (size := self.free() - but) > 0:
                with suppress(OSError):  # somebody else was quicker: look again
                    held = os.fstat(file.fileno()).st_size
                    os.posix_fallocate(file.fileno(), held, size)

    def empty(self) -> None:
        """Give the room back."""
        self._ballast.unlink(missing_ok=True)

    def unmount(self) -> None:
        """Let go of it."""
        subprocess.run(["umount", "-l", str(self.place)], check=True, capture_output=True)
