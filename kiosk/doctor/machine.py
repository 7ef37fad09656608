"""The machine itself: page, disk, clock battery, font."""

from __future__ import annotations

import errno
import os
import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

from config.kiosk import KioskConfig
from kiosk.doctor.finding import Finding, fail, ok, warn
from printers.fonts import FontMissing, bold_font_path

MOUNTS = Path("/proc/self/mounts")
CLOCKS = Path("/sys/class/rtc")
VOLATILE = frozenset({"tmpfs", "ramfs", "overlay", "aufs"})
"""Whose content a power cut takes; an overlay is what a read-only root writes to, in memory."""
LEAST_BYTES = 50_000_000
FEW_BYTES = 200_000_000
PROBE = "doctor.probe"
_ESCAPED = re.compile(r"\\(\d{3})")
"""How the table of mounts writes a blank."""


def page(config: KioskConfig, *, running: bool) -> Finding:
    """The port of the touch page: this kiosk's own, or free."""
    host, port = config.page.host, config.page.port
    if running:
        return ok("page", "取号机正在运行。", "The kiosk runs and serves its page.")
    try:
        with socket.create_server((host, port)):
            return ok(
                "page",
                f"取号机没有运行，端口 {port} 空闲。",
                f"The kiosk does not run; port {port} is free.",
            )
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            return fail(
                "page",
                f"端口 {port} 不能用：{error.strerror}。请改 kiosk.toml 的 [page]。",
                f"Port {port} cannot be used: {error.strerror}. Change [page] in kiosk.toml.",
            )
    return fail(
        "page",
        f"端口 {port} 被别的程序占用，或取号机没有应答。请查看 sudo ss -ltnp，再改 [page] port。",
        f"Port {port} is taken by another program, or the kiosk does not answer. "
        "See sudo ss -ltnp, then change [page] port.",
    )


def disk(state_dir: Path, mounts: Path | None = None) -> Iterator[Finding]:
    """Can what must survive a power cut be written, and will it survive?"""
    if not state_dir.is_dir():
        yield fail(
            "disk",
            f"{state_dir} 不存在。请先启动一次取号机服务，或按说明建立可写分区。",
            f"{state_dir} is not there. Start the kiosk's service once, or make the writable "
            "partition as the guide says.",
        )
        return
    kind = filesystem_of(state_dir, mounts or MOUNTS)
    if kind in VOLATILE:
        yield fail(
            "disk",
            f"{state_dir} 在内存里（{kind}），断电后登记和离线号码都会丢失。请挂载可写分区。",
            f"{state_dir} is in memory ({kind}): a power cut takes enrolment and offline numbers. "
            "Mount the writable partition there.",
        )
        return
    if (trouble := _write(state_dir)) is not None:
        yield trouble
        return
    free = shutil.disk_usage(state_dir).free
    megabytes = free // 1_000_000
    level = ok if free >= FEW_BYTES else warn if free >= LEAST_BYTES else fail
    advice = ("", "") if free >= FEW_BYTES else ("请清理或换大的分区。", " Make room.")
    yield level(
        "disk",
        f"{state_dir} 可以写入并落盘，剩余 {megabytes} MB。{advice[0]}",
        f"{state_dir} can be written and synced, {megabytes} MB are free.{advice[1]}",
    )


def _write(folder: Path) -> Finding | None:
    """Write, sync, move into place and read, as every record of a kiosk is."""
    draft, final = folder / f"{PROBE}.new", folder / PROBE
    try:
        with draft.open("wb") as file:
            file.write(PROBE.encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(final)
        if final.read_bytes() != PROBE.encode():
            raise OSError(errno.EIO, "read back wrong")
    except OSError as error:
        return fail("disk", *_refused(folder, error))
    finally:
        for left in (draft, final):
            try:
                left.unlink(missing_ok=True)
            except OSError:
                break  # what cannot be written cannot be taken away either
    return None


def _refused(folder: Path, error: OSError) -> tuple[str, str]:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return f"{folder} 满了。请清理。", f"{folder} is full. Make room."
        case errno.EROFS:
            return (
                f"{folder} 是只读的。磁盘可能坏了，也可能没有挂载可写分区。",
                f"{folder} is read-only: the disk may be failing, or the partition is not mounted.",
            )
        case errno.EACCES | errno.EPERM:
            return (
                f"这个账户不能写 {folder}。请把它交给取号机账户（chown）。",
                f"This account may not write {folder}. Give it to the kiosk's account (chown).",
            )
        case _:
            return (
                f"{folder} 写入失败：{error.strerror}。磁盘可能坏了。",
                f"{folder} cannot be written: {error.strerror}. The disk may be failing.",
            )


def filesystem_of(folder: Path, mounts: Path) -> str:
    """The kind of file system a directory is on, "" if the table does not tell."""
    place, best, kind = folder.resolve(), -1, ""
    for line in mounts.read_text().splitlines():
        _, point, name, *_ = line.split(" ")
        point = _ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), point)
        if place.is_relative_to(point) and len(point) >= best:
            best, kind = len(point), name
    return kind


def battery_clock(clocks: Path | None = None) -> Finding:
    """Without one the time is wrong after a power cut, until the network tells it."""
    if any((clocks or CLOCKS).glob("rtc*")):
        return ok("battery_clock", "有时钟芯片。", "There is a clock chip.")
    return warn(
        "battery_clock",
        "没有时钟芯片：断电又断网后，票上的时间会错。请加装时钟电池（RTC）。",
        "There is no clock chip: after a power cut without network, tickets bear a wrong time. "
        "Fit a battery clock (RTC).",
    )


def font() -> Finding:
    """The one that tickets are drawn with."""
    try:
        bold_font_path()
    except FontMissing as missing:
        return fail(
            "font", "没有票面字体。请运行 sudo apt-get install fonts-noto-cjk。", str(missing)
        )
    return ok("font", "票面字体已安装。", "The tickets' font is installed.")
