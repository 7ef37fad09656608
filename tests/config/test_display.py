"""``display.toml``: what contradicts itself is refused with a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import ConfigError, load_display

WINDOW = '[screen]\nkind = "window"\nwindow = 5\n'
HALL = '[screen]\nkind = "hall"\n'


def load(folder: Path, text: str) -> None:
    file = folder / "display.toml"
    file.write_text(f'[controller]\nurl = "http://127.0.0.1:8080"\n{text}', encoding="utf-8")
    load_display(folder)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        (f"{HALL}panel_in = 55\n", "Add distance_m"),
        (f"{HALL}distance_m = 8\n", "Add panel_in"),
        (f"{HALL}number_plate = true\n", "only a window has a plate"),
        (f'{HALL}[led]\nport = "/dev/ttyUSB0"\n', "a strip shows what its window does"),
        (f"{WINDOW}[led]\nbaud = 9600\n", "Write port ="),
        (f'{WINDOW}[led]\nport = "/dev/ttyUSB0"\nhost = "10.0.0.5"\n', "Write port ="),
        (f'{WINDOW}[led]\nport = "/dev/ttyUSB0"\nbaud = 12345\n', "115200"),
        (f'{WINDOW}[led]\nport = "/dev/ttyUSB0"\nencoding = "latin-1"\n', "gb18030"),
        (f'{WINDOW}[led]\nport = "/dev/ttyUSB0"\naddress = 100\n', "99 or less"),
    ],
)
def test_what_cannot_be_is_refused_with_a_way_out(tmp_path: Path, text: str, remedy: str) -> None:
    with pytest.raises(ConfigError, match=remedy):
        load(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        f"{HALL}panel_in = 55\ndistance_m = 8.5\nportrait = true\n",
        f'{WINDOW}number_plate = true\n[led]\nport = "/dev/ttyUSB0"\n',
        f'{WINDOW}[led]\nhost = "10.0.0.5"\ntcp_port = 4001\nanswers = true\nencoding = "utf-8"\n',
    ],
)
def test_what_a_screen_may_have_is_taken(tmp_path: Path, text: str) -> None:
    load(tmp_path, text)
