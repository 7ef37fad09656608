"""A whole hall in as few lines as possible, to be spoilt one line at a time."""

from __future__ import annotations

from pathlib import Path

HALL = """\
[hall]
name = "某某街道便民服务中心"
name_en = "Subdistrict Hall"
short_name = "便民中心"
admin_code = "999901"
hours = [["09:00", "12:00"], ["13:30", "17:00"]]
ticketing = [["08:45", "11:45"], ["13:15", "16:45"]]

[series]
digits = 3
reserve = ["A"]

[[zone]]
id = "main"
letter = "A"
short = "A"
name = "大厅"
name_en = "Main"

[[department]]
code = "MZ"
name = "民政所"
name_en = "Civil Affairs"
short = "民政"

[[skill]]
id = "civil"
name = "民政救助"
name_en = "Relief"
prefix = "U"
zone = "main"

[[skill]]
id = "guide"
name = "咨询"
name_en = "Information"
prefix = "N"
zone = "main"

[[window]]
no = 1
name = "综合"
name_en = "All"
skills = [
    "civil",
    "guide",
]
zone = "main"

[[window]]
no = 2
name = "综合"
name_en = "All"
skills = ["civil"]
zone = "main"

[[item]]
code = "MZ-001"
name = "高龄津贴"
name_en = "Allowance"
department = "MZ"
skill = "civil"
subject = "个人"
kind = "行政给付"
handling = "承诺件"
minutes = 10
p90 = 16

[[item]]
code = "MZ-002"
name = "咨询"
name_en = "Enquiries"
department = "MZ"
skill = "guide"
subject = "个人"
kind = "公共服务"
handling = "即办件"
minutes = 5
p90 = 9

[[bundle]]
id = "Y-01"
name = "一件事"
name_en = "One Matter"
subject = "个人"
lead = "MZ"
items = ["MZ-001", "MZ-002"]
minutes = 15

[[clerk]]
no = "0101"
window = 1
skills = "all"

[[kiosk]]
id = "kiosk-1"
no = 1
name = "1号取号机"
name_en = "Kiosk 1"
paper = 58
place = "正门"

[[screen]]
id = "hall-1"
kind = "hall"
panel_in = 55
distance_m = 6

[[priority]]
id = "elder"
name = "老年人"
name_en = "Aged 60 and over"
legal_basis = "地方规定"
evidence = "card_age"
min_age = 60
"""

KIOSK = """\
[controller]
url = "http://127.0.0.1:8080"

[kiosk]
id = "kiosk-1"
no = 1
name = "1号取号机"

[reader]
kind = "sam-serial"
port = "/dev/kiosk-idreader"

[printer]
kind = "network"
host = "127.0.0.1"
paper = 58

[idle]
reset_s = 30
"""

DISPLAY = """\
[controller]
url = "http://127.0.0.1:8080"

[screen]
kind = "zone"
zone = "main"
"""


def spoil(text: str, old: str, new: str) -> str:
    """``text`` with one line group changed; it must be there exactly once."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
    return text.replace(old, new)


def line_of(text: str, snippet: str) -> int:
    """The number of the line where ``snippet`` begins; it must be there exactly once."""
    assert text.count(snippet) == 1, f"{snippet!r} stands {text.count(snippet)} times in the text"
    return text[: text.index(snippet)].count("\n") + 1


def write(directory: Path, **files: str) -> Path:
    """Write ``hall=...`` as ``hall.toml`` and so on; returns the directory."""
    for name, text in files.items():
        (directory / f"{name}.toml").write_text(text, encoding="utf-8")
    return directory
