"""One thing that was looked at: how it is, and what to do, in both languages."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

NAMES = {
    "account": ("账户", "Account"),
    "page": ("触摸页面", "Touch page"),
    "disk": ("存储", "Disk"),
    "battery_clock": ("时钟电池", "Battery clock"),
    "font": ("字体", "Font"),
    "permissions": ("设备权限", "Permissions"),
    "resident_id": ("身份证阅读器", "ID card reader"),
    "chip_card": ("社保卡读卡器", "Chip card reader"),
    "scanner": ("扫码器", "Scanner"),
    "readers": ("读卡器", "Card readers"),
    "printer": ("打印机", "Printer"),
    "test_page": ("测试页", "Test page"),
    "link": ("网络", "Link"),
    "certificate": ("证书", "Certificate"),
    "clock": ("时间", "Clock"),
    "enrolment": ("登记", "Enrolment"),
}
"""What each check is called."""

_NAME_CELLS = 38


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARN = "warn"
    """It works, and somebody should see to it."""
    FAIL = "fail"
    """Citizens will notice."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check.  `zh` and `en` say the same: what is, and what to do."""

    check: str
    level: Level
    zh: str
    en: str

    def as_json(self) -> dict[str, str]:
        """For machines; `check` and `level` are stable."""
        return {"check": self.check, "level": self.level.value, "zh": self.zh, "en": self.en}


def ok(check: str, zh: str, en: str) -> Finding:
    """All is well."""
    return Finding(check, Level.OK, zh, en)


def warn(check: str, zh: str, en: str) -> Finding:
    """It works, and somebody should see to it."""
    return Finding(check, Level.WARN, zh, en)


def fail(check: str, zh: str, en: str) -> Finding:
    """It does not work."""
    return Finding(check, Level.FAIL, zh, en)


def as_text(finding: Finding) -> str:
    """Two lines for a terminal: level and name once, the Chinese above the English."""
    zh, en = NAMES[finding.check]
    head = f"{finding.level.value:<6}{zh} {en}"
    pad = " " * max(2, _NAME_CELLS - _cells(head))
    return f"{head}{pad}{finding.zh}\n{' ' * (_cells(head) + len(pad))}{finding.en}"


def _cells(text: str) -> int:
    """A Chinese character takes two cells of a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
