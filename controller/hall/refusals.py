"""Refusals of taking a number: which rule, and what the person can do instead."""

from controller.hall.errors import HallError


class AlreadyWaiting(HallError):
    """One person, one open ticket per line (FR-08)."""

    code = "already-waiting"
    title = "You have a number already"
    detail = "You have {number} for this already. It can be printed again."
    title_zh = "您已有号票"
    detail_zh = "您已有号票 {number}，不必重复取号，可以补打。"


class DailyLimit(HallError):
    """Tickets per person and day (FR-09)."""

    code = "daily-limit"
    title = "As many numbers as one person may take today"
    detail = "One person may take {limit} numbers a day. The guide desk can help."
    title_zh = "今日取号已达上限"
    detail_zh = "每人每天最多取 {limit} 个号，确需再取请到咨询台。"


class ItemLimit(HallError):
    """Tickets per person, item and day (FR-09)."""

    code = "item-limit"
    title = "As many numbers for this as one person may take today"
    detail = "One person may take {limit} numbers a day for this. The guide desk can help."
    title_zh = "本事项取号已达上限"
    detail_zh = "同一事项每人每天最多取 {limit} 个号，确需再取请到咨询台。"


class TooManyItems(HallError):
    """Items on one ticket (FR-10)."""

    code = "too-many-items"
    title = "Too many matters on one number"
    detail = "One number holds {limit} matters. Leave some out and take another number later."
    title_zh = "事项太多"
    detail_zh = "一个号最多办 {limit} 项，请减少事项，办完后再取号。"


class TicketingClosed(HallError):
    """No numbers at this time (FR-12)."""

    code = "ticketing-closed"
    title = "No numbers now"
    detail = "No numbers are given for this now; next at {next}. The guide desk can help."
    title_zh = "现在不取号"
    detail_zh = "现在不能取这个事项的号，下次取号时间 {next}，可到咨询台询问。"


class QuotaExhausted(HallError):
    """The slot's quota is given out (FR-12)."""

    code = "quota-exhausted"
    title = "No numbers left in this slot"
    detail = "All numbers of this slot are given out; next at {next}."
    title_zh = "本时段号已取完"
    detail_zh = "本时段的号已取完，下一时段 {next} 开始取号。"


class TooManyWaiting(HallError):
    """What waits now takes until closing (FR-13)."""

    code = "too-many-waiting"
    title = "Too many are waiting today"
    detail = (
        "Those who wait now take until closing; numbers again at {next}. The guide desk can help."
    )
    title_zh = "今日等候人数已满"
    detail_zh = "现在排队的已排到下班，请 {next} 再来取号，急事请到咨询台。"


class TooEarly(HallError):
    """Before the time in which an appointment checks in (FR-14)."""

    code = "too-early"
    title = "Too early for the appointment"
    detail = "Numbers for this appointment are given from {time} on. Please come back then."
    title_zh = "预约时间未到"
    detail_zh = "请在 {time} 以后来取预约号。"


class UnknownGroup(HallError):
    """No such group with a right to go first (FR-25)."""

    code, status = "unknown-group", 404
    title = "Unknown group"
    detail = "There is no group {group} with a right to go first."
    title_zh = "没有这个优先类别"
    detail_zh = "没有优先类别 {group}。"


class EvidenceNeeded(HallError):
    """Staff must see the evidence and say so (FR-25, FR-28)."""

    code, status = "evidence-needed", 403
    title = "Evidence is needed"
    detail = "This priority is granted by staff who saw the evidence. Go to the guide desk."
    title_zh = "需要核验证件"
    detail_zh = "该优先类别须由工作人员核验后给予，请到咨询台。"


class NoLowCounter(HallError):
    """No low counter does all of it (FR-29)."""

    code = "no-low-counter"
    title = "No accessible counter for this"
    detail = "No accessible counter does all of this. The guide desk will help."
    title_zh = "没有可办的无障碍窗口"
    detail_zh = "没有无障碍窗口能办全部事项，请到咨询台由工作人员协助。"


class LeaseLimit(HallError):
    """As many numbers as one kiosk may have set aside and not reported (FR-23)."""

    code = "lease-limit"
    title = "Enough numbers are set aside"
    detail = (
        "{open} numbers of {series} are set aside for this kiosk and not reported. "
        "Report what was given out, or let the guide desk take the slips in; then ask again."
    )
    title_zh = "备用号已够"
    detail_zh = (
        "这台取号机还有 {open} 个 {series} 字头的备用号没有上报，暂不再留。"
        "请先上报已打出的号，或由导办台登记号码条。"
    )


class NotLeased(HallError):
    """No kiosk was given this number to give out (FR-23)."""

    code = "not-leased"
    title = "Not a number of a kiosk's own"
    detail = "{number} was not set aside for a kiosk, or is in already. Check the slip."
    title_zh = "不是备用号"
    detail_zh = "{number} 不是留给取号机的备用号，或已登记过，请核对号码条。"


class AnotherDay(HallError):
    """A number of a day that is over (FR-22): today's of the same name is another."""

    code = "another-day"
    title = "A number of another day"
    detail = "{number} was given on another day and is no longer valid. Please take a new number."
    title_zh = "不是今天的号"
    detail_zh = "{number} 不是今天的号，已经失效，请重新取号。"


class CodeTaken(HallError):
    """Another slip of today has this short code (FR-23)."""

    code = "code-taken"
    title = "Another number has this code"
    detail = "The code {short_code} belongs to {number}. Check the slip; it may be in already."
    title_zh = "短码已有号票"
    detail_zh = "短码 {short_code} 已属于号票 {number}，请核对号码条；同一张不必再登记。"


class ReprintLimit(HallError):
    """Reprinted as often as the rule allows (FR-20)."""

    code = "reprint-limit"
    title = "Printed often enough"
    detail = (
        "{number} was printed again {limit} times. Note the number down, or go to the guide desk."
    )
    title_zh = "补打次数已满"
    detail_zh = "{number} 已补打 {limit} 次，请记下号码或到咨询台。"


class TooLateToReprint(HallError):
    """Too long since the number was given (FR-20)."""

    code = "too-late-to-reprint"
    title = "Too late to print again"
    detail = "{number} can be printed again within {minutes} minutes. Note it down now."
    title_zh = "已过补打时间"
    detail_zh = "{number} 只能在取号后 {minutes} 分钟内补打，请记下号码或到咨询台。"


class NotYours(HallError):
    """The card or the code does not belong to the ticket (FR-21)."""

    code = "not-your-ticket"
    title = "Not your number"
    detail = "{number} was not taken with this card or code. The guide desk can help."
    title_zh = "不是您的号"
    detail_zh = "{number} 不是用这张证件或这个号码条取的，请刷本人证件或到咨询台。"


class UnknownCode(HallError):
    """No slip of today has this code (FR-24)."""

    code, status = "unknown-ticket", 404
    title = "Unknown code"
    detail = "No slip of today has this code. Check the slip, or lay your card."
    title_zh = "没有这个号码条"
    detail_zh = "今天没有这个短码的号，请核对号码条或刷证件查询。"


class StaffOnly(HallError):
    """Only staff say what they saw and let somebody have more (FR-28)."""

    code, status = "staff-only", 403
    title = "Only staff may do this"
    detail = "Only staff may grant this. Go to the guide desk."
    title_zh = "须由工作人员办理"
    detail_zh = "此项须由工作人员办理，请到咨询台。"


class NotBookable(HallError):
    """The item takes no appointments (FR-16)."""

    code = "not-bookable"
    title = "No appointments for this"
    detail = "No appointments are made for this. Take a number at a kiosk."
    title_zh = "本事项不预约"
    detail_zh = "本事项不接受预约，请到现场取号。"


class SlotFull(HallError):
    """The slot does not exist or is full (FR-16)."""

    code = "slot-full"
    title = "This time is not free"
    detail = "This time cannot be booked (any more). The next free one is {next}."
    title_zh = "该时段不能预约"
    detail_zh = "该时段不能预约或已约满，下一个可约时段是 {next}。"


class BookedThatDay(HallError):
    """One appointment per person and day (FR-16)."""

    code = "booked-that-day"
    title = "You have an appointment that day"
    detail = (
        "One person may have one appointment a day, one that was kept included. "
        "Cancel the other one first if it is still open."
    )
    title_zh = "当天已有预约"
    detail_zh = "每人每天只能预约一次，已签到的也算；未签到的可先取消，再约别的时间。"


class BookingBlocked(HallError):
    """Nobody came too often (FR-15)."""

    code = "booking-blocked"
    title = "No appointments for a while"
    detail = "Appointments were missed; book again from {until}. Numbers at the kiosk as always."
    title_zh = "暂停预约"
    detail_zh = "因多次预约未到，{until} 起方可再预约；现场取号不受影响，有异议请找值班长。"


class UnknownBooking(HallError):
    """No such appointment, or it is over."""

    code, status = "unknown-booking", 404
    title = "No such appointment"
    detail = "There is no appointment for today with this card or code. The guide desk can help."
    title_zh = "没有这个预约"
    detail_zh = "没有查到您今天的预约，请核对预约码或到咨询台。"


class TooLateToCancel(HallError):
    """Too near (FR-16)."""

    code = "too-late-to-cancel"
    title = "Too late to cancel"
    detail = "An appointment can be cancelled up to {minutes} minutes before it."
    title_zh = "已过取消时限"
    detail_zh = "预约须提前 {minutes} 分钟取消。"


class NoticeText(HallError):
    """A notice is plain text that fits a screen (T15)."""

    code, status = "notice-text", 422
    title = "The notice cannot be shown"
    detail = "Write {least} to {most} characters of plain text in one line."
    title_zh = "通告内容不合要求"
    detail_zh = "请写 {least} 到 {most} 个字，只用普通文字，不换行。"


class NoticeLimit(HallError):
    """More notices than anybody reads."""

    code = "notice-limit"
    title = "Too many notices"
    detail = "There are {limit} notices already. Withdraw one first."
    title_zh = "通告太多"
    detail_zh = "已有 {limit} 条通告，请先撤下一条。"


class UnknownNotice(HallError):
    """No such notice, or its time is over."""

    code, status = "unknown-notice", 404
    title = "Unknown notice"
    detail = "There is no notice {notice}, or it has ended."
    title_zh = "没有这条通告"
    detail_zh = "没有通告 {notice}，或已结束。"


class SecondPersonNeeded(HallError):
    """Whoever wrote a notice does not release it (T15)."""

    code, status = "second-person-needed", 403
    title = "A second person must release it"
    detail = "You wrote this notice. Another supervisor must read and release it."
    title_zh = "需要另一人发布"
    detail_zh = "这条通告是您写的，请另一位值班长看过后发布。"


class NotYourNotice(HallError):
    """A notice of somebody else."""

    code, status = "not-your-notice", 403
    title = "Not your notice"
    detail = "Somebody else wrote this notice. A supervisor may withdraw it."
    title_zh = "不是您写的通告"
    detail_zh = "这条通告是别人写的，请值班长撤下。"


class NoEmergency(HallError):
    """There is nothing to end."""

    code = "no-emergency"
    title = "No emergency"
    detail = "The screens show no emergency."
    title_zh = "没有紧急提示"
    detail_zh = "屏幕上现在没有紧急提示。"


class RatingOver(HallError):
    """The time for it is over, the next number was called, or the visit goes on after all."""

    code = "rating-over"
    title = "This visit can no longer be rated here"
    detail = "The time is over. The code on the slip still rates the visit for {days} days."
    title_zh = "评价时间已过"
    detail_zh = "窗口评价时间已过，{days} 天内仍可用号票上的代码评价。"


class AlreadyRated(HallError):
    """One rating per visit (FR-52)."""

    code = "already-rated"
    title = "The visit is rated already"
    detail = "This visit has been rated. Thank you."
    title_zh = "已评价"
    detail_zh = "本次服务已评价过，谢谢。"


class NotFinishedYet(HallError):
    """A visit is rated when it is over."""

    code = "not-finished"
    title = "The visit is not over"
    detail = "A visit is rated when all its matters are done."
    title_zh = "还没有办完"
    detail_zh = "全部事项办完以后才能评价。"


class UnknownSlip(HallError):
    """No slip of the last days has this code."""

    code, status = "unknown-slip", 404
    title = "Unknown code"
    detail = "No slip of the last {days} days has this code. Check the six characters."
    title_zh = "没有这个代码"
    detail_zh = "近 {days} 天的号票上没有这个代码，请核对六位代码。"


class NoReasonsNeeded(HallError):
    """Only a low rating is asked for reasons."""

    code, status = "no-reasons-needed", 422
    title = "No reasons needed"
    detail = "Reasons are asked for with the two lowest levels only."
    title_zh = "不需要原因"
    detail_zh = "只有“不满意”和“非常不满意”才填写原因。"
