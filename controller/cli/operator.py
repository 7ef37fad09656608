"""How the command line administers a running controller: with the token in its state directory.

Nobody but the controller writes its file, so the commands speak HTTP to it. Whoever can read the
state directory is its administrator.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import click

from config import ConfigError, load_controller
from controller.cli.client import Client, Refused

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


def operator_client(state: Path) -> Client:
    """A client of the controller whose state directory this user can read. Raises OSError."""
    address, token = (state / TOKEN_FILE).read_text().split()
    return Client(address, token)


class Operator:
    """The operator of the controller that a configuration directory belongs to.

    Exits with 2 and a remedy if its state cannot be read, with 1 if a command is refused.
    """

    def __init__(self, directory: Path) -> None:
        try:
            state = Path(load_controller(directory).server.state_dir)
        except ConfigError as error:
            _leave(str(error))
        try:
            self._client = operator_client(state)
        except FileNotFoundError:
            _leave(f"{state / TOKEN_FILE} is not there. Start the controller: jiaohao serve")
        except PermissionError:
            _leave(f"{state / TOKEN_FILE} may not be read. Run this as the controller's user.")
        self.address = self._client.address

    def command(self, path: str, **body: Any) -> dict[str, Any]:
        """Give a command."""
        try:
            return self._client.command(path, **body)
        except Refused as refused:
            problem = refused.problem
            _leave(f"{problem['detail']} {problem['zh']['detail']}", 1)
        except OSError as error:
            _leave(f"{self.address} does not answer ({error}). Is the controller running?", 1)


def _leave(text: str, status: int = 2) -> NoReturn:
    click.echo(f"jiaohao: {text}", err=True)
    raise click.exceptions.Exit(status)
