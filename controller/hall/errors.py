"""Refusals: each a named error with a stable code and sentences in Chinese and English.

Sentences are templates; the facts given to the constructor fill them. A subclass is the rule that
refused.
"""

from typing import ClassVar

from controller.hall.visitor import hide_long_numbers


class HallError(Exception):
    """A command that the hall's rules refuse. Nothing has changed."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    title: ClassVar[str] = "Not possible now"
    detail: ClassVar[str] = "The hall's rules do not allow this now."
    title_zh: ClassVar[str] = "现在不能这样做"
    detail_zh: ClassVar[str] = "按大厅规则，现在不能这样做。"

    def __init__(self, **facts: int | str) -> None:
        # What a caller sent by mistake must not be said, logged and kept as an answer (law 7).
        self.facts = {
            k: hide_long_numbers(v) if isinstance(v, str) else v for k, v in facts.items()
        }
        super().__init__(self.detail.format(**self.facts))

    def english(self) -> str:
        """What is wrong and what to do, in English."""
        return self.detail.format(**self.facts)

    def chinese(self) -> str:
        """What is wrong and what to do, in Chinese."""
        facts = {**self.facts}
        if "state" in facts:
            facts["state"] = STATE_ZH.get(str(facts["state"]), facts["state"])
        return self.detail_zh.format(**facts)


STATE_ZH = {
    "waiting": "等候",
    "offered": "待叫",
    "held": "挂起",
    "returned": "过号返回",
    "handed": "转移中",
    "called": "已叫号",
    "serving": "办理中",
    "passed": "过号",
    "finished": "办结",
    "cancelled": "取消",
    "dropped": "弃号",
    "void": "作废",
    "closed": "未开放",
    "open": "开放",
    "paused": "暂停",
}


class UnknownItem(HallError):
    """No such service item."""

    code, status = "unknown-item", 404
    title, detail = "Unknown service item", "There is no service item {item}. Choose another one."
    title_zh, detail_zh = "没有这个事项", "没有事项 {item}，请另选。"


class UnknownTicket(HallError):
    """No such ticket today."""

    code, status = "unknown-ticket", 404
    title, detail = "Unknown ticket", "There is no ticket {ticket} today. Check the number."
    title_zh, detail_zh = "没有这张号票", "今天没有号票 {ticket}，请核对号码。"


class UnknownWindow(HallError):
    """No such window."""

    code, status = "unknown-window", 404
    title, detail = "Unknown window", "There is no window {window} in this hall."
    title_zh, detail_zh = "没有这个窗口", "本大厅没有 {window} 号窗口。"


class WrongState(HallError):
    """The ticket's life does not allow this step."""

    code = "wrong-state"
    title, detail = "Not in this state", "Ticket {number} is {state}; this is not possible now."
    title_zh, detail_zh = "号票状态不符", "{number} 现在是“{state}”，不能这样操作。"


class NumberGivenUp(WrongState):
    """The ticket was dropped: there is no way back to it."""

    title = "The number was given up"
    detail = "Ticket {number} was given up. Please take a new number."
    title_zh = "该号已弃号"
    detail_zh = "{number} 已作弃号处理，请重新取号。"


class WindowClosedError(HallError):
    """The window is closed."""

    code = "window-closed"
    title, detail = "The window is closed", "Window {window} is closed. Open it first."
    title_zh, detail_zh = "窗口未开放", "{window} 号窗口未开放，请先开窗。"


class WindowPausedError(HallError):
    """The window pauses."""

    code = "window-paused"
    title, detail = "The window is paused", "Window {window} is paused. Resume it first."
    title_zh, detail_zh = "窗口已暂停", "{window} 号窗口已暂停，请先恢复。"


class WindowNotPaused(HallError):
    """The window does not pause."""

    code = "wrong-state"
    title, detail = "The window is not paused", "Window {window} is {state}, not paused."
    title_zh, detail_zh = "窗口没有暂停", "{window} 号窗口现在是“{state}”，没有暂停。"


class WindowBusy(HallError):
    """A ticket is in hand."""

    code = "window-busy"
    title, detail = "A ticket is in hand", "Finish or pass {number} first."
    title_zh, detail_zh = "还有号票未办完", "请先办结 {number} 或作过号处理。"


class WindowTaken(HallError):
    """Another clerk sits there."""

    code = "window-taken"
    title = "Another clerk is signed on"
    detail = "Clerk {clerk} is signed on at window {window}. They must sign off first."
    title_zh, detail_zh = (
        "窗口已有人登录",
        "工号 {clerk} 已在 {window} 号窗口登录，须先签退。",
    )


class ClerkElsewhere(HallError):
    """One clerk, one window."""

    code = "clerk-elsewhere"
    title = "You are signed on at another window"
    detail = "You are signed on at window {window}. Sign off there first."
    title_zh, detail_zh = "您已在别的窗口登录", "您已在 {window} 号窗口登录，请先在那里签退。"


class NotYourWindow(HallError):
    """Only the clerk who is signed on may act there."""

    code, status = "not-your-window", 403
    title, detail = "Not your window", "You are not signed on at window {window}."
    title_zh, detail_zh = "不是您的窗口", "您没有在 {window} 号窗口登录。"


class NotYourTicket(HallError):
    """The ticket is not in this window's hand."""

    code = "not-your-ticket"
    title, detail = "Not at this window", "Ticket {number} is not at window {window}."
    title_zh, detail_zh = "号票不在本窗口", "{number} 不在 {window} 号窗口。"


class IssuedElsewhere(HallError):
    """Only the kiosk that gave the number may say so."""

    code = "not-your-ticket"
    title, detail = "Issued elsewhere", "Ticket {number} was issued by another device."
    title_zh, detail_zh = "不是本机取的号", "{number} 不是本机取的号，请到咨询台。"


class WrongItem(HallError):
    """Another item is in hand."""

    code = "wrong-state"
    title, detail = "Another item is in hand", "Ticket {number}: item {item} is not in hand."
    title_zh, detail_zh = "不是正在办的事项", "{number} 的第 {item} 项不是正在办的事项。"


class SameItem(HallError):
    """It is this matter already."""

    code = "same-item"
    title = "This matter is on the number already"
    detail = "{item} is on {number} already. Choose another matter."
    title_zh = "号票上已有该事项"
    detail_zh = "{number} 上已有事项 {item}，请另选。"


class ItemDone(HallError):
    """What is done is not changed."""

    code = "wrong-state"
    title, detail = "That matter is done", "Ticket {number}: item {item} is done already."
    title_zh, detail_zh = "该事项已办完", "{number} 的第 {item} 项已办完，不能更改。"


class ResultNeeded(HallError):
    """A finished item has a result (FR-45)."""

    code, status = "result-needed", 422
    title = "How did it end?"
    detail = "Choose a result: done, accepted, supplement, refused or referred."
    title_zh = "请选择办理结果"
    detail_zh = "请选择结果：办结、受理、一次性告知补正、不予受理或转办。"


class RecallLimit(HallError):
    """Recalled as often as the rule allows (FR-34)."""

    code = "recall-limit"
    title, detail = "Recalled often enough", "{number} was recalled {limit} times. Pass it."
    title_zh, detail_zh = "重呼次数已满", "{number} 已重呼 {limit} 次，可作过号处理。"


class TooSoon(HallError):
    """Wait a little (FR-34, FR-35)."""

    code = "too-soon"
    title, detail = "Too soon", "Wait {wait_s} more seconds."
    title_zh, detail_zh = "请稍候", "请再等 {wait_s} 秒。"


class SeriesFull(HallError):
    """No number is left, not even in the reserve series (FR-22)."""

    code = "series-full"
    title = "No numbers left today"
    detail = "Series {series} and the reserve series are used up. Go to the guide desk."
    title_zh, detail_zh = "今日号码已发完", "{series} 类号码及备用号码均已发完，请到咨询台。"


class ItemWithoutWindow(HallError):
    """No window of the hall can do the item."""

    code = "unknown-item"
    title, detail = "Nobody can serve this", "No window can serve item {item}."
    title_zh, detail_zh = "没有窗口可办", "没有窗口可以办理事项 {item}，请到咨询台。"


class ReasonNeeded(HallError):
    """Staff must say why (FR-28, FR-31)."""

    code, status = "reason-needed", 422
    title = "A reason is needed"
    detail = "Say why, then try again."
    title_zh = "需要填写理由"
    detail_zh = "请填写理由后再试。"


class NeedsAuthority(HallError):
    """Only a supervisor (FR-31)."""

    code, status = "needs-authority", 403
    title = "Only a supervisor may do this"
    detail = "A supervisor (duty manager) must do this."
    title_zh = "需要值班长权限"
    detail_zh = "此操作须由值班长进行。"


class CannotServe(HallError):
    """The window can do nothing of it."""

    code = "cannot-serve"
    title = "This window cannot do it"
    detail = "Window {window} can do nothing of {number}. Choose another window."
    title_zh = "该窗口不能办理"
    detail_zh = "{window} 号窗口不能办理 {number} 的事项，请另选窗口。"


class NothingOffered(HallError):
    """No number is reserved for the window (FR-32)."""

    code = "nothing-offered"
    title = "Nothing is offered"
    detail = "No number is reserved for window {window}."
    title_zh = "没有待叫的号"
    detail_zh = "{window} 号窗口现在没有待叫的号。"


class NothingToUndo(HallError):
    """There is no key press to take back (FR-45)."""

    code = "nothing-to-undo"
    title = "Nothing to take back"
    detail = "Nothing at window {window} can be taken back."
    title_zh = "没有可撤销的操作"
    detail_zh = "{window} 号窗口没有可以撤销的操作。"


class TooLateToUndo(HallError):
    """Too long since the key press (FR-45)."""

    code = "too-late-to-undo"
    title = "Too late to take back"
    detail = "A key can be taken back within {seconds} seconds only."
    title_zh = "已过撤销时间"
    detail_zh = "只能在 {seconds} 秒内撤销。"


class HoldLimit(HallError):
    """As many held as the rule allows (FR-38)."""

    code = "hold-limit"
    title = "Enough are held"
    detail = "Window holds {limit} numbers already. Call one of them back first."
    title_zh = "挂起数量已满"
    detail_zh = "本窗口已挂起 {limit} 个号，请先回呼其中一个。"


class SameWindow(HallError):
    """A ticket is not handed to the window it is at."""

    code = "same-window"
    title = "It is at this window"
    detail = "The number is at window {window} already. Choose another one."
    title_zh = "就在本窗口"
    detail_zh = "号票已在 {window} 号窗口，请另选窗口。"


class ClerkWithoutSkills(HallError):
    """The clerk can do nothing of what the window does."""

    code = "clerk-without-skills"
    title = "Nothing you can do at this window"
    detail = "Clerk {clerk} has none of the skills of window {window}. Choose another window."
    title_zh = "不具备该窗口技能"
    detail_zh = "工号 {clerk} 不具备 {window} 号窗口的任何技能，请到其他窗口。"


class UnknownSkill(HallError):
    """No such skill."""

    code, status = "unknown-skill", 404
    title = "Unknown skill"
    detail = "There is no skill {skill}."
    title_zh = "没有这个技能"
    detail_zh = "没有技能 {skill}。"


class NoSkillLeft(HallError):
    """A window does something."""

    code = "no-skill-left"
    title = "A window needs a skill"
    detail = "Window {window} must keep at least one skill. Close it instead."
    title_zh = "窗口至少要有一项技能"
    detail_zh = "{window} 号窗口至少要保留一项技能，如需停用请关窗。"


class UnknownPolicy(HallError):
    """No such policy value, or it cannot be changed while the hall works."""

    code, status = "unknown-policy", 404
    title = "Not a value that can be changed now"
    detail = "{name} is not a policy value that can be changed while the hall works."
    title_zh = "不能在运行时修改"
    detail_zh = "{name} 不是可以在运行时修改的规则值。"
