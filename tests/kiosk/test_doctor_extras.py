"""Panel and voice as `jiaohao kiosk doctor` judges them."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.kiosk import KioskConfig
from kiosk.doctor import extras
from kiosk.panel.base import Word


def config(**parts: object) -> KioskConfig:
    base = {
        "controller": {"url": "http://127.0.0.1:1"},
        "kiosk": {"id": "k", "no": 1, "name": "1 号"},
    }
    return KioskConfig.model_validate(base | parts)


def test_a_kiosk_without_panel_and_voice_is_not_asked_for_them() -> None:
    assert [*extras.panel(config(), None), *extras.voice(config(), None)] == []


@pytest.mark.parametrize("word", [word for word in Word if word is not Word.OK])
def test_every_word_of_a_panel_says_what_to_do(word: Word) -> None:
    (found,) = extras.panel(config(panel={"staff_button": 17}), {"panel": word.value})
    assert (found.level.value, (found.zh, found.en)) == ("warn", extras.PANEL[word])


def test_a_panel_on_a_machine_without_pins_is_told() -> None:
    """This machine has none."""
    (found,) = extras.panel(config(panel={"staff_button": 17}), None)
    assert found.level.value == "warn"


def test_a_panel_in_order_is_in_order() -> None:
    (found,) = extras.panel(config(panel={"staff_button": 17}), {"panel": "ok"})
    assert found.level.value == "ok"


def test_clips_that_are_missing_are_told_with_the_command_that_makes_them(tmp_path: Path) -> None:
    speaking = config(voice={"clips": str(tmp_path)})
    (found,) = extras.voice(speaking, None)
    assert "voice build" in found.en
    (tmp_path / "a.wav").touch()
    (found,) = extras.voice(speaking, {"voice": "gone"})
    assert found.level.value == "warn"
