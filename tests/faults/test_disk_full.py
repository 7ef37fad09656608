"""A full disk (law 3): the process ends rather than lie, and serves again when there is room."""

from __future__ import annotations

import http.client
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.controller.web.process import House, Process, events, request_id

SIZE = "2m"
LINES_THAT_BREAK = (http.client.HTTPException, OSError)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("a small file system may not be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_ends_the_process_and_loses_nothing_that_was_said(
    small_disk: Path, tmp_path: Path
) -> None:
    process = Process(tmp_path / "hall")
    process.state = small_disk / "state"
    house = House(process.start())
    house.device("kiosk")
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(free(small_disk) - 128 * 1024))
    told, asked = [], ""
    try:
        while len(told) < 5000:
            asked = request_id()
            body = {"items": ["RS-003"], "request_id": asked}
            told.append(house.client("kiosk").post("/tickets", body)["ticket"]["id"])
    except LINES_THAT_BREAK:
        pass
    assert process.wait() == 70
    assert told
    ballast.unlink()
    process.start()
    try:
        kept = [e["data"]["ticket"] for e in events(house) if e["type"] == "ticket.issued"]
        assert sorted(kept) == sorted(told), "what was not said did not happen"
        again = house.client("kiosk").post("/tickets", {"items": ["RS-003"], "request_id": asked})
        assert again["ticket"]["id"] not in told
    finally:
        process.kill()


def free(place: Path) -> int:
    found = os.statvfs(place)
    return found.f_bavail * found.f_frsize
