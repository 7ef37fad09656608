"""All files of a configuration directory at once, alone and against each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from config.announcer import AnnouncerConfig
from config.calendar import Calendar, contradictions
from config.controller import ControllerConfig
from config.display import DisplayConfig
from config.fields import Section
from config.hall import HallConfig
from config.keypad import KeypadConfig
from config.kiosk import KioskConfig
from config.loader import load
from config.positions import Positions
from config.problems import ConfigError, Fault, Problem, key_name

M = TypeVar("M", bound=Section)

FILES: dict[str, type[Section]] = {
    "hall.toml": HallConfig,
    "calendar.toml": Calendar,
    "controller.toml": ControllerConfig,
    "kiosk.toml": KioskConfig,
    "display.toml": DisplayConfig,
    "announcer.toml": AnnouncerConfig,
    "keypad.toml": KeypadConfig,
}


def load_hall(directory: Path) -> HallConfig:
    """``hall.toml`` of ``directory`` with its ``calendar.toml``, if there is one; raises
    ConfigError."""
    hall = load(Path(directory) / "hall.toml", HallConfig)
    path = Path(directory) / "calendar.toml"
    if not path.exists():
        return hall
    calendar = load(path, Calendar)
    if problems := list(_placed(path, _calendar_faults(hall, calendar))):
        raise ConfigError(problems)
    return hall.with_calendar(calendar)


def check(directory: Path) -> list[Problem]:
    """Every problem of the files that are in ``directory``; empty when all is well.

    A directory with none of the files is a problem of its own.
    """
    directory = Path(directory)
    if not directory.is_dir():
        remedy = "Name the directory that holds hall.toml."
        return [Problem(directory, 0, "", "is not a directory", remedy)]
    present = [name for name in FILES if (directory / name).exists()]
    if not present:
        remedy = "Write at least hall.toml; config/example has a small one to start from."
        names = ", ".join(FILES)
        return [Problem(directory, 0, "", f"holds none of {names}", remedy)]
    problems: list[Problem] = []
    for name in present:
        _, found = _try(directory / name, FILES[name])
        problems += found
    return problems or list(_between_files(directory))


def _try(path: Path, model: type[M]) -> tuple[M | None, tuple[Problem, ...]]:
    try:
        return load(path, model), ()
    except ConfigError as error:
        return None, error.problems


def _between_files(directory: Path) -> Iterator[Problem]:
    """Machines and calendar against the hall: machines, zones and windows it knows, its days."""
    hall, _ = _try(directory / "hall.toml", HallConfig)
    if hall is None:
        return
    calendar, _ = _try(directory / "calendar.toml", Calendar)
    if calendar:
        yield from _placed(directory / "calendar.toml", _calendar_faults(hall, calendar))
    kiosk, _ = _try(directory / "kiosk.toml", KioskConfig)
    if kiosk:
        yield from _placed(directory / "kiosk.toml", _kiosk_faults(hall, kiosk))
    display, _ = _try(directory / "display.toml", DisplayConfig)
    if display:
        yield from _placed(directory / "display.toml", _display_faults(hall, display))
    announcer, _ = _try(directory / "announcer.toml", AnnouncerConfig)
    if announcer:
        yield from _placed(directory / "announcer.toml", _announcer_faults(hall, announcer))
    keypad, _ = _try(directory / "keypad.toml", KeypadConfig)
    if keypad:
        yield from _placed(directory / "keypad.toml", _keypad_faults(hall, keypad))


def _placed(path: Path, faults: Iterator[Fault]) -> Iterator[Problem]:
    positions = Positions(path.read_text(encoding="utf-8-sig"))
    for f in faults:
        yield Problem(path, positions.line(f.path), key_name(f.path), f.problem, f.remedy)


def _calendar_faults(hall: HallConfig, calendar: Calendar) -> Iterator[Fault]:
    return contradictions(calendar, hall.hall.model_dump())


def _kiosk_faults(hall: HallConfig, kiosk: KioskConfig) -> Iterator[Fault]:
    machine = next((k for k in hall.kiosks if k.id == kiosk.kiosk.id), None)
    if machine is None:
        problem = f'is "{kiosk.kiosk.id}", which hall.toml does not list'
        yield Fault(("kiosk", "id"), problem, "Use the id of a [[kiosk]] there, or add one.")
        return
    if machine.no != kiosk.kiosk.no:
        problem = f"is {kiosk.kiosk.no}, but hall.toml numbers this kiosk {machine.no}"
        yield Fault(("kiosk", "no"), problem, f"Write {machine.no}, or change hall.toml.")
    if kiosk.printer.kind != "none" and machine.paper != kiosk.printer.paper:
        problem = f"is {kiosk.printer.paper} mm, but hall.toml gives this kiosk {machine.paper} mm"
        yield Fault(("printer", "paper"), problem, "Write the width of the roll in both files.")


def _display_faults(hall: HallConfig, display: DisplayConfig) -> Iterator[Fault]:
    screen = display.screen
    if screen.zone is not None and screen.zone not in {zone.id for zone in hall.zones}:
        problem = f'is "{screen.zone}", which hall.toml does not list'
        yield Fault(("screen", "zone"), problem, "Use the id of a [[zone]] there.")
    if screen.window is not None and screen.window not in {w.no for w in hall.windows}:
        problem = f"is {screen.window}, which hall.toml does not list"
        yield Fault(("screen", "window"), problem, "Use the number of a [[window]] there.")


def _announcer_faults(hall: HallConfig, announcer: AnnouncerConfig) -> Iterator[Fault]:
    known = {zone.id for zone in hall.zones}
    for key, named in (
        ("zones", announcer.announcer.zones),
        ("floors", announcer.announcer.floors),
    ):
        for zone in named:
            if zone not in known:
                problem = f'names "{zone}", which hall.toml does not list'
                yield Fault(("announcer", key), problem, "Use the id of a [[zone]] there.")


def _keypad_faults(hall: HallConfig, keypad: KeypadConfig) -> Iterator[Fault]:
    no = keypad.keypad.window
    if no not in {window.no for window in hall.windows}:
        problem = f"is {no}, which hall.toml does not list"
        yield Fault(("keypad", "window"), problem, "Use the number of a [[window]] there.")
