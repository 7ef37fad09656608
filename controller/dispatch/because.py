"""Why a ticket was not called yet, in sentences for the guide who is asked (see `why`)."""

from collections.abc import Callable

from controller.dispatch.reason import Words
from controller.dispatch.why import Answer, AtWindow, Cause, Rival, Why
from controller.hall.instants import MINUTE
from controller.hall.model import TicketState, WindowState

Named = Callable[[str], tuple[str, str]]
"""The name of a skill in Chinese and English."""

_STATES = {
    TicketState.OFFERED: ("即将叫号", "It is about to be called"),
    TicketState.HELD: ("已挂起，等本人回到窗口", "It is held until the person is back"),
    TicketState.RETURNED: (
        "过号后已返回，再叫几个号后重新排队",
        "It is back after a pass and stands in line again after a few calls",
    ),
    TicketState.HANDED: ("正在转给另一个窗口", "It is on its way to another window"),
    TicketState.CALLED: ("已叫号", "It has been called"),
    TicketState.SERVING: ("正在办理", "It is being served"),
    TicketState.PASSED: ("已过号", "It was called and nobody came"),
    TicketState.FINISHED: ("已办结", "All is done"),
    TicketState.CANCELLED: ("已取消", "It was cancelled"),
    TicketState.DROPPED: ("已弃号", "It was given up"),
    TicketState.VOID: ("已作废", "It is void"),
}

_CAUSES = {
    Cause.STRICT: ("优先者先办", "priority goes first"),
    Cause.BOUND: (
        "同类别、同事项中有人等得更久，须先叫",
        "somebody of the same class waits longer for the same matter and goes first",
    ),
    Cause.CAP: (
        "有人已让优先号先办多次，须先叫",
        "somebody let as many priority numbers pass as the rule allows and goes first",
    ),
    Cause.OLDER: ("等得更久", "it waits longer"),
    Cause.PRIORITY: ("是优先号", "it has priority"),
    Cause.APPOINTMENT: ("是预约号", "it has an appointment"),
    Cause.FASTER: ("其事项在本窗口办得较快", "its matter is done quicker here"),
    Cause.SCARCE: ("能办其事项的窗口更紧缺", "windows for its matter are scarcer"),
    Cause.SHORTER: ("其事项用时较短", "its matter takes less time"),
    Cause.TOGETHER: ("综合排序在前", "all weighed together it comes first"),
}


def headline(why: Why, named: Named) -> Words:
    """The answer in one sentence."""
    if why.answer is Answer.NOT_WAITING:
        zh, en = _STATES[why.ticket.state]
        return {"zh": zh + "。", "en": en + "."}
    if why.answer is Answer.NO_WINDOW:
        return _no_window(why, named)
    open_ = [w for w in why.windows if w.state is WindowState.OPEN]
    return _OPEN[why.answer](why, open_)


def details(why: Why, named: Named) -> list[Words]:
    """What else must be known, a sentence each."""
    found = []
    if why.early:
        minutes = -(-why.early // MINUTE)
        found.append(
            {
                "zh": f"预约时间还有 {minutes} 分钟。",
                "en": f"Its appointment is in {minutes} min.",
            }
        )
    if why.same_before:
        found.append(
            {
                "zh": f"同类号中还有 {why.same_before} 个等得更久。",
                "en": f"{why.same_before} of the same kind wait longer.",
            }
        )
    if why.missing and why.answer is not Answer.NO_WINDOW:
        found.append(_no_window(why, named))
    return found


def at_window(window: AtWindow) -> Words:
    """What a window does and whom it prefers."""
    if window.state is not WindowState.OPEN:
        return {"zh": "暂停服务。", "en": "Paused."}
    parts = []
    if window.in_hand is not None:
        parts.append({"zh": f"正在办理 {window.in_hand}", "en": f"Serving {window.in_hand}"})
        if window.before is not None:
            parts[0] = _rival("先叫了", "Called", window.before)
    else:
        parts.append({"zh": "空闲", "en": "Free"})
    if window.next is None:
        parts.append({"zh": "下一个就叫此号", "en": "this one is next"})
    else:
        parts.append(_rival("下一个叫", "next is", window.next))
    return {
        "zh": "；".join(p["zh"] for p in parts) + "。",
        "en": "; ".join(p["en"] for p in parts) + ".",
    }


def _rival(zh: str, en: str, rival: Rival) -> Words:
    causes = [_CAUSES[c] for c in rival.causes]
    return {
        "zh": f"{zh} {rival.number}：" + "，".join(c for c, _ in causes),
        "en": f"{en} {rival.number}: " + ", ".join(c for _, c in causes),
    }


def _no_window(why: Why, named: Named) -> Words:
    names = [named(skill) for skill in why.missing]
    zh, en = "、".join(zh for zh, _ in names), ", ".join(en for _, en in names)
    return {
        "zh": f"现在没有开放的窗口能办：{zh}。",
        "en": f"No window is open that can do: {en}.",
    }


def _paused(why: Why, open_: list[AtWindow]) -> Words:
    n = len(why.windows)
    if n == 1:
        zh, en = "能办的窗口只有 1 个，正在暂停", "The only window that can do it is paused"
    else:
        zh, en = f"能办的 {n} 个窗口都在暂停", f"All {n} windows that can do it are paused"
    return {"zh": zh + "。", "en": en + "."}


def _busy(why: Why, open_: list[AtWindow]) -> Words:
    n, resting = len(open_), len(why.windows) - len(open_)
    zh = f"能办的 {n} 个窗口都在办理" if n > 1 else "能办的窗口只开了 1 个，正在办理"
    en = f"All {n} open windows that can do it are busy"
    if n == 1:
        en = "The only open window that can do it is busy"
    if resting:
        zh, en = zh + f"，另有 {resting} 个暂停", en + f", {resting} more paused"
    mine = [w.no for w in open_ if w.next is None]
    if mine:
        zh += f"；{mine[0]} 号窗口下一个就叫此号"
        en += f"; it is next at window {mine[0]}"
    return {"zh": zh + "。", "en": en + "."}


def _next(why: Why, open_: list[AtWindow]) -> Words:
    no = next(w.no for w in open_ if w.in_hand is None and w.next is None)
    return {
        "zh": f"{no} 号窗口空闲，下一个就叫此号。",
        "en": f"Window {no} is free and this one is next there.",
    }


def _later(why: Why, open_: list[AtWindow]) -> Words:
    first = next(w for w in open_ if w.in_hand is None)
    assert first.next is not None
    zh, en = f"{first.no} 号窗口空闲，但先叫", f"Window {first.no} is free but calls"
    said = _rival(zh, en, first.next)
    return {"zh": said["zh"] + "。", "en": said["en"] + "."}


_OPEN: dict[Answer, Callable[[Why, list[AtWindow]], Words]] = {
    Answer.PAUSED: _paused,
    Answer.BUSY: _busy,
    Answer.NEXT: _next,
    Answer.LATER: _later,
}
