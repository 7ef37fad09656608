"""The zones and windows of the hall that a `FakeController` speaks of."""

from __future__ import annotations

ZONES = [
    {"id": "A", "letter": "A", "name": "一楼A区", "name_en": "Zone A", "cls": "a", "arrow": "left"},
    {"id": "B", "letter": "B", "name": "一楼B区", "name_en": "Zone B", "cls": "b", "arrow": "up"},
    {
        "id": "C",
        "letter": "C",
        "name": "一楼C区",
        "name_en": "Zone C",
        "cls": "c",
        "arrow": "right",
    },
    {
        "id": "D",
        "letter": "D",
        "name": "二楼D区",
        "name_en": "Zone D",
        "cls": "d",
        "arrow": "upstairs",
    },
    {"id": "E", "letter": "E", "name": "二楼E区", "name_en": "Zone E", "cls": "e", "arrow": "up"},
    {"id": "X", "letter": "出", "name": "出件", "name_en": "Pick-up", "cls": "x", "arrow": "left"},
    {"id": "Y", "letter": "咨", "name": "咨询", "name_en": "Enquiry", "cls": "x", "arrow": "left"},
]
for _zone in ZONES:
    _zone["word"] = {"X": "出件", "Y": "咨询"}.get(_zone["id"])  # type: ignore[assignment]

#: window -> (zone, name, services)
PLACES = {
    **{no: ("B", "综合民生", ["社保", "医保", "公积金"]) for no in range(1, 9)},
    **{no: ("A", "出入境", ["出入境", "户籍"]) for no in range(9, 13)},
    **{no: ("C", "企业开办", ["登记", "税务"]) for no in range(13, 19)},
    **{no: ("D", "不动产", ["登记", "交易"]) for no in range(19, 25)},
}
