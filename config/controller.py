"""``controller.toml``: the process that decides, on the hall's server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from config.fields import Directory, Many, Origin, Port, Section, Text, is_loopback
from config.problems import Fault


class Server(Section):
    """``[server]``. ``screen_origins``: pages of display agents that may open a live socket.

    ``round_the_clock``: numbers are given at any hour, whatever hall.toml says (demo, training).
    """

    host: Text = "127.0.0.1"
    port: Port = 8080
    engine: Literal["eventlet", "gevent", "threading"] = "eventlet"
    state_dir: Directory = Path("/var/lib/jiaohao")
    allow_plain_lan: bool = False
    certificate: Directory | None = None
    key: Directory | None = None
    screen_origins: Many[Origin] = ()
    round_the_clock: bool = False

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """A certificate has its key, and nobody serves plain HTTP to a network by accident."""
        certificate, key = data.get("certificate"), data.get("key")
        if certificate is not None and key is None:
            yield Fault(("certificate",), "has no key", 'Add key = "FILE.pem" beside it.')
        if key is not None and certificate is None:
            yield Fault(("key",), "has no certificate", 'Add certificate = "FILE.pem" beside it.')
        host = data.get("host", "127.0.0.1")
        plain = certificate is None and data.get("allow_plain_lan") is not True
        if isinstance(host, str) and not is_loopback(host) and plain:
            yield Fault(
                ("host",),
                f'is "{host}", so other machines could read and forge what is sent without TLS',
                "Set certificate and key, or write allow_plain_lan = true to accept plain HTTP, "
                'or keep "127.0.0.1".',
            )


class Log(Section):
    """``[log]``."""

    level: Literal["debug", "info", "warning", "error"] = "info"


class ControllerConfig(Section):
    """The whole of ``controller.toml``; an empty file is a working one."""

    server: Server = Server()
    log: Log = Log()
