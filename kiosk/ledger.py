"""A file of JSON lines that is on disk when a call returns.

Appending costs one sync, which a memory card does in milliseconds where a database needs several;
a line that a power cut tore was never promised to anybody, and is cut off at the next start.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]


class Ledger:
    """One file, its user's only (0600).  Not for several threads.

    `rows` is what an earlier run left.  `torn` is set if a line within cannot be read: the disk
    has lost something that was promised, and who relies on the whole must not.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        whole, self.rows, self.torn = _read(path)
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.fchmod(self._fd, 0o600)
        if os.fstat(self._fd).st_size != whole:
            os.ftruncate(self._fd, whole)
        os.lseek(self._fd, 0, os.SEEK_END)
        os.fsync(self._fd)
        sync_folder(path.parent)

    def append(self, row: Row) -> None:
        """Durable when it returns.  Raises OSError; then nothing was promised."""
        before = os.lseek(self._fd, 0, os.SEEK_CUR)
        try:
            _write(self._fd, [row])
            os.fsync(self._fd)
        except OSError:
            # half a line must not stand before the next one
            os.ftruncate(self._fd, before)
            os.lseek(self._fd, before, os.SEEK_SET)
            raise

    def empty(self) -> None:
        """Forget every line."""
        os.ftruncate(self._fd, 0)
        os.lseek(self._fd, 0, os.SEEK_SET)
        os.fsync(self._fd)

    def rewrite(self, rows: Iterable[Row]) -> None:
        """These lines in place of the old ones, which are overwritten: all or nothing."""
        beside = self._path.with_name(f"{self._path.name}.new")
        fd = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        _write(fd, rows)
        os.fsync(fd)
        os.replace(beside, self._path)
        sync_folder(self._path.parent)
        old, self._fd = self._fd, fd
        overwrite(old)
        os.close(old)

    def close(self) -> None:
        """Close the file."""
        os.close(self._fd)


def put(path: Path, text: str) -> None:
    """This text in place of what a file held, its user's only (0600): all or nothing, and on disk
    when it returns.  Raises OSError."""
    beside = path.with_name(f"{path.name}.new")
    fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.fchmod(fd, 0o600)
        _write_all(fd, text.encode())
        os.fsync(fd)
    finally:
        os.close(fd)
    os.replace(beside, path)
    sync_folder(path.parent)


def overwrite(fd: int) -> None:
    """Zeros over a file that nobody can find any more."""
    size = os.fstat(fd).st_size
    os.pwrite(fd, bytes(size), 0)
    os.fsync(fd)


def sync_folder(folder: Path) -> None:
    """Make names that were given or changed in a folder durable."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _write(fd: int, rows: Iterable[Row]) -> None:
    _write_all(fd, "".join(json.dumps(row) + "\n" for row in rows).encode())


def _write_all(fd: int, left: bytes) -> None:
    while left:
        left = left[os.write(fd, left) :]


def _read(path: Path) -> tuple[int, list[dict[str, Any]], bool]:
    """How far the file is whole, its rows, and whether one within cannot be read."""
    rows: list[dict[str, Any]] = []
    whole = at = unread = lost = 0
    for line in path.read_bytes().splitlines(keepends=True) if path.exists() else ():
        at += len(line)
        row = _row(line)
        if row is None:
            unread += 1
            continue
        rows.append(row)
        whole, lost, unread = at, lost + unread, 0
    return whole, rows, lost > 0


def _row(line: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
    return row if isinstance(row, dict) else None
