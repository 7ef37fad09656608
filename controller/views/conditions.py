"""What the single words that a device reports mean, and what to do: for staff, in both languages.

A word that is not in `condition_words` is told as one nobody knows, never as it came.
"""

from __future__ import annotations

from controller.dispatch.reason import Words
from controller.views.condition_words import (
    FIGURES,
    PAGE,
    PANEL,
    PRINTER,
    READER,
    STAFF,
    VOICE,
    Level,
    Meaning,
    both,
)
from controller.views.screen_words import DISPLAY

PARTS: dict[str, Words] = {
    "contact": both("联系", "Contact"),
    "printer": both("打印机", "Printer"),
    "resident_id": both("身份证阅读器", "ID card reader"),
    "chip_card": both("社保卡读卡器", "Chip card reader"),
    "reader": both("读卡器", "Card reader"),
    "scanner": both("扫码器", "Scanner"),
    "page": both("触摸屏", "Touch screen"),
    "panel": both("面板", "Panel"),
    "voice": both("语音", "Voice"),
    "display": both("屏幕", "Screen"),
    "led": both("LED 条屏", "LED strip"),
    "keypad": both("按键盘", "Key-pad"),
    "staff": both("求助", "Help"),
    "untold": both("离线号码", "Offline numbers"),
    "refused": both("离线号码", "Offline numbers"),
}
"""What the parts of a device are called."""

ANOTHER_PART = both("其他部件", "Another part")
MINOR = frozenset({"scanner", "panel", "voice", "led", "keypad"})
"""Without these a kiosk still gives out numbers, and a screen still calls them."""
LAMP = "reader"
"""The touch page's own lamp: of interest where no reader is told by itself."""
DOCUMENT_READERS = frozenset({"resident_id", "chip_card"})

UNKNOWN = Meaning(
    Level.WARN,
    both("状态不明", "Unknown"),
    both(
        "控制器不认识这个状态。请到设备前查看，并更新控制器。",
        "The controller does not know this condition. Look at the device, and update the "
        "controller.",
    ),
)

SILENT = Meaning(
    Level.BAD,
    both("没有联系", "No contact"),
    both(
        "没有联系，可能断网或断电。请到设备前查看：屏幕是否亮着，电源和网线是否插好。",
        "No contact: the network or the power may be cut. Go there: is the screen lit, are the "
        "power and network cables plugged in?",
    ),
)
NEVER_HEARD = Meaning(
    Level.BAD,
    both("还没有联系", "Not heard of yet"),
    both(
        "控制器启动后这台设备还没有联系。请打开设备；不再使用的，请管理员吊销。",
        "This device was not heard of since the controller started. Switch it on; have an "
        "administrator revoke one that is no longer used.",
    ),
)
PENDING = Meaning(
    Level.WARN,
    both("待核准", "Waiting for approval"),
    both(
        "请管理员在“账号和设备”里核准它显示的代码。",
        "Have an administrator approve the code it shows, under “Accounts and devices”.",
    ),
)


def meaning(part: str, word: str, slips_left: str = "") -> Meaning:
    """What a part's word means; `slips_left` makes the end of a roll more exact."""
    if part in FIGURES:
        return _figured(FIGURES[part], word)
    found = _TABLES.get(part, READER).get(word, UNKNOWN)
    if part in MINOR and found.level is Level.BAD:
        found = Meaning(Level.WARN, found.short, found.say)
    if part == "printer" and word == "near_end" and slips_left.isdecimal():
        zh = f"{found.say['zh']}约剩 {slips_left} 张。"
        en = f"{found.say['en']} About {slips_left} slips are left."
        found = Meaning(found.level, found.short, both(zh, en))
    return found


def _figured(pattern: Meaning, figure: str) -> Meaning:
    """A part whose word is a figure or a list of numbers."""
    say = {lang: text.format(figure) for lang, text in pattern.say.items()}
    return Meaning(pattern.level, pattern.short, say)


_TABLES = {
    "printer": PRINTER,
    "staff": STAFF,
    "page": PAGE,
    "panel": PANEL,
    "voice": VOICE,
    "display": DISPLAY,
}
"""All other parts speak the readers' words."""
