"""``jiaohao device``: which kiosks and screens belong to the hall."""

from __future__ import annotations

from pathlib import Path

import click

from controller.cli.operator import CONFIG, Operator


@click.group()
def command() -> None:
    """Enrol and revoke kiosks and screens."""


@command.command()
@click.argument("code")
@CONFIG
def enrol(code: str, directory: Path) -> None:
    """Let in the device that shows CODE."""
    answer = Operator(directory).command("/devices/approve", code=code)
    click.echo(f"{answer['device']} ({answer['kind']}, {answer['name']}) is enrolled.")


@command.command()
@click.argument("device")
@CONFIG
def revoke(device: str, directory: Path) -> None:
    """Shut DEVICE out, at once."""
    answer = Operator(directory).command(f"/devices/{device}/revoke")
    click.echo(f"{answer['device']} ({answer['kind']}, {answer['name']}) is revoked.")
