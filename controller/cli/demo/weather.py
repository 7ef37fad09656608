"""The weather the demo's kiosk can be put through: switches that break things, and mend them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import Any

from controller.cli.demo.devices import Devices
from controller.cli.demo.witness import Aspect, Witness
from kiosk.readers.virtual_pcscd import NoPcscd

SLOW_S = 0.8
"""What a slow line takes in each direction."""
HALF_A_TICKET = 20_000
"""Bytes of a ticket on 80 mm paper until it is halfway out."""


class UnknownSwitch(Exception):
    """There is no such switch."""


class Group(StrEnum):
    """What a switch is about."""

    CABLE = "cable"
    PRINTER = "printer"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Switch:
    """One way to break something; `does` says in a line what it does.

    `aspect` is what the kiosk notices of it, None where only a visit shows it.
    """

    id: str
    group: Group
    aspect: Aspect | None
    zh: str
    en: str
    does: str
    does_en: str


_CABLE, _PRINTER, _READER = Group.CABLE, Group.PRINTER, Group.READER
SWITCHES = (
    Switch(
        "cable_cut", _CABLE, Aspect.LINK, "拔掉网线", "Pull the cable",
        "取号机与控制器的连接当场断开", "All connections end at once",
    ),
    Switch(
        "cable_freeze", _CABLE, Aspect.LINK, "网线假死", "Half-open line",
        "什么都传不过去，谁也不知道", "Nothing passes, and nobody is told",
    ),
    Switch(
        "cable_delay", _CABLE, None, "网络很慢", "Slow line",
        "每个方向慢 0.8 秒，不丢数据", "0.8 s later each way, nothing lost",
    ),
    Switch(
        "paper_near_end", _PRINTER, Aspect.PRINTER, "纸将尽", "Paper low",
        "照常打印，提醒工作人员备纸", "It prints on and tells staff",
    ),
    Switch(
        "paper_out", _PRINTER, Aspect.PRINTER, "缺纸", "Paper out",
        "纸卷用完，一张也打不出来", "The roll is used up",
    ),
    Switch(
        "paper_torn", _PRINTER, Aspect.PRINTER, "撕断纸", "Tear the paper",
        "下一张号票打到一半没有纸了", "The next ticket ends halfway",
    ),
    Switch(
        "cover_open", _PRINTER, Aspect.PRINTER, "开盖", "Cover open",
        "打印机上盖没有合上", "Its cover is not shut",
    ),
    Switch(
        "cutter", _PRINTER, Aspect.PRINTER, "切刀卡住", "Cutter jam",
        "切纸刀卡在半路", "The blade is stuck",
    ),
    Switch(
        "silent", _PRINTER, Aspect.PRINTER, "不应答", "Silent printer",
        "连得上，问它什么都不回答", "Reachable, and says nothing",
    ),
    Switch(
        "offline", _PRINTER, Aspect.PRINTER, "关掉打印机", "Printer off",
        "打印机断电，连接被拒绝", "It refuses connections",
    ),
    Switch(
        "yank", _READER, None, "抽走证件", "Yank a card",
        "下一张证件读到一半就被拿走", "The next card leaves in mid-read",
    ),
    Switch(
        "reader_unplugged", _READER, Aspect.READER, "拔身份证读卡器", "Unplug ID reader",
        "串口消失，插回后自动恢复", "Its serial port vanishes",
    ),
    Switch(
        "chip_unplugged", _READER, Aspect.CHIP, "拔芯片读卡器", "Unplug chip reader",
        "智能卡服务在，读卡器不在", "pcscd runs and has no reader",
    ),
    Switch(
        "pcscd_down", _READER, Aspect.CHIP, "杀掉 pcscd", "Kill pcscd",
        "智能卡服务崩溃，关上即重启", "It crashes; off starts it again",
    ),
)  # fmt: skip
BY_ID = {switch.id: switch for switch in SWITCHES}
OF_PRINTER = tuple(switch.id for switch in SWITCHES if switch.group is _PRINTER)
_CABLES = tuple(switch.id for switch in SWITCHES if switch.group is _CABLE)


class Weather:
    """Throws the switches, and knows how long the kiosk took to be well again."""

    def __init__(self, devices: Devices, witness: Witness) -> None:
        self._devices, self._witness = devices, witness
        self._lock = Lock()
        self._on: set[str] = set()
        self._mended: dict[str, float] = {}

    def offered(self) -> list[Switch]:
        """The switches that mean something on this machine."""
        chips = self._devices.chips.why is None
        return [one for one in SWITCHES if chips or one.aspect is not Aspect.CHIP]

    def throw(self, wanted: Mapping[str, bool]) -> None:
        """Break and mend. Raises `UnknownSwitch`, before anything is done."""
        offered = {one.id for one in self.offered()}
        if not wanted.keys() <= offered:
            raise UnknownSwitch(", ".join(sorted(wanted.keys() - offered)))
        with self._lock:
            for name, on in wanted.items():
                self._throw(name, on)

    def json(self) -> dict[str, dict[str, Any]]:
        """Of every switch: ``on``; ``noticed``, whether the kiosk shows it; ``back_s``, how long
        it took to be well after the mending, None while it is not or never was ill."""
        with self._lock:
            self._see_yank()
            return {switch.id: self._told(switch) for switch in self.offered()}

    def _told(self, switch: Switch) -> dict[str, Any]:
        on = switch.id in self._on
        sound = None if switch.aspect is None else self._witness.sound_since(switch.aspect)
        mended = self._mended.get(switch.id)
        recovered = not on and sound is not None and mended is not None and sound >= mended
        return {
            "on": on,
            "noticed": on and switch.aspect is not None and sound is None,
            "back_s": max(0.1, round(sound - mended, 1))
            if recovered and sound and mended
            else None,
        }

    def _throw(self, name: str, on: bool) -> None:
        self._see_yank()
        if on == (name in self._on):
            return
        if on and name in _CABLES:  # there is one cable
            self._on.difference_update(_CABLES)
        self._on.symmetric_difference_update({name})
        self._mended.pop(name, None)
        _DEEDS[BY_ID[name].group](self._devices, name, self._on)
        if not on:
            self._mended[name] = time.monotonic()

    def _see_yank(self) -> None:
        if not self._devices.yank:
            self._on.discard("yank")


def _cable(devices: Devices, name: str, on: set[str]) -> None:
    cable = devices.cable
    cable.mend()
    if "cable_cut" in on:
        cable.cut()
    elif "cable_freeze" in on:
        cable.freeze()
    elif "cable_delay" in on:
        cable.delay(SLOW_S)


def _printer(devices: Devices, name: str, on: set[str]) -> None:
    printer, faults = devices.printer, devices.printer.faults
    if name == "offline":
        printer.unplug() if name in on else printer.plug()
    elif name == "paper_torn":
        faults.paper_out_after_bytes = HALF_A_TICKET if name in on else None
        faults.paper_out = "paper_out" in on
    else:
        setattr(faults, name, name in on)


def _reader(devices: Devices, name: str, on: set[str]) -> None:
    if name == "yank":
        devices.yank = name in on
    elif name == "reader_unplugged":
        devices.reader.unplug() if name in on else devices.reader.plug()
    else:
        with suppress(NoPcscd):  # the kiosk says so
            devices.chips.be(plugged="chip_unplugged" not in on, served="pcscd_down" not in on)


_DEEDS: dict[Group, Callable[[Devices, str, set[str]], None]] = {
    Group.CABLE: _cable,
    Group.PRINTER: _printer,
    Group.READER: _reader,
}
