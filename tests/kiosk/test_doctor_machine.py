"""Disk and clock as `jiaohao kiosk doctor` judges them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.doctor.machine import battery_clock, disk, filesystem_of


def test_a_disk_that_is_memory_is_no_disk(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    for kind in ("tmpfs", "overlay"):
        mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nwhatever {tmp_path} {kind} rw 0 0\n")
        (found,) = disk(tmp_path, mounts)
        assert (found.level.value, kind in found.en) == ("fail", True)
    mounts.write_text(f"tmpfs / tmpfs rw 0 0\n/dev/sda3 {tmp_path} ext4 rw 0 0\n")
    (found,) = disk(tmp_path, mounts)
    assert found.level.value == "ok"


def test_the_deepest_mount_counts(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    place = tmp_path / "a folder"
    place.mkdir()
    spelled = str(place).replace(" ", "\\040")
    mounts.write_text(f"x / tmpfs rw 0 0\ny {spelled} ext4 rw 0 0\nz {tmp_path}/a tmpfs rw 0 0\n")
    assert filesystem_of(place, mounts) == "ext4"


def test_a_disk_that_is_not_there(tmp_path: Path) -> None:
    (found,) = disk(tmp_path / "none")
    assert found.level.value == "fail"


def test_a_disk_with_little_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\n")
    for least, few, level in ((1, 10**18, "warn"), (10**18, 10**18, "fail")):
        monkeypatch.setattr("kiosk.doctor.machine.LEAST_BYTES", least)
        monkeypatch.setattr("kiosk.doctor.machine.FEW_BYTES", few)
        (found,) = disk(tmp_path, mounts)
        assert (found.level.value, "请清理" in found.zh) == (level, True)


def test_a_disk_that_refuses_is_named_with_its_reason(tmp_path: Path) -> None:
    """A folder in the way of the file: whoever writes there fails, root too."""
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\n")
    (tmp_path / "doctor.probe.new").mkdir()
    (found,) = disk(tmp_path, mounts)
    assert (found.level.value, "写入失败" in found.zh) == ("fail", True)


def test_a_clock_chip_is_looked_for(tmp_path: Path) -> None:
    assert battery_clock(tmp_path).level.value == "warn"
    (tmp_path / "rtc0").mkdir()
    assert battery_clock(tmp_path).level.value == "ok"
