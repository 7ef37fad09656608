"""A network that wants to be signed in to, or another hall: whoever answers in the hall's place."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from typing import Any

Answer = tuple[int, Mapping[str, str], bytes]
"""Status, headers, body."""
_PAGE = b"<html><title>Welcome</title>Please sign in.</html>"
SIGN_IN: tuple[Answer, ...] = (
    (200, {"Content-Type": "text/html"}, _PAGE),
    (302, {"Content-Type": "text/html", "Location": "/welcome"}, _PAGE),
)


@contextmanager
def portal(*answers: Answer, port: int = 0) -> Iterator[int]:
    """Answers every request at this port of loopback by turns; yields the port."""
    turns = cycle(answers)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, headers, body = next(turns)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
