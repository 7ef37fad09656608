"""FR-49: a zone may be called without sound, always or at certain hours."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from config import ConfigError, load_hall
from controller.catalogue import Catalogue

DEMO = Path(__file__).resolve().parents[2] / "config" / "demo"


def hall_with(tmp_path: Path, line: str) -> Path:
    """The demo's hall, its first zone with one more line."""
    shutil.copytree(DEMO, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "hall.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('[[zone]]\nid = "A"\n', f'[[zone]]\nid = "A"\n{line}\n', 1), "utf-8"
    )
    return tmp_path


def test_the_hours_without_sound_of_a_zone_are_told_to_its_screens(tmp_path: Path) -> None:
    hall = load_hall(hall_with(tmp_path, 'silent = [["12:00", "13:30"]]'))
    spans = Catalogue(hall).silent_spans
    assert spans["A"] == [("12:00", "13:30")]
    assert spans["B"] == []


def test_hours_that_end_before_they_begin_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="silent"):
        load_hall(hall_with(tmp_path, 'silent = [["13:30", "12:00"]]'))
