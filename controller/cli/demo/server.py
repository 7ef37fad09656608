"""Serves the index page with waitress, in threads."""

from __future__ import annotations

import threading
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server


class IndexServer:
    """Listens from the moment it is made. Raises OSError when the port is taken."""

    def __init__(self, app: Flask, host: str, port: int) -> None:
        self._sockets: dict[int, Any] = {}
        self._server = create_server(
            app, map=self._sockets, host=host, port=port, threads=4, ident=None
        )
        self._thread = threading.Thread(target=self._server.run, name="index", daemon=True)

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()

    def close(self) -> None:
        """Close the port and every connection."""
        self._server.task_dispatcher.shutdown(cancel_pending=True, timeout=0.5)
        # the loop's thread owns its sockets: it is asked to close them and then has no more to do.
        # A request that ends may wake it first: the bell must not be gone before it is rung.
        rung = threading.Event()
        self._server.trigger.pull_trigger(
            lambda: rung.wait() and wasyncore.close_all(self._sockets, True)
        )
        rung.set()
        self._thread.join(1.0)
