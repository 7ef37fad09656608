"""The desk server with decisions, alarms and staffing, as the supervisor's page needs them."""

from __future__ import annotations

from typing import Any

from flask import Flask, jsonify

from tests.browser.desk_fake import DAY, Data, Refused, now_ms
from tests.browser.desk_server import DeskServer


class WhyServer(DeskServer):
    """``decisions`` newest first; ``advice`` and ``alarms`` may be emptied."""

    def extend(self, app: Flask) -> None:
        self.role = "supervisor"
        self.decisions = [decision(n) for n in range(12, 0, -1)]
        self.alarms = [
            {
                "skill": "medical_ins",
                "name": "医保",
                "name_en": "Medical Insurance",
                "level": "alarm",
                "waiting": 6,
                "oldest_at": now_ms() - 14 * 60_000,
                "windows": [],
                "sentence": words(
                    "医保：6 人等候，没有窗口开放。", "Medical Insurance: 6 waiting, none open."
                ),
            }
        ]
        self.advice = [advice()]
        self.days = 0.0
        self.waits_age_ms = 0

        @app.get("/api/v1/decisions")
        def decisions() -> Any:
            self.check()
            return jsonify(seq=self.hall.seq, decisions=self.decisions, alarms=self.alarms)

        @app.get("/api/v1/staffing")
        def staffing() -> Any:
            self.check()
            return jsonify(seq=self.hall.seq, staffing=self.outlook())

        @app.get("/api/v1/tickets/<ticket>/why")
        def why(ticket: str) -> Any:
            self.check()
            if ticket != f"{DAY}-R046":
                raise Refused("unknown-ticket", 404, "There is no such ticket.", "今天没有这个号。")
            return jsonify(seq=self.hall.seq, why=answer(ticket))

    def foretell(self, at: int) -> None:
        """A new forecast, told with the heartbeats from now on."""
        self.waits = {"at": at, "zones": {}}

    def outlook(self) -> Data:
        """STAFFING as it is now."""
        at = now_ms() - self.waits_age_ms
        return {**outlook(self.advice), "days": self.days, "waits_at": at}

    def call(self, n: int) -> None:
        """One more call, told to everybody."""

        def add(_: object) -> None:
            self.decisions.insert(0, decision(n))

        self.change(add)


def words(zh: str, en: str) -> Data:
    return {"zh": zh, "en": en}


def decision(n: int) -> Data:
    return {
        "seq": 400 + n,
        "at": now_ms() - 60_000 * (20 - n),
        "ticket": f"{DAY}-R{n:03d}",
        "number": f"R{n:03d}",
        "window": 3 + n % 5,
        "class": ("ordinary", "priority", "appointment")[n % 3],
        "waited_s": 60 * n,
        "items": [
            {"code": "RS-003", "name": "社会保障卡申领", "name_en": "Social Security Card"},
            {"code": "YB-004", "name": "医保参保登记", "name_en": "Medical Insurance"},
        ][: 1 + n % 2],
        "reason": words(
            f"等候 {n} 分钟；本窗口能办的人中等得最久。",
            f"Waited {n} min; the longest among those this window can serve.",
        ),
    }


def load(work: int, capacity: int, pct: int | None) -> Data:
    return {"work_min": work, "capacity_min": capacity, "load_pct": pct}


def skill(
    name: str, zh: str, en: str, waiting: int, pcts: list[int | None], wait: list[int] | None
) -> Data:
    return {
        "skill": name,
        "name": zh,
        "name_en": en,
        "zone": "B",
        "waiting": waiting,
        "oldest_at": now_ms() - 600_000 if waiting else None,
        "windows": [3, 4] if pcts[0] is not None else [],
        "paused": [6],
        "closed": [23],
        "loads": [load(60, 60, pct) for pct in pcts],
        "wait": wait,
    }


def outlook(advised: list[Data]) -> Data:
    start = now_ms() // 3_600_000 * 3_600_000
    hours = [
        {"start_at": start + n * 3_600_000, "end_at": start + (n + 1) * 3_600_000}
        for n in (0, 1, 2)
    ]
    return {
        "at": now_ms(),
        "free": [{"no": "0530", "window": 23}],
        "hours": hours,
        "skills": [
            skill("civil", "民政救助", "Social Relief", 0, [40, 55, 0], [0, 0]),
            skill(
                "social_ins", "社保就业", "Social Insurance and Jobs", 9, [84, 121, 70], [15, 25]
            ),
            skill("medical_ins", "医保", "Medical Insurance", 6, [None, None, None], None),
        ],
        "advice": advised,
    }


def advice() -> Data:
    start = now_ms() // 3_600_000 * 3_600_000
    return {
        "window": 23,
        "name": "潮汐窗口",
        "name_en": "Flexible Counter",
        "skill": "social_ins",
        "skill_name": "社保就业",
        "skill_name_en": "Social Insurance and Jobs",
        "hour": {"start_at": start, "end_at": start + 3_600_000},
        "now": False,
        "before": load(145, 120, 121),
        "after": load(145, 180, 81),
        "clerk": {"no": "0530", "window": 23},
        "sentence": words(
            "建议 14:00 前开放 23 号窗口办理社保就业",
            "Open window 23 for Social Insurance and Jobs before 14:00",
        ),
        "evidence": words(
            "14:00–15:00 预计办理用时 145 分钟，窗口可用 120 分钟，负荷 121%；开放后 81%。"
            "现在来办，预计等候：约 15–25 分钟。工号 0530 空闲，能办社保就业。",
            "14:00–15:00: 145 min of work expected, room for 120 min, 121% busy; 81% after. "
            "Wait of somebody who comes now: about 15–25 min. Clerk 0530 is free and can do it.",
        ),
    }


def answer(ticket: str) -> Data:
    rival = {"ticket": f"{DAY}-R044", "number": "R044", "causes": ["older"]}
    return {
        "ticket": ticket,
        "number": "R046",
        "state": "waiting",
        "class": "ordinary",
        "waited_s": 540,
        "early_s": 0,
        "same_before": 2,
        "answer": "later",
        "sentence": words("前面还有 2 人办同样的事。", "2 people with the same matter are before."),
        "details": [words("已等候 9 分钟。", "Waited 9 min so far.")],
        "missing": [],
        "windows": [
            {
                "no": 5,
                "state": "busy",
                "until": None,
                "number": "R040",
                "since": now_ms() - 120_000,
                "called_before": None,
                "next": rival,
                "mine": False,
                "sentence": words("先叫 R044：等候更久。", "R044 goes first: waited longer."),
            }
        ],
    }
