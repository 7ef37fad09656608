"""What the single words that a device reports mean, and what to do: for staff, in both languages.

The sentences are those of the devices themselves (`kiosk.readers.condition`, `printers.status`),
which the controller does not import; a test holds them together. A word that is not here is told as
one nobody knows, never as it came.
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


def _words(zh: str, en: str) -> Words:
    return {"zh": zh, "en": en}


PARTS: dict[str, Words] = {
    "contact": _words("联系", "Contact"),
    "printer": _words("打印机", "Printer"),
    "resident_id": _words("身份证阅读器", "ID card reader"),
    "chip_card": _words("社保卡读卡器", "Chip card reader"),
    "reader": _words("读卡器", "Card reader"),
    "scanner": _words("扫码器", "Scanner"),
    "page": _words("触摸屏", "Touch screen"),
    "panel": _words("面板", "Panel"),
    "voice": _words("语音", "Voice"),
    "display": _words("屏幕", "Screen"),
    "staff": _words("求助", "Help"),
}
"""What the parts of a device are called."""

ANOTHER_PART = _words("其他部件", "Another part")
MINOR = frozenset({"scanner", "panel", "voice"})
"""Without these a kiosk still gives out numbers."""
LAMP = "reader"
"""The touch page's own lamp: of interest where no reader is told by itself."""
DOCUMENT_READERS = frozenset({"resident_id", "chip_card"})

UNKNOWN = Meaning(
    Level.WARN,
    _words("状态不明", "Unknown"),
    _words(
        "控制器不认识这个状态。请到设备前查看，并更新控制器。",
        "The controller does not know this condition. Look at the device, and update the "
        "controller.",
    ),
)

SILENT = Meaning(
    Level.BAD,
    _words("没有联系", "No contact"),
    _words(
        "没有联系，可能断网或断电。请到设备前查看：屏幕是否亮着，电源和网线是否插好。",
        "No contact: the network or the power may be cut. Go there: is the screen lit, are the "
        "power and network cables plugged in?",
    ),
)
NEVER_HEARD = Meaning(
    Level.BAD,
    _words("还没有联系", "Not heard of yet"),
    _words(
        "控制器启动后这台设备还没有联系。请打开设备；不再使用的，请管理员吊销。",
        "This device was not heard of since the controller started. Switch it on; have an "
        "administrator revoke one that is no longer used.",
    ),
)
PENDING = Meaning(
    Level.WARN,
    _words("待核准", "Waiting for approval"),
    _words(
        "请管理员在“账号和设备”里核准它显示的代码。",
        "Have an administrator approve the code it shows, under “Accounts and devices”.",
    ),
)


def meaning(part: str, word: str, slips_left: str = "") -> Meaning:
    """What a part's word means; `slips_left` makes the end of a roll more exact."""
    found = _TABLES.get(part, _READER).get(word, UNKNOWN)
    if part in MINOR and found.level is Level.BAD:
        found = Meaning(Level.WARN, found.short, found.say)
    if part == "printer" and word == "near_end" and slips_left.isdecimal():
        zh = f"{found.say['zh']}约剩 {slips_left} 张。"
        en = f"{found.say['en']} About {slips_left} slips are left."
        found = Meaning(found.level, found.short, _words(zh, en))
    return found


def _ok(short: tuple[str, str], say: tuple[str, str]) -> Meaning:
    return Meaning(Level.OK, _words(*short), _words(*say))


def _warn(short: tuple[str, str], say: tuple[str, str]) -> Meaning:
    return Meaning(Level.WARN, _words(*short), _words(*say))


def _bad(short: tuple[str, str], say: tuple[str, str]) -> Meaning:
    return Meaning(Level.BAD, _words(*short), _words(*say))


_STARTING = _warn(("正在启动", "Starting"), ("正在启动，请稍候。", "Starting; wait a moment."))
_NONE = _ok(("未配备", "None"), ("没有配备。", "There is none."))

_READER = {
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

_PRINTER = {
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

_STAFF = {
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

_PANEL = _READER | {
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

_PAGE = {
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

_TABLES = {"printer": _PRINTER, "staff": _STAFF, "page": _PAGE, "panel": _PANEL}
"""All other parts speak the readers' words."""
