"""The way to the controller, step by step: address, connection, certificate, clock, enrolment."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests

from config.kiosk import KioskConfig
from kiosk.doctor.finding import Finding, fail, ok, warn
from kiosk.identity import Identity
from kiosk.link import Link, LinkError, Unauthorised

PATIENCE_S = 3.0
DAYS_LEFT = 30
"""So long before its end a certificate should be renewed."""
OFF_S, WRONG_S = 5.0, 60.0
"""Clocks that differ by more are off, or wrong."""
_PORTS = {"http": 80, "https": 443}


class _Stop(Exception):
    """Nothing behind this can be looked at."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.en)
        self.finding = finding


@dataclass(frozen=True, slots=True)
class _Target:
    """Where the controller should be."""

    url: str
    secure: bool
    host: str
    port: int
    ca: Path | None

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"


def link(config: KioskConfig) -> Iterator[Finding]:
    """Stops at the first step that fails: the rest would say the same."""
    url = config.controller.url
    parts = urlsplit(url)
    port = parts.port or _PORTS[parts.scheme]
    target = _Target(url, parts.scheme == "https", parts.hostname or "", port, config.controller.ca)
    try:
        _resolve(target)
        with _connect(target) as line:
            if target.secure:
                yield _certificate(target, line)
        at, clock = _answer(target)
        yield ok(
            "link", f"控制器 {target.place} 有应答。", f"The controller {target.place} answers."
        )
        yield _difference(at - clock)
        yield _enrolment(config)
    except _Stop as stop:
        yield stop.finding


def _resolve(target: _Target) -> None:
    try:
        socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError:
        raise _Stop(
            fail(
                "link",
                f"找不到名字 {target.host}。请在 [controller] url 写控制器的 IP 地址，"
                "或写进 /etc/hosts。",
                f"The name {target.host} is not known. Write the controller's IP address into "
                "[controller] url, or the name into /etc/hosts.",
            )
        ) from None


def _connect(target: _Target) -> socket.socket:
    try:
        return socket.create_connection((target.host, target.port), PATIENCE_S)
    except ConnectionRefusedError:
        zh = f"{target.place} 没有程序在听。请看控制器是否在运行，端口是否写对。"
        en = f"Nothing listens at {target.place}. See whether the controller runs, and the port."
    except OSError:
        zh = f"到不了 {target.place}。请检查网线、交换机和 IP 地址。"
        en = f"{target.place} cannot be reached. Check cable, switch and IP address."
    raise _Stop(fail("link", zh, en))


def _certificate(target: _Target, line: socket.socket) -> Finding:
    """The controller's certificate, judged by the hall's own authority."""
    try:
        context = ssl.create_default_context(cafile=target.ca)
    except (OSError, ssl.SSLError):
        raise _Stop(
            fail(
                "certificate",
                f"读不了 [controller] ca 的文件 {target.ca}。",
                f"The file of [controller] ca cannot be read: {target.ca}.",
            )
        ) from None
    try:
        with context.wrap_socket(line, server_hostname=target.host) as secure:
            found = secure.getpeercert() or {}
    except ssl.SSLCertVerificationError as error:
        raise _Stop(fail("certificate", *_distrusted(target, error))) from None
    except (OSError, ssl.SSLError):
        raise _Stop(
            fail(
                "certificate",
                f"{target.place} 不说 https。请核对 [controller] url。",
                f"{target.place} does not speak https. Check [controller] url.",
            )
        ) from None
    days = int((ssl.cert_time_to_seconds(str(found["notAfter"])) - time.time()) // 86_400)
    if days < DAYS_LEFT:
        return warn(
            "certificate",
            f"控制器的证书还有 {days} 天到期。请更新。",
            f"The controller's certificate ends in {days} days. Renew it.",
        )
    return ok("certificate", f"证书可信，还有 {days} 天。", f"Trusted, good for {days} days.")


def _distrusted(target: _Target, error: ssl.SSLCertVerificationError) -> tuple[str, str]:
    said = error.verify_message
    if "expired" in said or "not yet valid" in said:
        return (
            "证书已过期或还没生效。请先核对本机时间，再在控制器上更新证书。",
            "The certificate has ended or not begun. Check this machine's clock first, then renew "
            "the certificate on the controller.",
        )
    if "match" in said:
        return (
            f"证书不是给 {target.host} 的。请在 url 写证书上的名字。",
            f"The certificate is not for {target.host}. Write the name it bears into url.",
        )
    return (
        "不认识签发证书的机构。请把大厅的 CA 证书放到本机，并写进 [controller] ca。",
        "Whoever signed the certificate is not known. Put the hall's CA certificate on this "
        "machine and name it in [controller] ca.",
    )


def _answer(target: _Target) -> tuple[float, float]:
    """The controller's clock and ours, in seconds, at the same moment."""
    session = requests.Session()
    session.trust_env = False
    session.verify = str(target.ca) if target.ca else True
    try:
        with session:
            before = time.time()
            answer = session.get(f"{target.url}/api/v1/health", timeout=PATIENCE_S).json()
            ours = (before + time.time()) / 2
        if answer["status"] == "ok":
            return answer["at"] / 1000, ours
    except (requests.RequestException, OSError, ValueError, KeyError, TypeError):
        pass
    raise _Stop(
        fail(
            "link",
            f"{target.place} 有程序应答，但不是控制器。请核对 [controller] url。",
            f"Something answers at {target.place}, and it is no controller. "
            "Check [controller] url.",
        )
    )


def _difference(seconds: float) -> Finding:
    off = abs(seconds)
    if off < OFF_S:
        return ok("clock", "和控制器的时间一致。", "The clock agrees with the controller's.")
    zh = f"和控制器的时间差 {off:.0f} 秒。请让本机向控制器对时（systemd-timesyncd）。"
    en = (
        f"The clock is {off:.0f} s {'behind' if seconds > 0 else 'ahead of'} the controller's. "
        "Let this machine set its clock by the controller (systemd-timesyncd)."
    )
    return (warn if off < WRONG_S else fail)("clock", zh, en)


def _enrolment(config: KioskConfig) -> Finding:
    token = Identity(config.kiosk.state_dir).load()
    if not token:
        return warn(
            "enrolment",
            "还没有登记。启动取号机，屏幕会显示代码，请管理员核准。",
            "Not enrolled yet. Start the kiosk; it shows a code for an administrator to approve.",
        )
    line = Link(config.controller.url, config.controller.ca, token)
    try:
        known = line.me()
    except Unauthorised:
        known = None
    except LinkError:
        return fail("enrolment", "控制器没有回答登记。请再查一次。", "No answer. Look again.")
    finally:
        line.close()
    if known is not None and known.state == "approved":
        return ok("enrolment", "已核准。", "Approved.")
    if known is not None and known.state == "pending":
        return warn(
            "enrolment",
            f"等待核准。请管理员核准代码 {known.code}。",
            f"Waiting for approval. Have an administrator approve {known.code}.",
        )
    return fail(
        "enrolment",
        "控制器不认识这台取号机，或已吊销。启动取号机，屏幕会显示新代码，请管理员核准。",
        "The controller does not know this kiosk, or has revoked it. Start the kiosk; it shows a "
        "new code for an administrator to approve.",
    )
