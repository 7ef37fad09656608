"""A decision's reason as a sentence that a clerk and a citizen can read."""

from collections.abc import Mapping

from controller.hall.model import Reason

Words = dict[str, str]

FASTER_PCT = 105
"""From here on a window is said to be quick at a service: less is nothing anybody would notice."""
FEW_POSTS = 2
"""So few windows that can do a service are worth a word."""

_CLASSES = {"priority": ("优先", "priority"), "appointment": ("预约", "appointment")}


def sentence(reason: Reason | None) -> Words:
    """The reason in Chinese (``zh``) and English (``en``); empty sentences without a reason.

    The dispatch class is told, never the legal ground of a priority: dispatch does not know it.
    """
    if reason is None:
        return {"zh": "", "en": ""}
    facts = dict(reason.facts)
    if reason.rule == "longest-waiting":
        return _longest(int(facts["waited_s"]), int(facts["can_do"]), int(facts["remaining"]))
    if reason.rule == "hall":
        return joined([*_waited(facts), *_here(facts), *_order(facts)])
    if reason.rule == "chosen":
        return {
            "zh": f"值班长 {facts['by']} 指定：{facts['why']}。",
            "en": f"Chosen by supervisor {facts['by']}: {facts['why']}.",
        }
    if reason.rule == "called-back":
        return {"zh": "挂起后回呼。", "en": "Called back after a hold."}
    return {"zh": reason.rule, "en": reason.rule}


def joined(parts: list[tuple[str, str]]) -> Words:
    """Phrases, each Chinese and English, as one sentence in each language."""
    en = "; ".join(en for _, en in parts)
    return {"zh": "；".join(zh for zh, _ in parts) + "。", "en": en[:1].upper() + en[1:] + "."}


Facts = Mapping[str, int | str]


def _waited(facts: Facts) -> list[tuple[str, str]]:
    minutes, cls = int(facts["waited_s"]) // 60, str(facts["cls"])
    if minutes:
        parts = [(f"等候 {minutes} 分钟", f"waited {minutes} min")]
    elif cls == "appointment":
        return [("按预约时间", "by appointment")]
    else:
        parts = [("等候不到 1 分钟", "waited less than 1 min")]
    if cls in _CLASSES:
        parts.append(_CLASSES[cls])
    return parts


def _here(facts: Facts) -> list[tuple[str, str]]:
    parts = []
    can_do, remaining, posts = (int(facts.get(k, 0)) for k in ("can_do", "remaining", "posts"))
    if remaining > 1:
        parts.append(
            (
                f"{remaining} 项中本窗口能办 {can_do} 项",
                f"this window can do {can_do} of {remaining} items",
            )
        )
    if posts == 1:
        parts.append(("现在只有本窗口能办", "only this window can do it now"))
    elif 0 < posts <= FEW_POSTS:
        parts.append((f"现在只有 {posts} 个窗口能办", f"only {posts} windows can do it now"))
    if int(facts["fit_pct"]) >= FASTER_PCT:
        parts.append(("本窗口办理较快", "this window is quick at it"))
    return parts


def _order(facts: Facts) -> list[tuple[str, str]]:
    older, cls, strict = int(facts["before_older"]), str(facts["cls"]), bool(facts["strict"])
    if not older:
        return [("本窗口能办的人中等得最久", "the longest among those this window can serve")]
    zh, en = f"先于至少 {older} 位等候更久的人", f"before at least {older} who waited longer"
    if strict and cls == "priority":
        return [(zh + "：优先者先办", en + ": priority goes first")]
    weighed = "：综合等候时间、办理快慢和窗口忙闲", ": wait, speed here and load weighed together"
    return [(zh + weighed[0], en + weighed[1])]


def _longest(waited_s: int, can_do: int, remaining: int) -> Words:
    minutes = waited_s // 60
    zh = f"等候 {minutes} 分钟" if minutes else "刚刚取号"
    en = f"Waited {minutes} min" if minutes else "Just arrived"
    if remaining > 1:
        zh += f"；{remaining} 项中本窗口能办 {can_do} 项"
        en += f"; this window can do {can_do} of {remaining} items"
    return {
        "zh": zh + "，是本窗口能办的人中等得最久的。",
        "en": en + ", the longest among those this window can serve.",
    }
