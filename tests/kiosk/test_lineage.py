"""The newest event that a kiosk has heard of, also after it was started again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kiosk.lineage import KEEP_S, Heard, Lineage

ONE = Heard("2026-03-17", 41, "0123456789abcdef")
TWO = replace(ONE, seq=42, digest="fedcba9876543210")


def test_what_was_heard_first_is_kept_at_once_and_what_is_newer_in_half_a_minute(
    tmp_path: Path,
) -> None:
    now, file = [100.0], tmp_path / "lineage.json"
    mine = Lineage(file, lambda: now[0])
    assert mine.newest() is None
    mine.heard(ONE)
    assert Lineage(file).newest() == ONE
    mine.heard(TWO)
    assert (mine.newest(), Lineage(file).newest()) == (TWO, ONE)
    now[0] += KEEP_S
    mine.heard(replace(TWO, seq=43))
    assert Lineage(file).newest() == replace(TWO, seq=43)


def test_nothing_is_written_while_nothing_happens(tmp_path: Path) -> None:
    now, file = [100.0], tmp_path / "lineage.json"
    mine = Lineage(file, lambda: now[0])
    mine.heard(ONE)
    file.unlink()
    now[0] += 10 * KEEP_S
    mine.heard(ONE)
    assert not file.exists()


def test_what_makes_no_sense_or_cannot_be_written_is_no_mark_and_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "lineage.json"
    for torn in ('{"day": "2026-03-17", "seq": ', '{"day": 1, "seq": 1, "digest": "0123"}', "[]"):
        file.write_text(torn)
        assert Lineage(file).newest() is None
    mine = Lineage(file)
    mine.heard(replace(ONE, digest="none"))
    assert mine.newest() is None
    nowhere = Lineage(tmp_path / "missing" / "lineage.json")
    nowhere.heard(ONE)
    assert nowhere.newest() == ONE
