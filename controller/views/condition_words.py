"""The words that devices report, part by part, each with its sentences in both languages.

The sentences are those of the devices themselves (`kiosk.readers.condition`, `printers.status`),
which the controller does not import; a test holds them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from controller.dispatch.reason import Words


class Level(StrEnum):
    """How urgent a condition is."""

    OK = "ok"
    WARN = "warn"
    """Somebody should see to it."""
    BAD = "bad"
    """Citizens cannot be served as they should."""
    OFF = "off"
    """Not in service."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One word of one part: in short, and as a sentence that says what to do."""

    level: Level
    short: Words
    say: Words


def both(zh: str, en: str) -> Words:
    return {"zh": zh, "en": en}


def _ok(short: tuple[str, str], say: tuple[str, str]) -> Meaning:
    return Meaning(Level.OK, both(*short), both(*say))


def _warn(short: tuple[str, str], say: tuple[str, str]) -> Meaning:
    return Meaning(Level.WARN, both(*short), both(*say))


def _bad(short: tuple[str, str], say: tuple[str, str]) -> Meaning:
    return Meaning(Level.BAD, both(*short), both(*say))


_STARTING = _warn(("正在启动", "Starting"), ("正在启动，请稍候。", "Starting; wait a moment."))
_NONE = _ok(("未配备", "None"), ("没有配备。", "There is none."))

READER = {
    "ok": _ok(("正常", "In order"), ("正常", "In order.")),
    "none": _NONE,
    "starting": _STARTING,
    "out": _bad(
        ("不可用", "Out of order"),
        (
            "读卡器不能用。请检查连接线和电源；号码可以输入。",
            "The reader cannot be used. Check its cable and power; numbers can be typed.",
        ),
    ),
    "gone": _bad(
        ("未连接", "Not connected"),
        (
            "没有找到设备：请检查连接线和电源，插好后会自动恢复。",
            "The device is not there: check its cable and power. It comes back by itself.",
        ),
    ),
    "held": _bad(
        ("被占用", "In use elsewhere"),
        (
            "设备被其他程序占用：请关闭厂家的读卡程序，或重启取号机。",
            "Another program holds the device: close the vendor's program, or restart the kiosk.",
        ),
    ),
    "not_allowed": _bad(
        ("没有权限", "No permission"),
        (
            "没有使用设备的权限：请让管理员按安装说明为取号机账户授权。",
            "The kiosk may not open the device: have an administrator grant its account access.",
        ),
    ),
    "silent": _bad(
        ("没有应答", "No answer"),
        (
            "设备没有应答：请拔下再插上设备的电源，仍不应答请报修。",
            "The device does not answer: unplug its power and plug it in again; else have it "
            "repaired.",
        ),
    ),
    "garbled": _bad(
        ("应答混乱", "Unclear answers"),
        (
            "设备的应答无法识别：请检查配置的端口和波特率，以及连接线是否松动。",
            "The answers make no sense: check the configured port and baud rate, and the cable.",
        ),
    ),
    "not_authorised": _bad(
        ("未授权", "Not authorised"),
        (
            "安全模块（SAM）未授权：请联系读卡器厂家，重启不能解决。",
            "The security module is not authorised: call the reader's vendor; a restart does not "
            "help.",
        ),
    ),
    "self_test": _bad(
        ("自检失败", "Self-test failed"),
        (
            "安全模块（SAM）自检失败：请断电后重新上电，仍失败请更换读卡器。",
            "The security module failed its self-test: switch it off and on; else replace the "
            "reader.",
        ),
    ),
    "no_service": _bad(
        ("服务未运行", "Service stopped"),
        (
            "智能卡服务（pcscd）没有运行：请重启取号机，仍不恢复请联系管理员。",
            "The smart card service (pcscd) does not run: restart the kiosk, or call an "
            "administrator.",
        ),
    ),
    "not_installed": _bad(
        ("未安装", "Not installed"),
        (
            "没有安装智能卡组件（pyscard）：请让管理员重新安装取号机程序。",
            "The smart card library (pyscard) is missing: have an administrator reinstall the "
            "kiosk.",
        ),
    ),
    "stuck": _bad(
        ("停止响应", "Stuck"),
        (
            "读卡线程停止响应：请取出卡片；仍不恢复请重启取号机。",
            "The reader's loop hangs: take the card out; if that does not help, restart the kiosk.",
        ),
    ),
}

PRINTER = {
    "none": _NONE,
    "starting": _STARTING,
    "ok": _ok(("正常", "Ready"), ("打印机正常。", "The printer is ready.")),
    "mute": _ok(
        ("不能回报状态", "Cannot report"),
        (
            "这台打印机不能回报状态。请看一眼号票是否已经打出。",
            "This printer cannot report its state. Look whether the ticket came out.",
        ),
    ),
    "near_end": _warn(
        ("纸将用完", "Paper low"),
        ("打印纸快用完，请准备换纸。", "The paper is running low. Have a new roll ready."),
    ),
    "paper_out": _bad(
        ("缺纸", "No paper"),
        (
            "打印纸用完了。请打开上盖，装入新纸卷，合紧上盖。",
            "The paper is used up. Open the cover, put in a new roll and close the cover firmly.",
        ),
    ),
    "cover_open": _bad(
        ("上盖打开", "Cover open"),
        (
            "打印机上盖没有合上。请合紧上盖，听到咔嗒一声。",
            "The printer cover is open. Close it until it clicks.",
        ),
    ),
    "cutter": _bad(
        ("切刀卡住", "Cutter jammed"),
        (
            "切纸刀卡住了。请关闭电源，清除卡纸，再打开电源。",
            "The cutter is jammed. Switch the printer off, clear the paper and switch it on again.",
        ),
    ),
    "error": _bad(
        ("故障", "Fault"),
        (
            "打印机报告故障。请关闭电源，十秒后再打开；仍不正常请报修。",
            "The printer reports a fault. Switch it off and, after ten seconds, on again; "
            "if the fault stays, call for repair.",
        ),
    ),
    "offline": _bad(
        ("脱机", "Offline"),
        (
            "打印机处于脱机状态。请按一下进纸键或联机键。",
            "The printer is offline. Press its feed or online key.",
        ),
    ),
    "silent": _bad(
        ("没有应答", "No answer"),
        (
            "打印机没有回应。请检查电源和网线，重启打印机。",
            "The printer does not answer. Check power and cable, then restart it.",
        ),
    ),
    "absent": _bad(
        ("没有找到", "Not found"),
        (
            "找不到打印机。请检查电源、网线和设置中的地址。",
            "The printer was not found. Check power, cable and the address in the settings.",
        ),
    ),
}

STAFF = {
    "asked": _warn(
        ("有人求助", "Help wanted"),
        (
            "有人在机器前请工作人员帮助。请过去看看。",
            "Somebody at the machine asks for help. Go there.",
        ),
    ),
    "card_left": _warn(
        ("证件遗留", "A card left behind"),
        (
            "有证件留在读卡器上。请取下保管，找到失主。",
            "A card was left on the reader. Keep it safe and find its owner.",
        ),
    ),
    "door": _warn(
        ("机柜打开", "Cabinet opened"),
        ("有人打开了机柜。请过去看看。", "Somebody opened the cabinet. Go there."),
    ),
    "print": _warn(
        ("号票未确认", "A ticket unproven"),
        (
            "有一张号票没有确认打出。请过去看看，需要时补打。",
            "A ticket was not proven printed. Go there, and print it again if need be.",
        ),
    ),
}

PANEL = READER | {
    "door_open": _warn(
        ("柜门开着", "Door open"),
        (
            "机柜的门开着。请过去看看，关好柜门。",
            "The cabinet's door is open. Go there and shut it.",
        ),
    ),
    "not_installed": _bad(
        ("未安装", "Not installed"),
        (
            "没有安装引脚组件（lgpio）：请让管理员重新安装取号机程序。",
            "The library for the pins (lgpio) is missing: have an administrator reinstall the "
            "kiosk.",
        ),
    ),
    "held": _bad(
        ("被占用", "In use elsewhere"),
        (
            "面板的引脚被其他程序占用：请让管理员查看设置，或重启取号机。",
            "Another program holds the panel's pins: have an administrator look at the settings, "
            "or restart the kiosk.",
        ),
    ),
    "gone": _bad(
        ("没有引脚", "No pins"),
        (
            "这台机器没有面板所用的引脚：请让管理员核对设置。",
            "This machine has no such pins: have an administrator check the settings.",
        ),
    ),
}

VOICE = READER | {
    "gone": _bad(
        ("没有声音", "No sound"),
        (
            "没有声音设备，或者它不能播放。请检查音箱、连接线和设置中的设备名。",
            "There is no sound device, or it does not play. Check the loudspeaker, its cable and "
            "the device in the settings.",
        ),
    ),
    "clips": _bad(
        ("缺少语音", "Clips missing"),
        (
            "有的语音文件缺失或不能播放，有些叫号说不出来。请管理员运行 jiaohao voice check。",
            "A clip is missing or cannot be played: some calls are not spoken. Have an "
            "administrator run jiaohao voice check.",
        ),
    ),
}

PAGE = {
    "ok": _ok(("正常", "In order"), ("正常", "In order.")),
    "starting": _warn(
        ("还没有打开", "Not open yet"),
        (
            "还没有浏览器打开取号页面。请看屏幕是否亮着。",
            "No browser has opened the touch page yet. See whether the screen is lit.",
        ),
    ),
    "gone": _bad(
        ("没有显示", "Not shown"),
        (
            "屏幕上没有取号页面，浏览器会自动重启。仍不恢复请重启取号机。",
            "The touch page is not on the screen. The browser starts again by itself; if that does "
            "not help, restart the kiosk.",
        ),
    ),
}

FIGURES = {
    "untold": _warn(
        ("待补报", "To be told"),
        (
            "有 {} 个离线取的号还没有补报，联网后会自动补报。",
            "{} numbers given while offline are still to be told; that happens by itself.",
        ),
    ),
    "refused": _warn(
        ("没有收下", "Not taken in"),
        (
            "控制器没有收下这些离线取的号：{}。请导办台处理。",
            "These offline numbers were not taken in: {}. See to them at the guide desk.",
        ),
    ),
}
