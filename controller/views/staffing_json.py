"""STAFFING of docs/protocol.md: the next hours' work against the windows, with advice in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from config.fields import minutes
from controller.catalogue import Catalogue
from controller.hall.instants import MINUTE, SECOND, Instant, Moment
from controller.hall.model import WindowState
from controller.views.board import Board
from controller.views.demand import Demand
from controller.views.roster import Clerk, free_clerks
from controller.views.staffing import Advice, Hour, Load, Post, Work, advise, outlook
from controller.views.waits import Waits, wait_words
from controller.views.wire import Json, ms

SHORTEST_MIN = 30
"""A piece of an hour shorter than this is too short to plan by."""
MOST_PCT = 300
"""Beyond this a load says nothing more."""

Words = dict[str, str]
Spans = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Outside:
    """What the board does not tell: the usual day, the waits foretold by skill (None: nothing
    fresh), and the work numbers whose account is closed."""

    usual: Demand
    waits: Waits | None = None
    gone: frozenset[str] = frozenset()


def staffing_json(board: Board, catalogue: Catalogue, now: Moment, outside: Outside) -> Json:
    """What the next hours need by the usual day, who waits how long, and what to open."""
    config, windows = catalogue.config, board.windows.values()
    minute = now.local.hour * 60 + now.local.minute
    hours = hours_left(minute, _spans(config.hall.hours))
    works = _works(board, outside.usual, hours, minute)
    posts = [Post(w.no, w.skills, w.clerk is not None) for w in windows]
    seen = outlook(hours, works, posts)
    free = free_clerks(config, windows, outside.gone)
    midnight = now.at - (minute * 60 + now.local.second) * MINUTE // 60
    words = _Words(catalogue, hours, midnight, minute, outside.waits)
    return {
        "at": ms(now.at),
        "days": round(outside.usual.days, 1),
        "waits_at": ms(outside.waits.at) if outside.waits else None,
        "free": [_clerk(clerk) for clerk in free] if config.clerks else None,
        "hours": [words.hour(hour) for hour in hours],
        "skills": [
            {**_skill(board, catalogue, w, seen.loads[w.skill]), "wait": words.wait(w.skill)}
            for w in works
        ],
        "advice": [words.advice(one) for one in advise(hours, works, posts, free)],
    }


def hours_left(minute: int, spans: Iterable[tuple[int, int]]) -> tuple[Hour, ...]:
    """What is left of the working day, by the hour of the clock; pieces under `SHORTEST_MIN` go
    with their neighbour. After work the running hour alone, so that those who wait still count."""
    found: list[Hour] = []
    for start, end in sorted(spans):
        at = max(start, minute)
        while at < end:
            until = min(end, (at // 60 + 1) * 60)
            if until - at < SHORTEST_MIN or end - until < SHORTEST_MIN:
                until = min(end, until + 60)
            found.append(Hour(at, until))
            at = until
    return tuple(found) or (Hour(minute, (minute // 60 + 1) * 60),)


def _works(board: Board, usual: Demand, hours: tuple[Hour, ...], minute: int) -> tuple[Work, ...]:
    ends = [minute, *(hour.end for hour in hours)]
    shares = [usual.share(a, b) for a, b in pairwise(ends)]
    daily: dict[str, float] = {}
    backlog: dict[str, float] = {}
    for code, many in usual.daily.items():
        skill, minutes_each = board.plan.skill_of(code), usual.minutes[code]
        daily[skill] = daily.get(skill, 0.0) + many * minutes_each
        waiting = board.lines.items.get(code, 0) * minutes_each
        backlog[skill] = backlog.get(skill, 0.0) + waiting
    return tuple(
        Work(
            skill,
            board.lines.count(skill),
            backlog.get(skill, 0.0),
            tuple(daily.get(skill, 0.0) * share for share in shares),
        )
        for skill in board.plan.skills
    )


def _skill(board: Board, catalogue: Catalogue, work: Work, loads: tuple[Load, ...]) -> Json:
    words = catalogue.skills[work.skill]
    able = [w for w in board.windows.values() if work.skill in w.skills]
    return {
        "skill": work.skill,
        "name": words.name,
        "name_en": words.name_en,
        "zone": words.zone,
        "waiting": work.waiting,
        "oldest_at": ms(board.lines.oldest(work.skill)),
        "windows": [w.no for w in able if w.state is WindowState.OPEN],
        "paused": [w.no for w in able if w.state is WindowState.PAUSED],
        "closed": [w.no for w in able if w.state is WindowState.CLOSED],
        "loads": [_load(load) for load in loads],
    }


def _clerk(clerk: Clerk) -> Json:
    return {"no": clerk.no, "window": clerk.home}


def _load(load: Load) -> Json:
    return {
        "work_min": round(load.work),
        "capacity_min": round(load.capacity),
        "load_pct": None if load.share is None else round(100 * load.share),
    }


class _Words:
    """Advice as data and as sentences."""

    def __init__(
        self,
        catalogue: Catalogue,
        hours: tuple[Hour, ...],
        midnight: Instant,
        minute: int,
        waits: Waits | None,
    ) -> None:
        self._catalogue, self._hours, self._waits = catalogue, hours, waits
        self._midnight, self._minute = midnight - midnight % SECOND, minute

    def hour(self, hour: Hour) -> Json:
        """When an hour begins and ends."""
        start, end = (self._midnight + at * MINUTE for at in (hour.start, hour.end))
        return {"start_at": ms(start), "end_at": ms(end)}

    def wait(self, skill: str) -> list[int] | None:
        """What somebody who comes now is expected to wait."""
        told = self._waits.told.get(skill) if self._waits else None
        return list(told) if told else None

    def advice(self, a: Advice) -> Json:
        """One piece of advice."""
        window, skill = self._catalogue.windows[a.no], self._catalogue.skills[a.skill]
        hour = self._hours[a.hour]
        before, after = _load(a.before), _load(a.after)
        return {
            "window": a.no,
            "name": window.name,
            "name_en": window.name_en,
            "skill": a.skill,
            "skill_name": skill.name,
            "skill_name_en": skill.name_en,
            "hour": self.hour(hour),
            "now": hour.start <= self._minute,
            "before": before,
            "after": after,
            "clerk": _clerk(a.clerk) if a.clerk else None,
            "sentence": self._sentence(a, hour, skill.name, skill.name_en),
            "evidence": _joined(
                _evidence(hour, before, after), self._waiting(a.skill), self._who(a, skill.name)
            ),
        }

    def _waiting(self, skill: str) -> Words | None:
        told = self._waits.told.get(skill) if self._waits else None
        if told is None:
            return None
        words = wait_words(told)
        return {
            "zh": f"现在来办，预计等候：{words['zh']}。",
            "en": f"Wait of somebody who comes now: {words['en']}.",
        }

    def _who(self, a: Advice, name: str) -> Words | None:
        """Whether somebody is free for it; nothing where no clerks are configured."""
        if not self._catalogue.config.clerks:
            return None
        if a.clerk is None:
            return {"zh": f"没有空闲且能办{name}的人员。", "en": "No free clerk can do it."}
        no, home = a.clerk.no, a.clerk.home
        if home == a.no:
            return {
                "zh": f"工号 {no} 空闲，能办{name}。",
                "en": f"Clerk {no} is free and can do it.",
            }
        return {
            "zh": f"工号 {no}（平时在 {home} 号窗口）空闲，能办{name}。",
            "en": f"Clerk {no} (usually at window {home}) is free and can do it.",
        }

    def _sentence(self, a: Advice, hour: Hour, name: str, name_en: str) -> Words:
        if hour.start <= self._minute:
            return {
                "zh": f"建议现在开放 {a.no} 号窗口办理{name}",
                "en": f"Open window {a.no} now for {name_en}",
            }
        at = _clock(hour.start)
        return {
            "zh": f"建议 {at} 前开放 {a.no} 号窗口办理{name}",
            "en": f"Open window {a.no} for {name_en} before {at}",
        }


def _evidence(hour: Hour, before: Json, after: Json) -> Words:
    span = f"{_clock(hour.start)}–{_clock(hour.end)}"
    work, room, then = before["work_min"], before["capacity_min"], _percent(after["load_pct"])
    if before["load_pct"] is None:
        return {
            "zh": f"{span} 预计办理用时 {work} 分钟，没有窗口能办；开放后负荷 {then}。",
            "en": f"{span}: {work} min of work expected, no window for it; {then} busy then.",
        }
    was = _percent(before["load_pct"])
    return {
        "zh": f"{span} 预计办理用时 {work} 分钟，窗口可用 {room} 分钟，负荷 {was}；开放后 {then}。",
        "en": f"{span}: {work} min of work expected, room for {room} min, {was} busy; "
        f"{then} after.",
    }


def _joined(*sentences: Words | None) -> Words:
    said = [words for words in sentences if words is not None]
    return {"zh": "".join(w["zh"] for w in said), "en": " ".join(w["en"] for w in said)}


def _percent(load: int) -> str:
    return f"{load}%" if load <= MOST_PCT else f">{MOST_PCT}%"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _spans(written: Spans) -> list[tuple[int, int]]:
    return [(minutes(start) or 0, minutes(end) or 0) for start, end in written]
