"""The controller's certificate as `jiaohao kiosk doctor` judges it, over real TLS."""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from config.kiosk import KioskConfig
from kiosk.doctor.finding import Finding
from kiosk.doctor.line import link
from tests.kiosk.fake_controller import FakeController
from tests.kiosk.heard import until

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hall's certificate authority, and a key for its controller."""
    folder = tmp_path_factory.mktemp("ca")
    new = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "400")
    for name in ("ca", "stranger"):
        openssl(
            folder, *new, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN={name}"
        )
    request = ("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "own.key", "-out", "own.csr")
    openssl(folder, *request, "-subj", "/CN=controller")
    return folder


def certificate(authority: Path, days: int, name: str = "IP:127.0.0.1") -> Path:
    """The controller's, signed by the hall, for so many days from now."""
    (authority / "names").write_text(f"subjectAltName={name}\n")
    signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names")
    out = f"{days}-{len(name)}.pem"
    openssl(authority, "x509", "-req", "-in", "own.csr", "-out", out, "-days", str(days), *signed)
    return authority / out


def has_ended(own: Path) -> bool:
    asked = ["openssl", "x509", "-checkend", "0", "-noout", "-in", str(own)]
    return subprocess.run(asked, capture_output=True).returncode != 0


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps({"status": "ok", "at": time.time_ns() // 1_000_000}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Somebody who does not trust us hangs up: no news."""


@contextmanager
def serving(own: Path, key: Path) -> Iterator[int]:
    """A controller behind this certificate; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own, key)
    server = _Server(("127.0.0.1", 0), _Answer)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield int(server.server_port)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def look(port: int, ca: Path | None, folder: Path) -> dict[str, Finding]:
    config = KioskConfig.model_validate(
        {
            "controller": {"url": f"https://127.0.0.1:{port}", "ca": str(ca) if ca else None},
            "kiosk": {"id": "k", "no": 1, "name": "1 号", "state_dir": str(folder)},
        }
    )
    return {one.check: one for one in link(config)}


@pytest.mark.parametrize(("days", "level"), [(200, "ok"), (20, "warn")])
def test_a_certificate_of_the_hall_is_trusted_and_its_end_is_told(
    authority: Path, tmp_path: Path, days: int, level: str
) -> None:
    with serving(certificate(authority, days), authority / "own.key") as port:
        found = look(port, authority / "ca.pem", tmp_path)
    assert (found["certificate"].level.value, str(days - 1) in found["certificate"].zh) == (
        level,
        True,
    )
    assert found["link"].level.value == "ok"


def test_a_certificate_that_has_ended_sends_one_to_the_clock_first(
    authority: Path, tmp_path: Path
) -> None:
    own = certificate(authority, 0)
    until(lambda: has_ended(own), "the end of the second in which it was made")
    with serving(own, authority / "own.key") as port:
        found = look(port, authority / "ca.pem", tmp_path)
    assert found["certificate"].level.value == "fail"
    assert "核对本机时间" in found["certificate"].zh
    assert "link" not in found


def test_a_certificate_for_another_name(authority: Path, tmp_path: Path) -> None:
    own = certificate(authority, 200, "DNS:controller.hall")
    with serving(own, authority / "own.key") as port:
        found = look(port, authority / "ca.pem", tmp_path)
    assert "不是给 127.0.0.1" in found["certificate"].zh


@pytest.mark.parametrize("ca", ["stranger.pem", None], ids=["another hall", "none configured"])
def test_a_certificate_of_somebody_unknown(authority: Path, tmp_path: Path, ca: str | None) -> None:
    with serving(certificate(authority, 200), authority / "own.key") as port:
        found = look(port, authority / ca if ca else None, tmp_path)
    assert "[controller] ca" in found["certificate"].zh


def test_an_authority_that_cannot_be_read(authority: Path, tmp_path: Path) -> None:
    with serving(certificate(authority, 200), authority / "own.key") as port:
        found = look(port, tmp_path / "none.pem", tmp_path)
    assert "读不了" in found["certificate"].zh


def test_a_port_that_does_not_speak_tls(tmp_path: Path) -> None:
    with FakeController() as plain:
        found = look(int(plain.url.rpartition(":")[2]), None, tmp_path)
    assert found["certificate"].level.value == "fail"
