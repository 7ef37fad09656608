"""Views as the kiosk agent sends them: one for each state of the touch page, with hard words.

Names, numbers and places are those of the invented demo hall.
"""

from __future__ import annotations

import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

View = dict[str, Any]

_DEMO = Path(__file__).resolve().parents[2] / "config" / "demo" / "hall.toml"
#: What the demo hall calls a service in English, by its Chinese name.
ENGLISH: dict[str, str] = {
    each["name"]: each["name_en"] for each in tomllib.loads(_DEMO.read_text("utf-8"))["item"]
} | {
    "新办纳税人套餐": "New Taxpayer Package",
    "单位社会保险登记": "Employer Social Insurance",
    "出生医学证明首次签发": "First Birth Certificate",
    "医保个人账户一次性支取": "Medical Account Payout",
    "就业登记": "Employment Registration",
    "社保费缴纳": "Social Insurance Payment",
    "企业职工基本养老保险待遇申领": "Employee Pension Claim",
    "营业前消防安全检查": "Fire Safety Check Before Opening",
}
NOW_MS = 1773715320000  # 2026-03-17 10:42 in the hall (UTC+8)


def zone(letter: str, cls: str | None = None, floor: int = 1, name: str | None = None) -> View:
    floor_zh = "一二三"[floor - 1]
    ordinal = ("1st", "2nd", "3rd")[floor - 1]
    return {
        "id": letter,
        "letter": letter,
        "name": name or f"{floor_zh}楼{letter}区",
        "name_en": f"Zone {letter}, {ordinal} floor",
        "cls": cls or letter.lower(),
    }


A, B, C, D, E = zone("A"), zone("B"), zone("C"), zone("D", floor=2), zone("E", floor=2)
OUT = {
    "id": "out",
    "letter": "出",
    "name": "一楼出件区",
    "name_en": "Collection, 1st floor",
    "cls": "x",
}
DESK = {
    "id": "desk",
    "letter": "咨",
    "name": "一楼咨询台",
    "name_en": "Guide desk, 1st floor",
    "cls": "x",
}


def item(code: str, name: str, name_en: str, icon: str, where: View, ahead: int | None = 3) -> View:
    return {
        "code": code,
        "name": name,
        "name_en": name_en,
        "icon": icon,
        "zone": where,
        "ahead": ahead,
    }


TILES = [
    item("GA-006", "居民身份证换领补领", "ID card renewal", "id", A, 5),
    item("GA-009", "普通护照申领", "Passport", "passport", A, 3),
    item("RS-003", "参保证明与权益记录打印", "Social insurance record", "doc", B, 7),
    item("GJ-001", "住房公积金提取(购房租房)", "Housing fund withdrawal", "house", C, 4),
    item("RS-001", "社会保障卡申领", "Social security card", "card", B, 7),
    item("SW-005", "灵活就业与城乡居民社保费缴纳", "Social insurance payment", "yen", C, 26),
    item("GA-010", "往来港澳通行证及签注", "HK & Macao permit", "permit", A, 0),
    item("SW-003", "代开增值税发票", "VAT invoice", "invoice", C, 6),
]

BUNDLES = [
    (
        "Y-01",
        "企业开办一件事",
        "Starting a company",
        [
            "企业设立登记",
            "公章刻制备案",
            "新办纳税人套餐",
            "发票票种核定与领用",
            "单位社会保险登记",
        ],
        [C, B],
        45,
    ),
    (
        "Y-02",
        "新生儿出生一件事",
        "Having a baby",
        ["出生医学证明首次签发", "国内出生登记(婚内)", "城乡居民医保参保登记", "社会保障卡申领"],
        [C, A, B],
        30,
    ),
    (
        "Y-03",
        "公民身后一件事",
        "After a death",
        [
            "死亡注销户口",
            "遗属待遇与丧葬补助申领",
            "医保个人账户一次性支取",
            "离退休提取住房公积金",
        ],
        [A, B, C],
        45,
    ),
    (
        "Y-04",
        "灵活就业一件事",
        "Flexible work",
        ["就业登记", "灵活就业人员养老保险参保登记", "灵活就业人员职工医保参保", "社保费缴纳"],
        [B, C],
        35,
    ),
    (
        "Y-05",
        "企业职工退休一件事",
        "Retirement",
        ["企业职工基本养老保险待遇申领", "职工医保在职转退休", "离退休提取住房公积金"],
        [B, C],
        40,
    ),
    (
        "Y-06",
        "开办餐饮店一件事",
        "Opening a restaurant",
        ["个体工商户设立登记", "食品经营许可新办", "户外招牌设施设置备案", "营业前消防安全检查"],
        [C, E],
        50,
    ),
]

_GROUPS: list[tuple[str, str, str, View, str]] = [
    (
        "household",
        "户籍与身份证",
        "Household and ID",
        A,
        "国内出生登记(婚内) 死亡注销户口 户口迁移(市内移居) 户口登记项目变更更正 "
        "居民身份证首次申领 居民身份证换领补领 居住证申领 无犯罪记录证明",
    ),
    ("entry", "出入境", "Exit and entry", A, "普通护照申领 往来港澳通行证及签注"),
    ("marriage", "婚姻登记", "Marriage", D, "结婚登记 离婚登记申请"),
    (
        "civil",
        "民政救助",
        "Civil affairs",
        B,
        "最低生活保障申请 临时救助 80周岁以上高龄津贴 残疾人两项补贴 民办非企业单位成立登记",
    ),
    (
        "social",
        "社保就业",
        "Social insurance, work",
        B,
        "社会保障卡申领 社会保障卡补领换领 参保证明与权益记录打印 灵活就业人员养老保险参保登记 "
        "城乡居民养老保险参保登记 企业职工基本养老保险待遇申领(退休) 遗属待遇与丧葬补助申领 "
        "失业登记 失业保险金申领 就业登记(灵活就业) 就业困难人员社会保险补贴申领 "
        "单位社会保险登记与增减员",
    ),
    (
        "medical",
        "医保",
        "Medical insurance",
        B,
        "城乡居民医保参保登记 灵活就业人员职工医保参保 异地长期居住人员备案 门诊慢特病待遇认定 "
        "住院费用零星报销 生育津贴支付 职工医保在职转退休 医保个人账户一次性支取(身故)",
    ),
    (
        "fund",
        "住房公积金",
        "Housing fund",
        C,
        "住房公积金提取(购房租房) 离退休提取住房公积金 灵活就业人员自愿缴存开户",
    ),
    (
        "market",
        "市场准入",
        "Business",
        C,
        "公章刻制备案 企业设立登记 企业变更登记 企业注销登记 个体工商户设立登记 "
        "食品经营许可新办 食品经营许可变更延续 营业前消防安全检查(告知承诺)",
    ),
    (
        "tax",
        "税务",
        "Taxes",
        C,
        "新办纳税人套餐(信息确认) 发票票种核定与领用 代开增值税发票 完税证明与纳税记录开具 "
        "灵活就业与城乡居民社保费缴纳",
    ),
    (
        "property",
        "不动产登记",
        "Property",
        D,
        "存量房转移登记(登记、交易、缴税一窗) 抵押权首次登记 继承(受遗赠)转移登记",
    ),
    (
        "building",
        "工程建设",
        "Construction",
        E,
        "建筑工程施工许可证核发 公共租赁住房资格申请 户外招牌设施设置备案",
    ),
    (
        "health",
        "卫生健康",
        "Health permits",
        C,
        "公共场所卫生许可 出生医学证明首次签发(联办) 护士执业注册",
    ),
    (
        "care",
        "优抚助残",
        "Veterans, disability",
        B,
        "退役军人优待证申领 退役报到 残疾人证新办换领 残疾人辅助器具适配申请",
    ),
    (
        "guide",
        "咨询导办",
        "Guidance",
        DESK,
        "综合咨询与办事指南 帮办代办(老年人、残疾人及企业项目)",
    ),
    ("pickup", "综合出件", "Collection", OUT, "综合出件(领取证照)"),
    ("unresolved", "办不成事反映", "Unresolved matters", DESK, "办不成事反映"),
]

GROUPS = [
    {
        "id": gid,
        "name": name,
        "name_en": name_en,
        "zone": where,
        "items": [
            item(f"{gid}-{n}", text, ENGLISH.get(text, ""), "generic", where, n)
            for n, text in enumerate(names.split())
        ],
    }
    for gid, name, name_en, where, names in _GROUPS
]


def _base(state: str) -> View:
    return {
        "rev": 17,
        "state": state,
        "lang": "zh",
        "elder": False,
        "voice": False,
        "hall": {"name": "青禾区政务服务中心", "name_en": "Qinghe District Service Centre"},
        "kiosk": {"no": 1, "name": "1 号取号机"},
        "now_ms": NOW_MS,
        "tz_offset_min": 480,
        "link": "online",
        "reader": "ok",
        "printer": "ok",
        "waiting_total": 46,
        "hours": "9:00–12:00　13:30–17:00",
        "deadline_ms": None,
        "staff_called": False,
    }


_VISITOR = {"masked": "张*三", "card_on_reader": True, "elderly": False}

_ITEM = {
    "code": "RS-001",
    "name": "社会保障卡申领",
    "name_en": "Social security card",
    "zone": B,
    "windows": "3–8",
    "ahead": 7,
    "wait": [10, 20],
    "materials": ["居民身份证(原件)", "照片(可现场采集)"],
    "fee": "免费",
    "minutes": 8,
    "online": False,
    "parts": [],
}

_LONG_ITEM = _ITEM | {
    "code": "BD-001",
    "name": "存量房转移登记(登记、交易、缴税一窗)",
    "name_en": "Transfer of an existing home (registration, deal and tax in one)",
    "zone": D,
    "windows": "19–21",
    "ahead": 128,
    "wait": [120, 180],
    "fee": "登记费80元/件(住宅,通行标准)",
    "minutes": 35,
    "online": True,
    "materials": ["买卖双方身份证", "不动产权证书", "买卖合同", "婚姻状况材料(可核验)"],
}

_BUNDLE_ITEM = _ITEM | {
    "code": "Y-01",
    "name": "企业开办一件事",
    "name_en": "Starting a company",
    "zone": C,
    "windows": "13–15",
    "minutes": 45,
    "materials": [
        "登记申请书",
        "章程",
        "住所证明",
        "投资人与法定代表人身份证明",
        "经办人身份证",
    ],
    "parts": [{"name": name, "name_en": ENGLISH.get(name, "")} for name in BUNDLES[0][3]],
}

_TICKET = {
    "number": "R055",
    "item": "社会保障卡申领",
    "item_en": "Social security card",
    "zone": B,
    "windows": "3–8",
    "ahead": 7,
    "wait": [10, 20],
    "printed": True,
    "short_code": "7K3M-2Q",
}


def _error(code: str, title: str, title_en: str, say: str, say_en: str, *actions: str) -> View:
    return {
        "code": code,
        "title": title,
        "title_en": title_en,
        "say": say,
        "say_en": say_en,
        "actions": list(actions),
    }


def _all() -> dict[str, View]:
    bundles = [
        {
            "id": bid,
            "name": name,
            "name_en": name_en,
            "items": items,
            "items_en": [ENGLISH.get(name, "") for name in items],
            "materials": ["居民身份证", "银行卡"],
            "zones": zones,
            "minutes": minutes,
        }
        for bid, name, name_en, items, zones, minutes in BUNDLES
    ]
    seen = _base("home") | {"visitor": _VISITOR, "deadline_ms": NOW_MS + 30_000}
    number = _base("done") | {
        "visitor": _VISITOR,
        "ticket": _TICKET,
        "deadline_ms": NOW_MS + 8_000,
    }
    out_of_paper = _error(
        "paper_out",
        "号票纸用完了",
        "This machine is out of ticket paper",
        "您还没有取到号，请到旁边的取号机或咨询台取号。",
        "You have no ticket yet. Please use another machine or the guide desk.",
        "retry",
        "staff",
        "home",
    )
    refused = _error(
        "refused",
        "您今天已经取过这个事项的号",
        "You already have a ticket for this service",
        "号码 R041 还在排队，请留意大屏。号票丢了可以请工作人员补打。",
        "R041 is still waiting. Staff can print it again.",
        "home",
        "staff",
    )
    unread = _error(
        "card_unreadable",
        "没有读到身份证",
        "The card could not be read",
        "请把身份证平放在感应区，停一秒再拿开。",
        "Lay the card flat on the reader for a second.",
        "retry",
        "pad",
        "staff",
        "home",
    )
    silent = _error(
        "printer_silent",
        "号票可能没有打出来",
        "Your ticket may not have printed",
        "您的号码已经有效，请记住号码。",
        "Your number is valid. Please remember it.",
        "reprint",
        "staff",
        "home",
    )
    return {
        "enrol": _base("enrol") | {"enrol": {"code": "7K3M-2Q"}},
        "idle": _base("idle"),
        "idle_no_reader": _base("idle") | {"reader": "out"},
        "idle_card_left": _base("idle") | {"card_left": True},
        "idle_no_print": _base("idle") | {"printer": "out"},
        "reading": _base("reading"),
        "home": seen
        | {
            "home": {
                "tiles": TILES,
                "bundles": [
                    {k: b[k] for k in ("id", "name", "name_en", "minutes")} for b in bundles
                ],
            }
        },
        "home_expired": seen
        | {
            "visitor": _VISITOR | {"expired": True},
            "home": {"tiles": TILES[:5], "bundles": [], "collect": True, "enquire": False},
        },
        "all_one_group": seen | {"state": "all", "all": {"groups": GROUPS[:1]}},
        "all": seen | {"state": "all", "all": {"groups": GROUPS}},
        "bundles": seen | {"state": "bundles", "bundles": bundles},
        "item": seen | {"state": "item", "item": _ITEM},
        "item_long": seen | {"state": "item", "item": _LONG_ITEM},
        "item_bundle": seen | {"state": "item", "item": _BUNDLE_ITEM},
        "printing": number | {"state": "printing", "deadline_ms": None},
        "printing_asking": _base("printing") | {"visitor": _VISITOR, "item": _LONG_ITEM},
        "done": number,
        "done_unprinted": number | {"ticket": _TICKET | {"printed": False}},
        "done_offline": number
        | {"link": "offline", "ticket": _TICKET | {"number": "R0712", "ahead": None, "wait": None}},
        "timeout": _base("timeout") | {"deadline_ms": NOW_MS + 10_000},
        "pad": _base("pad") | {"pad": {"digits": "•" * 12, "count": 12, "wrong": False}},
        "pad_wrong": _base("pad") | {"pad": {"digits": "", "count": 0, "wrong": True}},
        "error": _base("error") | {"error": out_of_paper, "staff_called": True},
        "error_refused": _base("error") | {"error": refused},
        "error_card": _base("error") | {"error": unread},
        "error_ticket": number | {"state": "error", "error": silent, "deadline_ms": None},
        "error_standing": _base("error") | {"error": out_of_paper | {"actions": ["staff"]}},
        "closed": _base("closed") | {"closed": {"opens": "13:15", "why": "lunch"}},
        "closed_night": _base("closed") | {"closed": {"opens": "08:45", "why": "night"}},
        "closed_holiday": _base("closed")
        | {
            "closed": {
                "opens": "08:45",
                "opens_on": "2026-02-24",
                "why": "holiday",
                "name": "春节",
                "name_en": "Chinese New Year (Spring Festival)",
            }
        },
    }


VIEWS: dict[str, View] = _all()


def view(name: str, **changes: Any) -> View:
    """A fresh copy of one view, with some of its fields changed."""
    return deepcopy(VIEWS[name]) | changes
