"""Whether the screens of a configuration can be read from where people stand."""

from __future__ import annotations

from collections.abc import Iterator

from config import DisplayConfig, HallConfig
from display.legibility import Panel, Unreadable, check_window, sizes

LANDSCAPE, PORTRAIT = (1920, 1080), (1080, 1920)


def display_misfit(config: DisplayConfig) -> str | None:
    """Why nobody could read the screen of ``display.toml``, and what to change; None if somebody
    can, or the file does not say which panel it is."""
    screen = config.screen
    if screen.panel_in is None or screen.distance_m is None:
        return None
    kind = screen.kind
    return _misfit(kind, screen.panel_in, screen.distance_m, screen.portrait, screen.number_plate)


def hall_misfits(hall: HallConfig) -> Iterator[tuple[str, str]]:
    """The ids of the screens in ``hall.toml`` that nobody could read, and why."""
    for screen in hall.screens:
        # Plates that hang beside windows are told in their own display.toml.
        told = _misfit(screen.kind, screen.panel_in, screen.distance_m, screen.portrait, True)
        if told is not None:
            yield screen.id, told


def _misfit(kind: str, inches: float, distance: float, portrait: bool, plate: bool) -> str | None:
    panel = Panel(inches, *(PORTRAIT if portrait else LANDSCAPE))
    try:
        if kind == "window":
            check_window(panel, distance, plate)
        else:
            sizes(panel, distance)
    except Unreadable as error:
        return str(error)
    return None
