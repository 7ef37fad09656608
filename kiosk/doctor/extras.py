"""Panel and voice, which a kiosk can do without."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator

from config.kiosk import KioskConfig
from kiosk.build import panel as built_panel
from kiosk.doctor.finding import Finding, ok, warn
from kiosk.doctor.running import Health
from kiosk.panel.base import Word

SETTLE_S = 5.0
_LOOK_S = 0.05
_UNKNOWN = ("状态不明。", "In an unknown condition.")

PANEL = {
    Word.STARTING: ("正在启动，请稍候再查。", "Starting; look again in a moment."),
    Word.DOOR_OPEN: ("机柜的门开着。请关好。", "The cabinet's door is open. Shut it."),
    Word.NOT_INSTALLED: (
        "没有引脚组件。请运行 sudo apt-get install python3-lgpio，见 docs/panel.md。",
        "The library for the pins is missing: sudo apt-get install python3-lgpio, see "
        "docs/panel.md.",
    ),
    Word.NOT_ALLOWED: (
        "取号机账户不能用引脚。请把它加入 gpio 组，再重启。",
        "The kiosk's account may not use the pins: put it into the group gpio and restart.",
    ),
    Word.HELD: (
        "引脚被其他程序或 config.txt 的 overlay 占用。请核对 [panel]。",
        "A pin is used by another program or an overlay in config.txt. Check [panel].",
    ),
    Word.GONE: (
        "这台机器没有这些引脚。请核对 [panel]。",
        "This machine has no such pins. Check [panel].",
    ),
}


def panel(config: KioskConfig, health: Health | None) -> Iterator[Finding]:
    """The panel's word, if one is configured."""
    if config.panel is None:
        return
    word = _tried(config) if health is None else health.get("panel", Word.STARTING.value)
    if word == Word.OK:
        yield ok("panel", "正常。", "In order.")
        return
    known = next((one for one in Word if one.value == word), None)
    yield warn("panel", *(PANEL.get(known, _UNKNOWN) if known else _UNKNOWN))


def _tried(config: KioskConfig) -> str:
    """Its word once its pins were asked for."""
    found = built_panel(config)
    assert found is not None
    found.start(lambda event: None)
    try:
        deadline = time.monotonic() + SETTLE_S
        while found.word == Word.STARTING and time.monotonic() < deadline:
            time.sleep(_LOOK_S)
        return found.word
    finally:
        found.close()


def voice(config: KioskConfig, health: Health | None) -> Iterator[Finding]:
    """The clips and what plays them, if guidance by voice is configured."""
    folder = config.voice.clips
    if folder is None:
        return
    if not any(folder.rglob("*.wav")):
        yield warn(
            "voice",
            f"{folder} 里没有语音。请运行 jiaohao voice build。",
            f"There are no clips in {folder}: run jiaohao voice build.",
        )
    elif shutil.which("aplay") is None:
        yield warn(
            "voice",
            "没有播放程序。请运行 sudo apt-get install alsa-utils。",
            "Nothing plays sound: sudo apt-get install alsa-utils.",
        )
    elif health is not None and health.get("voice") == "gone":
        yield warn(
            "voice",
            "扬声器没有声音设备。请检查连接线和 [voice] device。",
            "The loudspeaker is not there. Check its cable and [voice] device.",
        )
    else:
        yield ok("voice", "语音齐备。", "Clips and player are there.")
