"""Lines that are on disk when a call returns, and what a power cut leaves of a file."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from kiosk.ledger import Ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "lines.jsonl"


def written(path: Path, *rows: dict[str, object]) -> None:
    ledger = Ledger(path)
    for row in rows:
        ledger.append(row)
    ledger.close()


def read(path: Path) -> tuple[list[dict[str, object]], bool]:
    ledger = Ledger(path)
    ledger.close()
    return ledger.rows, ledger.torn


def test_lines_come_back_in_order_and_are_nobody_else_s_to_read(path: Path) -> None:
    written(path, {"n": 1}, {"n": 2})
    written(path, {"n": 3})
    assert read(path) == ([{"n": 1}, {"n": 2}, {"n": 3}], False)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("tail", [b'{"n": 3', b"\0\0\0\0", b"\0\0\n\0", b'"n"\n', b"nonsense\n"])
def test_what_a_power_cut_left_at_the_end_is_cut_off(path: Path, tail: bytes) -> None:
    written(path, {"n": 1}, {"n": 2})
    path.write_bytes(path.read_bytes() + tail)
    assert read(path) == ([{"n": 1}, {"n": 2}], False)
    written(path, {"n": 4})
    assert read(path) == ([{"n": 1}, {"n": 2}, {"n": 4}], False)


def test_a_line_within_that_cannot_be_read_is_told(path: Path) -> None:
    written(path, {"n": 1}, {"n": 2}, {"n": 3})
    path.write_bytes(path.read_bytes().replace(b'{"n": 2}', b"\0" * 8))
    assert read(path) == ([{"n": 1}, {"n": 3}], True)


def test_every_prefix_of_a_file_is_read_as_the_lines_it_has_whole(path: Path) -> None:
    written(path, *({"n": n} for n in range(4)))
    whole = path.read_bytes()
    for size in range(len(whole) + 1):
        path.write_bytes(whole[:size])
        rows, torn = read(path)
        assert (rows, torn) == ([{"n": n} for n in range(whole[:size].count(b"\n"))], False)


def test_an_appended_line_is_synced_before_anybody_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bytes] = []
    ledger = Ledger(path)
    monkeypatch.setattr(os, "fsync", lambda fd: synced.append(path.read_bytes()))
    ledger.append({"n": 1})
    assert synced == [b'{"n": 1}\n']
    ledger.close()


def test_a_full_disk_leaves_no_half_line_and_promises_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger(path)
    ledger.append({"n": 1})
    real = os.write

    def half(fd: int, data: bytes) -> int:
        if len(data) < 5:
            raise OSError(errno.ENOSPC, "full")
        return real(fd, data[: len(data) // 2])

    with monkeypatch.context() as full:
        full.setattr(os, "write", half)
        with pytest.raises(OSError, match="full"):
            ledger.append({"n": 2})
    ledger.append({"n": 3})
    ledger.close()
    assert read(path) == ([{"n": 1}, {"n": 3}], False)


def test_a_rewritten_file_has_the_new_lines_and_the_old_ones_are_overwritten(path: Path) -> None:
    written(path, {"who": "somebody"})
    ledger = Ledger(path)
    with path.open("rb") as old:
        ledger.rewrite([{"n": 1}])
        ledger.append({"n": 2})
        ledger.close()
        assert b"somebody" not in old.read()
    assert read(path) == ([{"n": 1}, {"n": 2}], False)


def test_an_emptied_file_is_empty(path: Path) -> None:
    ledger = Ledger(path)
    ledger.append({"n": 1})
    ledger.empty()
    ledger.append({"n": 2})
    ledger.close()
    assert read(path)[0] == [{"n": 2}]
