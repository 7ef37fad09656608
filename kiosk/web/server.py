"""Serves the page with waitress, in threads, until told to stop."""

from __future__ import annotations

import threading
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from kiosk.station import Station
from kiosk.web.app import LISTENERS, create_app


class PageServer:
    """Listens from the moment it is made; `port` 0 takes a free one.  Raises OSError."""

    def __init__(self, station: Station, host: str, port: int) -> None:
        names = {host, "127.0.0.1", "localhost"}
        self._sockets: dict[int, Any] = {}
        self._app: Flask | None = None
        self._server = create_server(
            self._answer,
            map=self._sockets,
            host=host,
            port=port,
            threads=LISTENERS + 4,
            ident=None,
            channel_timeout=30,
        )
        self.port = int(self._server.effective_port)
        hosts = frozenset(f"{name}:{self.port}" for name in names)
        self._app = create_app(station, hosts)
        self.url = f"http://{host}:{self.port}/"
        self._thread = threading.Thread(target=self._run, name="page", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Close the port and every connection.  Close the station's board first."""
        self._server.task_dispatcher.shutdown(cancel_pending=True, timeout=0.5)
        # the loop's thread owns its sockets: it is asked to close them and then has no more to do.
        # A request that ends may wake it first: the bell must not be gone before it is rung.
        rung = threading.Event()
        self._server.trigger.pull_trigger(
            lambda: rung.wait() and wasyncore.close_all(self._sockets, True)
        )
        rung.set()
        self._thread.join(0.5)

    def _run(self) -> None:
        self._server.run()

    def _answer(self, environ: dict[str, Any], start: Any) -> Any:
        """The application knows its port only after the server has one."""
        assert self._app is not None
        return self._app(environ, start)
