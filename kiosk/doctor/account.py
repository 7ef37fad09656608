"""Whose rights are examined: those of the account the kiosk runs as."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator
from pathlib import Path

from kiosk.doctor.finding import Finding, ok, warn


def take_the_kiosks_account(state_dir: Path) -> Iterator[Finding]:
    """Root sees no lack of rights, and leaves files behind that the kiosk cannot write.

    So root becomes the owner of the state directory, for good.
    """
    if os.geteuid() != 0:
        name = name_of(os.geteuid())
        yield ok("account", f"以账户 {name} 检查。", f"Examined as the account {name}.")
        return
    owner = _owner(state_dir)
    if owner is None:
        yield warn(
            "account",
            f"以 root 检查，看不出权限问题：{state_dir} 还没有主人，请先启动一次取号机服务。",
            f"Examined as root, who sees no lack of rights: nobody owns {state_dir} yet. "
            "Start the kiosk's service once.",
        )
        return
    os.initgroups(owner.pw_name, owner.pw_gid)
    os.setgid(owner.pw_gid)
    os.setuid(owner.pw_uid)
    yield ok(
        "account",
        f"以取号机账户 {owner.pw_name} 检查。",
        f"Examined as the kiosk's account {owner.pw_name}.",
    )


def _owner(state_dir: Path) -> pwd.struct_passwd | None:
    """The account that owns the directory, unless that is root."""
    try:
        uid = state_dir.stat().st_uid
        return pwd.getpwuid(uid) if uid != 0 else None
    except (OSError, KeyError):
        return None


def name_of(uid: int) -> str:
    """The account's name, or its number."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
