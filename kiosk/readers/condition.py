"""The interface of all readers, and the words for the condition each one is in.

A reader is in order, or it is down for one reason; each reason has a sentence in
Chinese and English that says what to do.  Those sentences are for staff: what a
person in front of the kiosk is told about a card stands in `kiosk.words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.readers.base import Down, Emit, ReaderKind

STUCK_S = 20.0
"""A loop that has not turned for so long hangs; the slowest honest turn takes 7 s."""


@dataclass(frozen=True, slots=True)
class Say:
    """One sentence in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Health:
    """The condition of one reader at one moment.

    `turned_s` is how long ago its loop last made progress, in seconds: what a
    watchdog looks at.
    """

    kind: ReaderKind
    where: str
    """The port, or the name a reader bears in PC/SC."""
    down: Down | None
    turned_s: float

    @property
    def word(self) -> str:
        """One stable word: "ok" or the reason for being down."""
        return "ok" if self.down is None else self.down.value

    @property
    def say(self) -> Say:
        """What it is, and what to do."""
        return IN_ORDER if self.down is None else SAYINGS[self.down]


class Reader(Protocol):
    """A device that reads documents or codes.  One kiosk may have several."""

    @property
    def kind(self) -> ReaderKind:
        """What it reads."""

    def start(self, emit: Emit) -> None:
        """Begin to read in a thread of its own.  Returns at once, never raises for a
        missing device: that is reported as `ReaderDown`."""

    def close(self) -> None:
        """End the thread and free the device.  May be called twice."""

    def health(self) -> Health:
        """How it is.  Any thread; returns at once, also when the device hangs."""


IN_ORDER = Say("正常", "In order.")

SAYINGS = {
    Down.STARTING: Say("正在启动，请稍候。", "Starting; wait a moment."),
    Down.GONE: Say(
        "没有找到设备：请检查连接线和电源，插好后会自动恢复。",
        "The device is not there: check its cable and power. It comes back by itself.",
    ),
    Down.HELD: Say(
        "设备被其他程序占用：请关闭厂家的读卡程序，或重启取号机。",
        "Another program holds the device: close the vendor's program, or restart the kiosk.",
    ),
    Down.NOT_ALLOWED: Say(
        "没有使用设备的权限：请让管理员按安装说明为取号机账户授权。",
        "The kiosk may not open the device: have an administrator grant its account access.",
    ),
    Down.SILENT: Say(
        "设备没有应答：请拔下再插上设备的电源，仍不应答请报修。",
        "The device does not answer: unplug its power and plug it in again; else have it repaired.",
    ),
    Down.GARBLED: Say(
        "设备的应答无法识别：请检查配置的端口和波特率，以及连接线是否松动。",
        "The answers make no sense: check the configured port and baud rate, and the cable.",
    ),
    Down.NOT_AUTHORISED: Say(
        "安全模块（SAM）未授权：请联系读卡器厂家，重启不能解决。",
        "The security module is not authorised: call the reader's vendor; a restart does not help.",
    ),
    Down.SELF_TEST: Say(
        "安全模块（SAM）自检失败：请断电后重新上电，仍失败请更换读卡器。",
        "The security module failed its self-test: switch it off and on; else replace the reader.",
    ),
    Down.NO_SERVICE: Say(
        "智能卡服务（pcscd）没有运行：请重启取号机，仍不恢复请联系管理员。",
        "The smart card service (pcscd) does not run: restart the kiosk, or call an administrator.",
    ),
    Down.NOT_INSTALLED: Say(
        "没有安装智能卡组件（pyscard）：请让管理员重新安装取号机程序。",
        "The smart card library (pyscard) is missing: have an administrator reinstall the kiosk.",
    ),
    Down.STUCK: Say(
        "读卡线程停止响应：请取出卡片；仍不恢复请重启取号机。",
        "The reader's loop hangs: take the card out; if that does not help, restart the kiosk.",
    ),
}
