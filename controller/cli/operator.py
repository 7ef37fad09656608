"""How the command line administers a running controller: with the token in its state directory.

Nobody but the controller writes its file, so the commands speak HTTP to it. Whoever can read the
state directory is its administrator.
"""

from __future__ import annotations

import json
import secrets
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import click

from config import ConfigError, load_controller

CONFIG = click.option(
    "--config",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("/etc/jiaohao"),
    envvar="JIAOHAO_CONFIG",
    show_default=True,
    help="Directory with controller.toml, which says where the state is.",
)
TOKEN_FILE = "operator.token"
TIMEOUT_S = 10


class Operator:
    """A caller of the controller whose state directory this user can read."""

    def __init__(self, state: Path) -> None:
        """Read the address and token. Exits with 2 and a remedy if that cannot be."""
        path = state / TOKEN_FILE
        try:
            self.address, self._token = path.read_text().split()
        except FileNotFoundError:
            _leave(f"{path} is not there. Start the controller first: jiaohao serve")
        except PermissionError:
            _leave(f"{path} may not be read. Run this as the controller's user or as root.")

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Give a command with a request id of its own; exits with 1 if it is refused."""
        request = urllib.request.Request(
            f"{self.address}/api/v1{path}",
            json.dumps({"request_id": secrets.token_hex(12), **body}).encode(),
            {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except urllib.error.HTTPError as error:
            problem = json.load(error)
            _leave(f"{problem['detail']} {problem['zh']['detail']}", 1)
        except OSError as error:
            _leave(f"{self.address} does not answer ({error}). Is the controller running?", 1)


def operator(directory: Path) -> Operator:
    """The operator of the controller that this configuration directory belongs to."""
    try:
        return Operator(Path(load_controller(directory).server.state_dir))
    except ConfigError as error:
        _leave(str(error))


def _leave(text: str, status: int = 2) -> Any:
    click.echo(f"jiaohao: {text}", err=True)
    raise click.exceptions.Exit(status)
