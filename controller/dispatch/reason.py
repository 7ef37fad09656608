"""A decision's reason as a sentence that a clerk and a citizen can read."""

from controller.hall.model import Reason


def sentence(reason: Reason | None) -> dict[str, str]:
    """The reason in Chinese (``zh``) and English (``en``); empty sentences without a reason."""
    if reason is None:
        return {"zh": "", "en": ""}
    facts = dict(reason.facts)
    if reason.rule == "longest-waiting":
        return _longest(int(facts["waited_s"]), int(facts["can_do"]), int(facts["remaining"]))
    return {"zh": reason.rule, "en": reason.rule}


def _longest(waited_s: int, can_do: int, remaining: int) -> dict[str, str]:
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
