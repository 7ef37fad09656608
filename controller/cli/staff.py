"""``jiaohao staff``: accounts of the people who work in the hall."""

from __future__ import annotations

from pathlib import Path

import click

from controller.cli.operator import CONFIG, Operator

ROLES = ("clerk", "guide", "supervisor", "admin", "auditor")


@click.group()
def command() -> None:
    """Add the people who work in the hall."""


@command.command()
@click.argument("staff_no")
@click.option("--role", type=click.Choice(ROLES), default="clerk", show_default=True)
@CONFIG
def add(staff_no: str, role: str, directory: Path) -> None:
    """Make an account and print the one-time link with which its owner sets the password."""
    who = Operator(directory)
    answer = who.command("/staff", staff_no=staff_no, role=role)
    click.echo(f"{who.address}{answer['setup']}")
