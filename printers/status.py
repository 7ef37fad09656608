"""What a printer says about itself: four status bytes decoded into one state. Pure.

Bits: Epson ESC/POS, DLE EOT n (10 04 n), n = 1 printer, 2 offline cause, 3 error cause, 4 paper.
Every answer is one byte with bits 0 and 7 clear and bits 1 and 4 set: (b & 0x93) == 0x12.
Automatic status (ASB) says the same in four bytes of another order.
"""

from dataclasses import dataclass
from enum import Enum

_OFFLINE = 0x08
_COVER, _PAPER_STOP, _ERROR = 0x04, 0x20, 0x40
_CUTTER, _ANY_ERROR = 0x08, 0x6C
_NEAR_END, _PAPER_OUT = 0x0C, 0x60
_AUTO_COVER, _AUTO_NEAR_END, _AUTO_OUT = 0x20, 0x03, 0x0C


class PrinterState(Enum):
    """One word for the printer's condition; the worst that applies.

    SILENT: it should answer and does not. MUTE: nobody expects it to.
    """

    OK = "ok"
    NEAR_END = "near_end"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    ERROR = "error"
    OFFLINE = "offline"
    SILENT = "silent"
    ABSENT = "absent"
    MUTE = "mute"


_TO_DO: dict[PrinterState, tuple[str, str]] = {
    PrinterState.OK: ("打印机正常。", "The printer is ready."),
    PrinterState.NEAR_END: (
        "打印纸快用完，请准备换纸。",
        "The paper is running low. Have a new roll ready.",
    ),
    PrinterState.PAPER_OUT: (
        "打印纸用完了。请打开上盖，装入新纸卷，合紧上盖。",
        "The paper is used up. Open the cover, put in a new roll and close the cover firmly.",
    ),
    PrinterState.COVER_OPEN: (
        "打印机上盖没有合上。请合紧上盖，听到咔嗒一声。",
        "The printer cover is open. Close it until it clicks.",
    ),
    PrinterState.CUTTER: (
        "切纸刀卡住了。请关闭电源，清除卡纸，再打开电源。",
        "The cutter is jammed. Switch the printer off, clear the paper and switch it on again.",
    ),
    PrinterState.ERROR: (
        "打印机报告故障。请关闭电源，十秒后再打开；仍不正常请报修。",
        "The printer reports a fault. Switch it off and, after ten seconds, on again; "
        "if the fault stays, call for repair.",
    ),
    PrinterState.OFFLINE: (
        "打印机处于脱机状态。请按一下进纸键或联机键。",
        "The printer is offline. Press its feed or online key.",
    ),
    PrinterState.SILENT: (
        "打印机没有回应。请检查电源和网线，重启打印机。",
        "The printer does not answer. Check power and cable, then restart it.",
    ),
    PrinterState.ABSENT: (
        "找不到打印机。请检查电源、网线和设置中的地址。",
        "The printer was not found. Check power, cable and the address in the settings.",
    ),
    PrinterState.MUTE: (
        "这台打印机不能回报状态。请看一眼号票是否已经打出。",
        "This printer cannot report its state. Look whether the ticket came out.",
    ),
}


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """The state of a printer at one moment; `detail` is for the log, never for the screen.

    `slips_left`: about how many more the roll holds, None if nobody counts.
    """

    state: PrinterState
    detail: str = ""
    slips_left: int | None = None

    @property
    def can_print(self) -> bool:
        """True if a job may be sent now."""
        return self.state in (PrinterState.OK, PrinterState.NEAR_END, PrinterState.MUTE)

    @property
    def zh(self) -> str:
        """What to do, in Chinese."""
        left = "" if self.slips_left is None else f"约剩 {self.slips_left} 张。"
        return _TO_DO[self.state][0] + (left if self.state is PrinterState.NEAR_END else "")

    @property
    def en(self) -> str:
        """What to do, in English."""
        left = "" if self.slips_left is None else f" About {self.slips_left} slips are left."
        return _TO_DO[self.state][1] + (left if self.state is PrinterState.NEAR_END else "")


def decode(printer: int, offline: int, error: int, paper: int) -> PrinterStatus:
    """The status behind the answers to DLE EOT 1, 2, 3 and 4, worst state first.

    An open cover comes before paper out: closing it is the first thing to do, and with the
    cover open many printers report no paper.
    """
    detail = f"{printer:02x} {offline:02x} {error:02x} {paper:02x}"
    return PrinterStatus(_worst(printer, offline, error, paper), detail)


def decode_automatic(block: bytes) -> PrinterStatus:
    """The status behind four bytes of ASB."""
    first, second, third, _ = block
    offline = _COVER * bool(first & _AUTO_COVER)
    paper = _NEAR_END * bool(third & _AUTO_NEAR_END) | _PAPER_OUT * bool(third & _AUTO_OUT)
    state = _worst(first & _OFFLINE, offline, second & _ANY_ERROR, paper)
    return PrinterStatus(state, f"asb {block.hex(' ')}")


def _worst(printer: int, offline: int, error: int, paper: int) -> PrinterState:
    found = (
        (offline & _COVER, PrinterState.COVER_OPEN),
        (paper & _PAPER_OUT or offline & _PAPER_STOP, PrinterState.PAPER_OUT),
        (error & _CUTTER, PrinterState.CUTTER),
        (error & _ANY_ERROR or offline & _ERROR, PrinterState.ERROR),
        (printer & _OFFLINE, PrinterState.OFFLINE),
        (paper & _NEAR_END, PrinterState.NEAR_END),
    )
    return next((state for bits, state in found if bits), PrinterState.OK)
