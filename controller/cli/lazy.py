"""A click group that imports a sub-command only when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

OUR_PACKAGES = frozenset({"config", "controller", "display", "kiosk", "printers"})


@dataclass(frozen=True, slots=True)
class Target:
    """Where a command lives (`package.module:name`) and its one line of help."""

    where: str
    help: str


class LazyGroup(click.Group):
    """Lists its commands from the table alone; imports one when it is invoked."""

    def __init__(self, *args: Any, commands_by_name: Mapping[str, Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._targets = commands_by_name

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table, which is the order of the help."""
        return list(self._targets)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command, or None for a name that is not in the table."""
        target = self._targets.get(cmd_name)
        return None if target is None else load(target)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table; click's own version would import every module for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, target.help) for name, target in self._targets.items()])


def load(target: Target) -> click.Command:
    """Import the command a target names.

    Raises click.UsageError (exit code 2) when a library is missing that another
    role's environment holds; a missing module of ours is a bug and raises as it is.
    """
    module_name, _, attribute = target.where.partition(":")
    try:
        module = import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] in OUR_PACKAGES:
            raise
        raise click.UsageError(
            f"the library {error.name} is missing here; start with ./jiaohao, which installs it"
        ) from error
    command = getattr(module, attribute)
    if not isinstance(command, click.Command):
        raise TypeError(f"{target.where} is not a click command")
    return command
