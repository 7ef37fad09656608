"""Typed settings and their loader: one directory, up to seven files (see README.md).

Configuration is read once, at start, and never written; state lives elsewhere (``state_dir``).
"""

from __future__ import annotations

from pathlib import Path

from config.announcer import AnnouncerConfig
from config.calendar import Calendar
from config.controller import ControllerConfig
from config.directory import check, load_hall
from config.display import DisplayConfig
from config.hall import HallConfig
from config.keypad import KeypadConfig
from config.kiosk import KioskConfig
from config.loader import load
from config.problems import ConfigError, Problem

DEMO = Path(__file__).parent / "demo"
"""A whole fictional hall, for trying things out."""

EXAMPLE = Path(__file__).parent / "example"
"""A small hall to copy and edit."""

__all__ = [
    "DEMO",
    "EXAMPLE",
    "AnnouncerConfig",
    "Calendar",
    "ConfigError",
    "ControllerConfig",
    "DisplayConfig",
    "HallConfig",
    "KeypadConfig",
    "KioskConfig",
    "Problem",
    "check",
    "load",
    "load_announcer",
    "load_controller",
    "load_display",
    "load_hall",
    "load_keypad",
    "load_kiosk",
]


def load_controller(directory: Path) -> ControllerConfig:
    """``controller.toml`` of ``directory``; raises ConfigError."""
    return load(Path(directory) / "controller.toml", ControllerConfig)


def load_kiosk(directory: Path) -> KioskConfig:
    """``kiosk.toml`` of ``directory``; raises ConfigError."""
    return load(Path(directory) / "kiosk.toml", KioskConfig)


def load_display(directory: Path) -> DisplayConfig:
    """``display.toml`` of ``directory``; raises ConfigError."""
    return load(Path(directory) / "display.toml", DisplayConfig)


def load_announcer(directory: Path) -> AnnouncerConfig:
    """``announcer.toml`` of ``directory``; raises ConfigError."""
    return load(Path(directory) / "announcer.toml", AnnouncerConfig)


def load_keypad(directory: Path) -> KeypadConfig:
    """``keypad.toml`` of ``directory``; raises ConfigError."""
    return load(Path(directory) / "keypad.toml", KeypadConfig)
