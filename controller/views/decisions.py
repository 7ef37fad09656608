"""Why decisions fell, on the wire: the last calls with their reasons, what keeps a ticket waiting,
and the skills that lack windows. No persons."""

from dataclasses import dataclass

from controller.catalogue import Catalogue
from controller.dispatch.because import at_window, details, headline
from controller.dispatch.reason import Words, sentence
from controller.dispatch.why import AtWindow, Rival, Why
from controller.hall.model import SECOND, Instant, Plan, Window, WindowState
from controller.hall.waiting import WaitingLines
from controller.views.board import Board, Decision
from controller.views.wire import Json, ms


def decision_json(catalogue: Catalogue, d: Decision) -> Json:
    """DECISION of docs/protocol.md."""
    return {
        "seq": d.seq,
        "at": ms(d.at),
        "ticket": d.ticket,
        "number": d.number,
        "window": d.window,
        "class": d.cls,
        "waited_s": d.waited // SECOND,
        "items": [
            {"code": s, "name": catalogue.items[s].name, "name_en": catalogue.items[s].name_en}
            for s in d.services
        ],
        "reason": sentence(d.reason),
    }


@dataclass(frozen=True, slots=True)
class Alarm:
    """A skill that people wait for and that no window, or a single one, is open for."""

    skill: str
    waiting: int
    oldest: Instant | None
    windows: tuple[int, ...]


def alarms(plan: Plan, windows: dict[int, Window], lines: WaitingLines) -> list[Alarm]:
    """The skills with waiting tickets and at most one open window, the worst first."""
    found = []
    for skill in plan.skills:
        open_ = tuple(
            w.no for w in windows.values() if w.state is WindowState.OPEN and skill in w.skills
        )
        if lines.count(skill) and len(open_) <= 1:
            found.append(Alarm(skill, lines.count(skill), lines.oldest(skill), open_))
    return sorted(found, key=lambda a: (len(a.windows), -a.waiting, a.skill))


def alarms_json(board: Board, catalogue: Catalogue) -> list[Json]:
    """ALARM of docs/protocol.md, the worst first."""
    return [_alarm(catalogue, a) for a in alarms(board.plan, board.windows, board.lines)]


def _alarm(catalogue: Catalogue, a: Alarm) -> Json:
    words = catalogue.skills[a.skill]
    return {
        "skill": a.skill,
        "name": words.name,
        "name_en": words.name_en,
        "level": "warning" if a.windows else "alarm",
        "waiting": a.waiting,
        "oldest_at": ms(a.oldest),
        "windows": list(a.windows),
        "sentence": _alarm_words(a, words.name, words.name_en),
    }


def _alarm_words(a: Alarm, name: str, name_en: str) -> Words:
    if a.windows:
        return {
            "zh": f"{name}：{a.waiting} 人等候，只有 {a.windows[0]} 号窗口开放。",
            "en": f"{name_en}: {a.waiting} waiting, only window {a.windows[0]} is open.",
        }
    return {
        "zh": f"{name}：{a.waiting} 人等候，没有窗口开放。",
        "en": f"{name_en}: {a.waiting} waiting, no window is open.",
    }


def why_json(catalogue: Catalogue, why: Why) -> Json:
    """WHY of docs/protocol.md."""
    t = why.ticket

    def named(skill: str) -> tuple[str, str]:
        words = catalogue.skills[skill]
        return words.name, words.name_en

    return {
        "ticket": t.id,
        "number": t.number,
        "state": t.state,
        "class": t.cls,
        "waited_s": why.waited // SECOND,
        "early_s": -(-why.early // SECOND),
        "same_before": why.same_before,
        "answer": why.answer,
        "sentence": headline(why, named),
        "details": details(why, named),
        "missing": [{"id": s, "name": named(s)[0], "name_en": named(s)[1]} for s in why.missing],
        "windows": [_window(w) for w in why.windows],
    }


def _window(w: AtWindow) -> Json:
    state = str(w.state) if w.state is not WindowState.OPEN else ("busy" if w.in_hand else "free")
    return {
        "no": w.no,
        "state": state,
        "until": ms(w.until),
        "number": w.in_hand,
        "since": ms(w.since),
        "called_before": _rival(w.before),
        "next": _rival(w.next),
        "mine": w.state is WindowState.OPEN and w.next is None,
        "sentence": at_window(w),
    }


def _rival(rival: Rival | None) -> Json | None:
    if rival is None:
        return None
    return {"ticket": rival.ticket, "number": rival.number, "causes": list(rival.causes)}
