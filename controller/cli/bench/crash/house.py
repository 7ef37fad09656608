"""The hall that is put to the test: its directories, its settings, its machines and its staff."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from config import DEMO, HallConfig, load_hall
from controller.cli.bench.crash.process import Controller
from controller.cli.client import Client, Json
from controller.cli.demo.accounts import SUPERVISOR, Accounts
from controller.cli.demo.memory import Memory
from controller.cli.operator import operator_client

WINDOWS = (3, 4, 5, 8, 9, 12, 13, 14)
"""Windows of the demo's hall that can do much of each other's work, so that they compete."""
AUTOMATIC = (5, 9, 14)
"""Those of them that are offered numbers, and call them by themselves."""
GUIDE = "0003"
KIOSKS, SCREENS = 4, 3
POLICY = {
    "pass_after_s": 0,
    "recall_gap_s": 5,
    "offer_grace_s": 1,
    "lease_numbers": 10,
    "check_in_before_min": 240,
}
"""Nobody waits here for people to walk: what the clerk presses counts at once, if it may. Leases
are short, so that many are asked for on one day, and who has an appointment comes early."""

_CONTROLLER = """\
[server]
host = "127.0.0.1"
port = {port}
engine = "eventlet"
state_dir = {state}
round_the_clock = true
[log]
level = "warning"
"""


@dataclass(slots=True)
class House:
    """Who belongs to the hall. Tokens of machines and sessions of staff by their names."""

    config: HallConfig
    password: str = ""
    kiosks: dict[str, str] = field(default_factory=dict)
    screens: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)


def configure(directory: Path, state: Path, port: int) -> HallConfig:
    """Write the configuration directory: the demo's hall by `POLICY`, some windows automatic."""
    directory.mkdir()
    text = (DEMO / "hall.toml").read_text(encoding="utf-8")
    for key, value in POLICY.items():
        text = re.sub(rf"^{key} = .*\n", "", text, flags=re.MULTILINE)
        text = _once(text, r"^\[policy\].*$", f"{key} = {value}")
    for no in AUTOMATIC:
        text = _once(text, rf"^\[\[window\]\]\nno = {no}$", "auto_assign = true")
    (directory / "hall.toml").write_text(text, encoding="utf-8")
    settings = _CONTROLLER.format(port=port, state=json.dumps(str(state)))
    (directory / "controller.toml").write_text(settings, encoding="utf-8")
    return load_hall(directory)


def _once(text: str, after: str, line: str) -> str:
    """The text with a line more, after the only place that matches."""
    text, found = re.subn(after, rf"\g<0>\n{line}", text, flags=re.MULTILINE)
    if found != 1:
        raise ValueError(f"the demo's hall.toml has {found} places like {after}")
    return text


def people(controller: Controller, config: HallConfig, state: Path) -> House:
    """Enrol the machines and make the accounts of a controller that has just begun."""
    memory = Memory()
    operator = operator_client(state)
    accounts = Accounts(controller.address, operator, memory)
    accounts.administrator(controller.setup_link())
    accounts.supervisor_and_guide()
    accounts.account(GUIDE, "guide")
    staff = [SUPERVISOR, GUIDE, *(clerk_of(no) for no in WINDOWS)]
    for no in WINDOWS:
        accounts.clerk(clerk_of(no))
    house = House(config, memory.password, sessions={who: accounts.session(who) for who in staff})
    for n in range(1, KIOSKS + 1):
        enrolled = _enrol(controller.address, operator, "kiosk", f"取号机 {n}")
        house.kiosks[enrolled["device"]] = enrolled["secret"]
    for n in range(1, SCREENS + 1):
        enrolled = _enrol(controller.address, operator, "screen", f"屏幕 {n}")
        house.screens[f"screen {n}"] = enrolled["secret"]
    accounts.close()
    return house


def clerk_of(no: int) -> str:
    """The work number of the clerk at a window."""
    return f"05{no:02}"


def _enrol(address: str, operator: Client, kind: str, name: str) -> Json:
    public = Client(address)
    asked = public.post("/devices", {"kind": kind, "name": name})
    public.close()
    operator.command("/devices/approve", code=asked["code"])
    return asked
