"""A kiosk agent with no kiosk behind it: the page's files, its event stream, its acts.

It serves what the real agent serves, under the same paths and the same security headers, and
shows whatever view the test sets.
"""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from tests.browser.kiosk_views import View, view
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
KIOSK = ROOT / "kiosk" / "web" / "static"
DISPLAY = ROOT / "display" / "static"
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; media-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


class FakeAgent:
    """`start`, `show` views, read `acts`; after `stop` it may `start` again on the same port."""

    def __init__(self) -> None:
        self.port = free_port()
        self.current: View = view("idle")
        self.acts: list[dict[str, Any]] = []
        self.refuse_next = 0
        self.changed = threading.Condition()
        self.alive = False
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> FakeAgent:
        agent = self

        class Bound(_Handler):
            owner: ClassVar[FakeAgent] = agent

        self._server = _Server(("127.0.0.1", self.port), Bound)
        self.alive = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        with self.changed:
            self.alive = False
            self.changed.notify_all()
        if self._server and self._thread:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def show(self, name: str, **changes: Any) -> View:
        """Send a view to the page, with a new `rev`."""
        with self.changed:
            self.current = view(name, **({"rev": self.current["rev"] + 1} | changes))
            self.changed.notify_all()
        return self.current

    def did(self, name: str) -> list[dict[str, Any]]:
        return [act for act in self.acts if act["act"] == name]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True


class _Handler(BaseHTTPRequestHandler):
    owner: ClassVar[FakeAgent]

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == "/events":
            self._stream()
        elif path == "/":
            self._file(KIOSK / "kiosk.html")
        elif path.startswith("/static/kiosk/"):
            self._file(KIOSK / path.removeprefix("/static/kiosk/"))
        elif path.startswith("/static/"):
            self._file(DISPLAY / path.removeprefix("/static/"))
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers.get("X-Kiosk") != "1":
            self._answer(403)
            return
        self.owner.acts.append(body)
        stale = body["rev"] != self.owner.current["rev"]
        if self.owner.refuse_next and body["act"] != "touch":
            self.owner.refuse_next -= 1
            stale = True
        self._answer(409 if stale else 200)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def _file(self, path: Path) -> None:
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", f"{TYPES.get(path.suffix, 'text/plain')}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        agent, sent, beat = self.owner, -1, time.monotonic()
        try:
            while agent.alive:
                with agent.changed:
                    if agent.current["rev"] == sent:
                        agent.changed.wait(0.5)
                    now_view = agent.current
                if now_view["rev"] != sent:
                    sent = now_view["rev"]
                    self._event("view", json.dumps(now_view, ensure_ascii=False))
                elif time.monotonic() - beat > 1:
                    beat = time.monotonic()
                    self._event("hb", "{}")
        except OSError:
            pass  # the page went away

    def _event(self, name: str, data: str) -> None:
        self.wfile.write(f"event: {name}\ndata: {data}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Quiet: the test run is the log."""
