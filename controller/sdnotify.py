"""Tell the service manager how we are: sd_notify(3) in a few lines."""

from __future__ import annotations

import os
import socket


def notify(state: str) -> bool:
    """Send `state` ("READY=1", "WATCHDOG=1", "STATUS=...", lines joined by a newline).

    Returns True when it was handed to the service manager and False when nobody
    asked to be told (NOTIFY_SOCKET is not set) or nobody listens any more: being
    watched must never be the reason why the hall stands still. Does not block: a
    manager whose queue is full counts as one that does not listen.
    """
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    if address.startswith("@"):  # Linux's abstract namespace begins with a zero byte
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as manager:
            manager.setblocking(False)
            manager.sendto(state.encode(), address)
    except OSError:
        return False
    return True


def watchdog_seconds() -> float | None:
    """How often at most WATCHDOG=1 is due, in seconds; None when nobody watches.

    Half of what the unit's WatchdogSec allows, as sd_watchdog_enabled(3) advises.
    A WATCHDOG_PID that is not ours means that the watch is on another process.
    """
    if os.environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    microseconds = os.environ.get("WATCHDOG_USEC", "")
    return int(microseconds) / 2_000_000 if microseconds.isdigit() else None
