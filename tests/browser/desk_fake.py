"""A hall of one window in a few lines: what a console is tested against."""

from __future__ import annotations

import time
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

Data = dict[str, Any]

STAFF_NO = "0517"
DAY = "2026-11-23"
RESULTS = {"done", "accepted", "supplement", "refused", "referred"}
SKILLS = [
    {"id": "social_ins", "name": "社保就业", "name_en": "Social insurance"},
    {"id": "medical_ins", "name": "医保", "name_en": "Health insurance"},
    {"id": "housing_fund", "name": "住房公积金", "name_en": "Housing fund"},
]
ITEMS = [
    {
        "code": code,
        "name": name,
        "name_en": name_en,
        "initials": initials,
        "skill": "social_ins",
        "windows": "3–8",
    }
    for code, name, initials, name_en in [
        ("RS-001", "城乡居民养老保险参保登记", "cxjmylbxcbdj", "Pension enrolment of residents"),
        ("RS-005", "失业登记", "sydj", "Registration as unemployed"),
    ]
]
WHY = {
    "zh": "等候 14 分钟；本窗口能办其中 4 项，是最快的空闲窗口。",
    "en": "Waited 14 min; this window can do 4 of the items and is the first one free.",
}


def now_ms() -> int:
    return int(time.time() * 1000)


class Refused(Exception):
    """A refusal with the words of the problem document."""

    def __init__(self, code: str, status: int, detail: str, zh: str) -> None:
        super().__init__(detail)
        self.code, self.status, self.detail, self.zh = code, status, detail, zh

    def document(self) -> Data:
        return {
            "type": f"urn:jiaohao:problem:{self.code}",
            "code": self.code,
            "status": self.status,
            "title": self.code,
            "detail": self.detail,
            "zh": {"title": self.code, "detail": self.zh},
        }


def item(code: str, name: str, skill_name: str, zone: str = "B", here: bool = True) -> Data:
    return {
        "code": code,
        "name": name,
        "state": "open",
        "result": None,
        "finished_at": None,
        "here": here,
        "skill_name": skill_name,
        "zone": zone,
    }


def single(number: str = "R031") -> Data:
    """A ticket of one item."""
    items = [item("RS-003", "社会保障卡申领", "社保就业")]
    return _ticket(number, None, items, "王*", ["居民身份证", "近期一寸免冠照片(社保卡)"], [])


def bundle(number: str = "R046") -> Data:
    """一件事: four items here, the fifth at another window."""
    items = [
        item("RS-010", "就业登记(灵活就业)", "社保就业"),
        item("RS-011", "灵活就业人员养老保险参保登记", "社保就业"),
        item("YB-004", "灵活就业人员职工医保参保", "医保"),
        item("GJ-002", "灵活就业人员自愿缴存开户", "住房公积金"),
        item("SW-007", "灵活就业与城乡居民社保费缴纳", "税务", zone="C", here=False),
    ]
    materials = ["居民身份证", "银行卡"]
    return _ticket(number, "灵活就业一件事", items, "李*", materials, ["bundle", "priority"])


def brief(
    number: str,
    minutes: int,
    origin: int | None = None,
    to: int | None = None,
    note: str = "",
) -> Data:
    """A ticket that is held, or on its way."""
    until = now_ms() + minutes * 60_000
    ticket = f"{DAY}-{number}"
    return {"id": ticket, "number": number, "until": until, "from": origin, "to": to, "note": note}


def _ticket(
    number: str,
    name: str | None,
    items: list[Data],
    masked: str,
    materials: list[str],
    flags: list[str],
) -> Data:
    return {
        "id": f"{DAY}-{number}",
        "number": number,
        "state": "waiting",
        "masked": masked,
        "bundle": name,
        "items": items,
        "active": None,
        "materials": materials,
        "flags": flags,
        "needs": [],
        "note": "",
        "started": False,
        "called_back": False,
        "class": "ordinary",
        "waited_s": 840,
        "called_at": None,
        "last_called_at": None,
        "arrived_at": None,
        "calls": 0,
        "recalls_left": 3,
        "recall_from": None,
        "pass_from": None,
        "expected_min": 20,
        "p90_min": 30,
        "reason": WHY,
    }


@dataclass
class DeskHall:
    """One window with a clerk, the tickets that wait for it, and what was really done there."""

    waiting: list[Data] = field(default_factory=list)
    counts: dict[str, int] = field(
        default_factory=lambda: {"social_ins": 6, "medical_ins": 2, "housing_fund": 4}
    )
    recall_gap_s: float = 0  # 0: nothing is waited for, whatever a clock says
    pass_after_s: float = 0
    seq: int = 400
    ticket: Data | None = None
    finished: int = 11
    done: list[tuple[str, Data]] = field(default_factory=list)
    undo_s: float = 5
    separate: bool = False  # arriving and starting are two keys
    undo: Data | None = None
    before: tuple[Data, int] | None = None  # the ticket in hand and the count before the last key
    offer: Data | None = None
    printer: str | None = "ok"  # the word of the window's own
    paper: Data | None = None
    held: list[Data] = field(default_factory=list)
    incoming: list[Data] = field(default_factory=list)
    outgoing: list[Data] = field(default_factory=list)
    window: Data = field(
        default_factory=lambda: {
            "no": 5,
            "name": "综合民生",
            "name_en": "Civil affairs",
            "zone": "B",
            "state": "closed",
            "clerk": None,
            "reason": None,
            "until": None,
            "rostered": False,
            "number": None,
            "serving": False,
            "help": None,
            "services": ["社保就业", "医保", "住房公积金"],
            "services_en": ["Social insurance", "Health insurance", "Housing fund"],
        }
    )

    def do(self, deed: str, body: Data) -> Data:
        """Carry a command out: the answer, or `Refused`."""
        self._remember(deed)
        answer: Data = getattr(self, f"_{deed}")(body)
        self.seq += 1
        self.done.append((deed, body))
        number = self.ticket["number"] if self.ticket else None
        serving = bool(self.ticket and self.ticket["state"] == "serving")
        self.window |= {"number": number, "serving": serving}
        return {"seq": self.seq, **answer}

    def _remember(self, deed: str) -> None:
        """What the next undo takes back: only the last key, if it is one that can be."""
        if deed == "undo":
            return
        can = self.ticket is not None and deed in {"finish", "pass", "arrive"}
        self.before = (deepcopy(self.ticket), self.finished) if self.ticket and can else None
        until = now_ms() + int(self.undo_s * 1000)
        number = self.ticket["number"] if self.ticket else None
        self.undo = {"what": deed, "number": number, "until": until} if can else None

    def _undo(self, body: Data) -> Data:
        if self.before is None:
            zh = "没有可以撤销的操作。"
            raise Refused("nothing-to-undo", 409, "There is nothing to undo.", zh)
        self.ticket, self.finished = self.before
        self.undo = self.before = None
        return {"window": self.window}

    def _open(self, body: Data) -> Data:
        if self.window["clerk"] not in (None, STAFF_NO):
            zh = f"5 号窗口已有工号 {self.window['clerk']} 登录，请另选窗口。"
            raise Refused("window-taken", 409, "Another clerk is signed on.", zh)
        self.window |= {"state": "open", "clerk": STAFF_NO}
        return {"window": self.window}

    def _close(self, body: Data) -> Data:
        self.window |= {"state": "closed", "clerk": None}
        return {"window": self.window}

    def _pause(self, body: Data) -> Data:
        until = now_ms() + body["minutes"] * 60_000
        self.window |= {"state": "paused", "reason": body["reason"], "until": until}
        return {"window": self.window}

    def _resume(self, body: Data) -> Data:
        self.window |= {"state": "open", "reason": None, "until": None}
        return {"window": self.window}

    def _help(self, body: Data) -> Data:
        self.window |= {"help": {"at": now_ms(), "by": None, "taken_at": None}}
        return {"window": self.window}

    def _call(self, body: Data) -> Data:
        if self.ticket:
            raise Refused(
                "window-busy", 409, "A ticket is in hand.", "手上还有号，请先办结或过号。"
            )
        if not self.waiting:
            return {
                "ticket": None,
                "reason": {"zh": "没有人在等本窗口的业务。", "en": "Nobody waits."},
            }
        self.ticket = self.waiting.pop(0)
        self._announce()
        return {"ticket": self.ticket, "reason": WHY}

    def _recall(self, body: Data) -> Data:
        self._announce()
        return {"ticket": self.ticket}

    def _announce(self) -> None:
        assert self.ticket
        at = now_ms()
        calls = self.ticket["calls"] + 1
        self.ticket |= {
            "state": "called",
            "called_at": self.ticket["called_at"] or at,
            "last_called_at": at,
            "calls": calls,
            "recalls_left": 4 - calls,
            "recall_from": self.recall_gap_s and at + int(self.recall_gap_s * 1000),
            "pass_from": self.pass_after_s and at + int(self.pass_after_s * 1000),
        }

    def _arrive(self, body: Data) -> Data:
        assert self.ticket
        self.ticket |= {"state": "serving", "arrived_at": now_ms()}
        return {"ticket": self.ticket} if self.separate else self._start(body)

    def _start(self, body: Data) -> Data:
        assert self.ticket
        self.ticket |= {"active": 0, "started": True}
        self.ticket["items"][0]["state"] = "active"
        return {"ticket": self.ticket}

    def _finish(self, body: Data) -> Data:
        assert self.ticket
        assert body["result"] in RESULTS
        items = self.ticket["items"]
        items[body["item"]] |= {"state": "done", "result": body["result"], "finished_at": now_ms()}
        rest = [i for i, each in enumerate(items) if each["here"] and each["state"] == "open"]
        if rest:
            items[rest[0]]["state"] = "active"
            self.ticket["active"] = rest[0]
            return {"ticket": self.ticket}
        ticket, self.ticket = self.ticket, None
        self.finished += 1
        return {"ticket": ticket | {"state": "finished"}}

    def _pass(self, body: Data) -> Data:
        ticket, self.ticket = self.ticket, None
        return {"ticket": ticket}

    # ── what is shown ────────────────────────────────────────────────────────

    def _missing(self, body: Data) -> Data:
        assert self.ticket is not None
        told = {"missing": body["missing"], "number": self.ticket["number"]}
        self.paper = {"id": body["request_id"], "outcome": "sent", "word": "", **told}
        return {"paper": self.paper}

    def console(self) -> Data:
        return {
            "seq": self.seq,
            "window": self.window,
            "ticket": self.ticket,
            "offer": self.offer,
            "held": self.held,
            "hold_limit": 3,
            "incoming": self.incoming,
            "outgoing": self.outgoing,
            "undo": self.undo,
            "skills": SKILLS,
            "today": {"finished": self.finished, "mean_s": 520},
            "printer": self.printer,
            "paper": self.paper,
            "closes_at": now_ms() + 78 * 60_000,
            "hall": {"name": "青禾区政务服务中心", "short_name": "青禾政务"},
        }

    def queues(self) -> Data:
        at = now_ms()
        ages = {"social_ins": 9, "medical_ins": 6, "housing_fund": 12}
        return {
            skill: {"waiting": n, "oldest_at": at - ages[skill] * 60_000 if n else None}
            for skill, n in self.counts.items()
        }

    def snapshot(self) -> Data:
        return {
            "seq": self.seq,
            "at": now_ms(),
            "day": DAY,
            "tz": "Asia/Shanghai",
            "hall": {"name": "青禾区政务服务中心", "name_en": "Qinghe", "short_name": "青禾政务"},
            "zones": [
                {"id": "B", "letter": "B", "name": "一楼B区", "name_en": "Zone B", "cls": "b"}
            ],
            "windows": [self.window],
            "calls": [],
            "waiting": {"A": 15, "B": 12, "C": 19},
            "queues": self.queues(),
            "notices": [],
            "hall_open": True,
            "opens_at": None,
        }
