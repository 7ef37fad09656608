"""A real CUPS of our own: cupsd with one raw queue, on a loopback port, in a folder.

Debian's cups package, run as whoever runs the tests. The queue's backend is the package's `socket`,
which talks to the virtual printer over TCP.
"""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port

SERVER_BIN = Path("/usr/lib/cups")
CUPSD = shutil.which("cupsd", path="/usr/sbin:/usr/bin")
INSTALLED = CUPSD is not None and (SERVER_BIN / "backend" / "socket").exists()

_CUPSD_CONF = """
Listen 127.0.0.1:{port}
Browsing No
DefaultAuthType None
WebInterface No
LogLevel warn
JobRetryInterval 1
<Location />
Order allow,deny
Allow from 127.0.0.1
</Location>
<Policy default>
<Limit All>
Order deny,allow
Allow from 127.0.0.1
</Limit>
</Policy>
"""
_FILES_CONF = """
ServerRoot {folder}/etc
ServerBin /usr/lib/cups
DataDir /usr/share/cups
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/run
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
User {user}
Group {group}
SystemGroup {admins}
FileDevice No
"""
_PRINTERS_CONF = """
<Printer tickets>
Info tickets
DeviceURI socket://127.0.0.1:{printer}
State Idle
Accepting Yes
Shared No
ErrorPolicy retry-current-job
</Printer>
"""


@contextmanager
def cups(printer_port: int) -> Iterator[str]:
    """The address of a CUPS with the queue `tickets`."""
    with tempfile.TemporaryDirectory(prefix="cups-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # cupsd's helpers run as another user
        with _cups(folder, printer_port) as server:
            yield server


@contextmanager
def _cups(folder: Path, printer_port: int) -> Iterator[str]:
    port = free_port()
    _write(folder, port, printer_port)
    command = [str(CUPSD), "-f", "-c", f"{folder}/etc/cupsd.conf", "-s", f"{folder}/etc/files.conf"]
    with (folder / "said").open("wb") as said:
        daemon = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        _wait_for(port, daemon, folder)
        yield f"127.0.0.1:{port}"
    finally:
        daemon.terminate()
        daemon.wait(timeout=20)


def _write(folder: Path, port: int, printer_port: int) -> None:
    me = pwd.getpwuid(os.getuid())
    root = me.pw_uid == 0
    # cupsd refuses to run its programs as root
    user, group = ("lp", "lp") if root else (me.pw_name, grp.getgrgid(me.pw_gid).gr_name)
    admins = "lpadmin" if group != "lpadmin" else "lp"
    for name in ("etc", "spool", "cache", "run"):
        (folder / name).mkdir(parents=True)
    (folder / "etc" / "cupsd.conf").write_text(_CUPSD_CONF.format(port=port))
    files = _FILES_CONF.format(folder=folder, user=user, group=group, admins=admins)
    (folder / "etc" / "files.conf").write_text(files)
    (folder / "etc" / "printers.conf").write_text(_PRINTERS_CONF.format(printer=printer_port))


def _wait_for(port: int, daemon: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and daemon.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    log = folder / "error_log"
    raise RuntimeError(
        (folder / "said").read_text() + (log.read_text() if log.exists() else "no log")
    )
