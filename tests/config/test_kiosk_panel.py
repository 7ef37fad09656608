"""The panel of kiosk.toml: what is built, and what is refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import check, load_kiosk
from config.kiosk import KioskConfig
from kiosk.build import panel
from tests.config.minimal import KIOSK, line_of, write


def loaded(directory: Path, text: str) -> KioskConfig:
    return load_kiosk(write(directory, kiosk=text))


def test_a_kiosk_has_no_panel_unless_one_is_configured(tmp_path: Path) -> None:
    config = loaded(tmp_path, KIOSK)
    assert config.panel is None
    assert panel(config) is None


def test_everything_on_a_panel_may_be_absent(tmp_path: Path) -> None:
    config = loaded(tmp_path, KIOSK + "\n[panel]\nstaff_button = 23\n")
    assert config.panel is not None
    assert (config.panel.staff_button, config.panel.door) == (23, None)
    assert panel(config) is not None


def test_a_lamp_has_one_pin_or_three(tmp_path: Path) -> None:
    config = loaded(tmp_path, KIOSK + "\n[panel]\nreader_lamp = [17, 27, 22]\nmouth_lamp = [18]\n")
    assert config.panel is not None
    assert (config.panel.reader_lamp, config.panel.mouth_lamp) == ((17, 27, 22), (18,))


@pytest.mark.parametrize(
    ("lines", "key", "problem"),
    [
        ("reader_lamp = [17, 27]", "panel.reader_lamp", "has 2 pins"),
        ("door = 1", "panel.door", "2"),
        ("door = 28", "panel.door", "27"),
        ("door = 24\nbuzzer = 24", "panel.buzzer", "uses pin 24, and so does door"),
        ("mouth_lamp = [5, 6, 5]", "panel.mouth_lamp", "uses pin 5, and so does mouth_lamp"),
        ('inverted = ["door"]', "panel.inverted", 'names "door", to which no pin is given'),
        ("light = 4", "panel.light", "light"),
    ],
)
def test_a_panel_that_cannot_be_is_refused(
    tmp_path: Path, lines: str, key: str, problem: str
) -> None:
    text = f"{KIOSK}\n[panel]\n{lines}\n"
    (told,) = check(write(tmp_path, kiosk=text))
    assert told.key == key
    assert problem in str(told)
    assert told.line == line_of(text, "\n".join(lines.splitlines()[-1:]))
