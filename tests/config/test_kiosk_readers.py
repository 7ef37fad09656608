"""The readers of kiosk.toml: what is built, and what is refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import check, load_kiosk
from config.kiosk import KioskConfig
from kiosk.build import readers
from kiosk.readers.base import ReaderKind
from tests.config.minimal import KIOSK, line_of, spoil, write

CHIP = '\n[chip_reader]\nkind = "pcsc"\n'
SCANNER = '\n[scanner]\nkind = "serial"\nport = "/dev/kiosk-scanner"\n'


def loaded(directory: Path, text: str) -> KioskConfig:
    return load_kiosk(write(directory, kiosk=text))


def test_a_kiosk_has_the_readers_it_names_the_main_one_first(tmp_path: Path) -> None:
    kiosk = loaded(tmp_path, KIOSK + SCANNER + CHIP)
    assert [reader.kind for reader in readers(kiosk)] == [
        ReaderKind.RESIDENT_ID,
        ReaderKind.CHIP_CARD,
        ReaderKind.SCANNER,
    ]
    assert (kiosk.scanner.baud, kiosk.chip_reader.name) == (9600, None)


def test_the_speed_of_the_id_reader_is_found_unless_it_is_told(tmp_path: Path) -> None:
    port = 'port = "/dev/kiosk-idreader"'
    assert loaded(tmp_path, KIOSK).reader.baud == "auto"
    told = loaded(tmp_path, spoil(KIOSK, port, f"{port}\nbaud = 57600"))
    assert told.reader.baud == 57600


@pytest.mark.parametrize("line", ["baud = 1200", 'baud = "fast"'])
def test_a_speed_no_reader_has_is_refused(tmp_path: Path, line: str) -> None:
    port = 'port = "/dev/kiosk-idreader"'
    write(tmp_path, kiosk=spoil(KIOSK, port, f"{port}\n{line}"))
    assert [problem.key for problem in check(tmp_path)] == ["reader.baud"]


def test_a_serial_scanner_without_port_is_refused_with_the_remedy(tmp_path: Path) -> None:
    text = KIOSK + '\n[scanner]\nkind = "serial"\n'
    told = [str(problem) for problem in check(write(tmp_path, kiosk=text))]
    line = line_of(text, 'kind = "serial"')
    assert told == [
        f'{tmp_path}/kiosk.toml:{line}: scanner.kind: is "serial" but no port is set. '
        'Add port = "/dev/kiosk-scanner", or write kind = "none".'
    ]


def test_a_scanner_in_keyboard_mode_is_refused(tmp_path: Path) -> None:
    """T13"""
    write(tmp_path, kiosk=KIOSK + '\n[scanner]\nkind = "keyboard"\n')
    assert [problem.key for problem in check(tmp_path)] == ["scanner.kind"]
