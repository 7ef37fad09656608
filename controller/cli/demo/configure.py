"""Writes the demo's configuration directory: the fictional hall, and this machine's two files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from config import DEMO, HallConfig, load_hall
from controller.cli.demo.memory import State
from controller.cli.demo.ports import LOOPBACK

_CONTROLLER = """\
# Written by `jiaohao demo` at every start.
[server]
host = {host}
port = {port}
engine = "eventlet"
state_dir = {state}
round_the_clock = true  # numbers at any hour
"""
_KIOSK = """\
# Written by `jiaohao demo` at every start.
[controller]
url = {controller}

[kiosk]
id = {id}
no = {no}
name = {name}
state_dir = {state}

[page]
host = {host}
port = {port}
orientation = "portrait"

[reader]
kind = "sam-serial"
port = {reader}

[chip_reader]
kind = {chips}

[scanner]
kind = "serial"
port = {scanner}

[printer]
kind = "network"
host = {host}
port = {printer}
paper = {paper}
"""


def configure(state: State, ports: dict[str, int], *, chips: bool) -> HallConfig:
    """Write ``config/`` of a demo and return its hall. Raises `ConfigError`.

    The kiosk reaches the controller by the cable's port. `chips`: it has a chip-card reader.
    """
    for name in ("hall.toml", "calendar.toml"):
        shutil.copyfile(DEMO / name, state.config / name)
    hall = load_hall(state.config)
    kiosk = hall.kiosks[0]
    _write(
        state.config / "controller.toml",
        _CONTROLLER,
        host=LOOPBACK,
        port=ports["controller"],
        state=str(state.controller),
    )
    _write(
        state.config / "kiosk.toml",
        _KIOSK,
        host=LOOPBACK,
        controller=f"http://{LOOPBACK}:{ports['cable']}",
        id=kiosk.id,
        no=kiosk.no,
        name=kiosk.name,
        state=str(state.kiosk),
        port=ports["kiosk"],
        reader=str(state.reader),
        chips="pcsc" if chips else "none",
        scanner=str(state.scanner),
        printer=ports["printer"],
        paper=kiosk.paper,
    )
    return hall


def _write(path: Path, text: str, **values: str | int) -> None:
    """Fill in TOML values; a JSON string is a TOML string."""
    written = {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}
    path.write_text(text.format(**written), encoding="utf-8")
