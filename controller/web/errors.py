"""Refusals that come from the web and not from the hall's rules."""

from controller.hall.errors import HallError


class Malformed(HallError):
    """Not JSON, or not an object."""

    code, status = "malformed", 400
    title, detail = "Not a JSON object", "Send one JSON object, as application/json."
    title_zh, detail_zh = "请求格式不对", "请发送一个 JSON 对象。"


class Invalid(HallError):
    """A field is missing, unknown or of the wrong kind."""

    code, status = "invalid", 422
    title, detail = "A field is not valid", "{field}: {message}"
    title_zh, detail_zh = "请求内容不对", "字段 {field} 不符合要求（{message}）。"


class Unauthenticated(HallError):
    """No token, or nobody's."""

    code, status = "unauthenticated", 401
    title, detail = "Sign in first", "The token is missing, wrong or has expired. Sign in again."
    title_zh, detail_zh = "请先登录", "登录信息缺失、错误或已过期，请重新登录。"


class Forbidden(HallError):
    """The role may not."""

    code, status = "forbidden", 403
    title, detail = "Not allowed", "The role {role} may not do this."
    title_zh, detail_zh = "没有权限", "角色 {role} 不能这样操作。"


class DevicePending(HallError):
    """Nobody has approved the device yet."""

    code, status = "device-pending", 403
    title = "The device is not approved"
    detail = "An administrator must approve this device first; the code is {device_code}."
    title_zh, detail_zh = "设备未批准", "请系统管理员批准本设备，代码 {device_code}。"


class DeviceRevoked(HallError):
    """The device has been shut out."""

    code, status = "device-revoked", 403
    title, detail = "The device was revoked", "Enrol it again and have it approved."
    title_zh, detail_zh = "设备已停用", "本设备已被停用，请重新登记并由管理员批准。"


class NotFound(HallError):
    """No such address."""

    code, status = "not-found", 404
    title, detail = "Not found", "There is nothing at this address."
    title_zh, detail_zh = "没有找到", "没有这个地址。"


class UnknownBundle(HallError):
    """No such bundle."""

    code, status = "unknown-bundle", 404
    title, detail = "Unknown bundle", "There is no bundle {bundle}. Choose another one."
    title_zh, detail_zh = "没有这件“一件事”", "没有一件事 {bundle}，请另选。"


class UnknownSeries(HallError):
    """No skill of the hall has numbers with this letter."""

    code, status = "unknown-series", 404
    title, detail = "Unknown series", "The hall gives no numbers with the letter {series}."
    title_zh, detail_zh = "没有这个号段", "本大厅没有字母 {series} 的号段。"


class UnknownDevice(HallError):
    """No such device, or none that shows this code."""

    code, status = "not-found", 404
    title, detail = "Unknown device", "No device shows the code or has the name {device}."
    title_zh, detail_zh = "没有这台设备", "没有代码或编号为 {device} 的设备。"


class NotTheWindowsScreen(HallError):
    """Only the screen that was approved as a window's rates there (FR-52)."""

    code, status = "not-the-windows-screen", 403
    title = "Not this window's screen"
    detail = "This device was not approved as the screen of window {window}. Enrol it again there."
    title_zh = "不是本窗口的屏"
    detail_zh = "本设备不是 {window} 号窗口的屏幕，请在该窗口重新登记并由管理员批准。"


class NotTheWindowsKeypad(HallError):
    """A key-pad presses the keys of the window it was approved for (FR-42)."""

    code, status = "not-the-windows-keypad", 403
    title = "Not this window's key-pad"
    detail = "This key-pad was not approved for window {window}. Enrol it again there."
    title_zh = "不是本窗口的按键盘"
    detail_zh = "这个按键盘不是 {window} 号窗口的，请在该窗口重新登记并由管理员批准。"


class NobodyInHand(HallError):
    """The key speaks of the number in hand, and there is none."""

    code, status = "nobody-in-hand", 409
    title, detail = "Nobody is in hand", "Window {window} has called nobody. Call a number first."
    title_zh, detail_zh = "手上没有号", "{window} 号窗口手上没有号，请先叫号。"


class UnknownPaper(HallError):
    """The window has told nothing of that id, or a restart has forgotten it."""

    code, status = "unknown-paper", 404
    title, detail = "No such notice", "Window {window} has no notice of that id."
    title_zh, detail_zh = "没有这张告知单", "{window} 号窗口没有这张告知单，请重新打印。"


class UnknownStaff(HallError):
    """No such account."""

    code, status = "not-found", 404
    title, detail = "Unknown staff number", "There is no account {staff_no}."
    title_zh, detail_zh = "没有这个工号", "没有工号 {staff_no} 的账号。"


class MethodNotAllowed(HallError):
    """Another method is needed."""

    code, status = "method-not-allowed", 405
    title, detail = "Method not allowed", "Use the method that the protocol names."
    title_zh, detail_zh = "请求方法不对", "请按协议使用正确的请求方法。"


class TooLarge(HallError):
    """More than any command needs."""

    code, status = "too-large", 413
    title, detail = "Too large", "No request needs so many bytes."
    title_zh, detail_zh = "请求过大", "请求内容过大。"


class TooManyRequests(HallError):
    """Slow down."""

    code, status = "too-many-requests", 429
    title, detail = "Too many tries", "Wait {wait_s} seconds and try again."
    title_zh, detail_zh = "尝试次数过多", "请等 {wait_s} 秒再试。"


class WrongPassword(HallError):
    """Number or password is wrong; which of them is not said."""

    code, status = "wrong-password", 401
    title, detail = "Wrong number or password", "Check the staff number and the password."
    title_zh, detail_zh = "工号或密码不对", "请核对工号和密码。"


class WeakPassword(HallError):
    """Too short."""

    code, status = "weak-password", 422
    title, detail = "The password is too short", "Use {least} or more characters."
    title_zh, detail_zh = "密码太短", "密码至少 {least} 个字符。"


class SetupUsed(HallError):
    """The one-time link has been used, or never was one."""

    code, status = "setup-used", 410
    title, detail = "The link is used up", "Ask an administrator for a new set-up link."
    title_zh, detail_zh = "链接已失效", "请向系统管理员要一个新的设置链接。"


class StaffExists(HallError):
    """The number has an account."""

    code, status = "wrong-state", 409
    title, detail = "The account exists", "Staff number {staff_no} has an account already."
    title_zh, detail_zh = "账号已存在", "工号 {staff_no} 已有账号。"


class PolicyRefused(HallError):
    """A policy value that cannot be taken now."""

    code, status = "policy-refused", 422
    title, detail = "The value cannot be taken", "{said}"
    title_zh, detail_zh = "不能这样修改规则", "{said_zh}"


class InternalError(HallError):
    """A fault of ours; nothing has changed."""

    code, status = "internal", 500
    title, detail = (
        "Something went wrong",
        "Nothing was changed. The log of the controller says more.",
    )
    title_zh, detail_zh = "系统出错", "没有任何更改，请联系系统管理员。"


class UnknownClaim(HallError):
    """The device has not claimed this call there."""

    code, status = "unknown-claim", 404
    title, detail = "Not claimed", "This device has not claimed call {call} in zone {zone}."
    title_zh, detail_zh = "没有认领", "本设备没有认领 {zone} 区的这次叫号（{call}）。"
