"""Readers and printer: asked through the running kiosk, or by the kiosk's own code."""

from __future__ import annotations

import grp
import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from config.kiosk import KioskConfig
from kiosk.build import readers as built_readers
from kiosk.doctor.account import name_of
from kiosk.doctor.finding import Finding, Level, fail, ok, warn
from kiosk.doctor.running import Health
from kiosk.printing import paper, plain_printer
from kiosk.readers.base import Down
from kiosk.readers.condition import IN_ORDER, SAYINGS, Reader, Say
from printers.fonts import FontMissing
from printers.printer import Outcome
from printers.specimen import specimen
from printers.status import PrinterState, PrinterStatus

SETTLE_S = 15.0
"""Longer than a reader needs to be found at the last of its speeds."""
_LOOK_S = 0.05

_GRAVE = dict.fromkeys(PrinterState, Level.FAIL) | {
    PrinterState.OK: Level.OK,
    PrinterState.NEAR_END: Level.WARN,
    PrinterState.MUTE: Level.WARN,
}


def permissions(config: KioskConfig) -> Iterator[Finding]:
    """May this account open the device files that are configured and there?"""
    paths = [config.reader.port, config.scanner.port, config.printer.device]
    present = [Path(one) for one in paths if one and one.startswith("/") and Path(one).exists()]
    shut = [one for one in present if not os.access(one, os.R_OK | os.W_OK)]
    for path in shut:
        group, account = _group(path), name_of(os.geteuid())
        yield fail(
            "permissions",
            f"账户 {account} 不能打开 {path}。请运行 sudo usermod -aG {group} {account}，再重启。",
            f"{account} may not open {path}. Run sudo usermod -aG {group} {account} and restart.",
        )
    if present and not shut:
        names = " ".join(map(str, present))
        yield ok("permissions", f"可以打开 {names}。", f"May open {names}.")


def _group(path: Path) -> str:
    gid = path.stat().st_gid
    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)


def readers(config: KioskConfig, health: Health | None) -> Iterator[Finding]:
    """Each configured reader, in the words of docs/readers.md."""
    found = built_readers(config)
    if not found:
        yield ok(
            "readers", "没有配置读卡器，号码由人输入。", "None is configured: numbers are typed."
        )
    if health is None:
        yield from _examined(found)
        return
    for reader in found:
        yield _reader(reader.kind.value, health.get(reader.kind.value, Down.STARTING.value))


def _examined(found: tuple[Reader, ...]) -> Iterator[Finding]:
    """Started, heard, and closed again."""
    for reader in found:
        reader.start(lambda event: None)
    try:
        deadline = time.monotonic() + SETTLE_S
        for reader in found:
            while reader.health().down is Down.STARTING and time.monotonic() < deadline:
                time.sleep(_LOOK_S)
            yield _reader(reader.kind.value, reader.health().word)
    finally:
        for reader in found:
            reader.close()


def _reader(check: str, word: str) -> Finding:
    if word == "ok":
        return ok(check, IN_ORDER.zh, IN_ORDER.en)
    say = SAYINGS.get(Down(word)) if word in {*Down} else None
    said = say or Say(f"状态不明（{word}）。", f"In an unknown condition ({word}).")
    return (warn if word == Down.STARTING else fail)(check, said.zh, said.en)


def printer(config: KioskConfig, health: Health | None, *, test_print: bool) -> Iterator[Finding]:
    """The printer's state, asked on the connection a ticket would take; a test page if wanted."""
    if config.printer.kind == "none":
        yield ok(
            "printer", "没有配置打印机，号码只显示。", "None is configured: numbers are shown."
        )
        return
    if health is not None:
        yield _printer(_told(health.get("printer", "")))
        if test_print:
            yield warn(
                "test_page",
                "取号机正在运行，打印机归它用。请先停下取号机再打印测试页。",
                "The kiosk runs and has the printer. Stop it first, then print a test page.",
            )
        return
    device = plain_printer(config)
    try:
        status = device.status()
        yield _printer(status)
        if test_print and status.can_print:
            page = specimen(paper(config), config.kiosk.name, datetime.now())
            yield _tried(device.print(page).outcome)
    except FontMissing as missing:
        yield fail("test_page", "没有票面字体，见“字体”一项。", str(missing))
    finally:
        device.close()


def _told(word: str) -> PrinterStatus | None:
    state = next((one for one in PrinterState if one.value == word), None)
    return None if state is None else PrinterStatus(state)


def _printer(status: PrinterStatus | None) -> Finding:
    if status is None:
        return warn("printer", "正在启动，请稍候再查。", "Starting; look again in a moment.")
    return Finding("printer", _GRAVE[status.state], status.zh, status.en)


def _tried(outcome: Outcome) -> Finding:
    match outcome:
        case Outcome.PRINTED:
            return ok("test_page", "已打印，打印机确认。", "Printed; the printer says so.")
        case Outcome.UNPROVEN:
            return warn(
                "test_page",
                "已发送，打印机没有确认。请看测试页是否出来、是否切断。",
                "Sent, and the printer did not confirm. Look whether the page came out, and cut.",
            )
        case Outcome.NOT_SENT:
            return fail(
                "test_page",
                "没有发送：打印机这时没有准备好。请再查一次。",
                "Not sent: the printer was not ready just then. Look again.",
            )
