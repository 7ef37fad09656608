"""`jiaohao kiosk doctor`: everything a kiosk needs, looked at once, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from config.kiosk import KioskConfig
from kiosk.doctor import devices, line, machine
from kiosk.doctor.account import take_the_kiosks_account
from kiosk.doctor.finding import Finding, Level, as_text
from kiosk.doctor.running import health_of_the_running
from kiosk.log import silence

__all__ = ["findings", "report"]


def report(config: KioskConfig, *, as_json: bool, test_print: bool) -> int:
    """Print what is found, each as soon as it is known; the status to end with."""
    silence()
    found = []
    for finding in findings(config, test_print=test_print):
        found.append(finding)
        if not as_json:
            click.echo(as_text(finding))
    bad = [one for one in found if one.level is Level.FAIL]
    if as_json:
        listed = [one.as_json() for one in found]
        click.echo(json.dumps({"ok": not bad, "findings": listed}, ensure_ascii=False))
    elif bad:
        click.echo(f"\n{len(bad)} 项需要处理。 {len(bad)} to be put right.")
    else:
        click.echo("\n可以使用。 Fit for use.")
    return 1 if bad else 0


def findings(config: KioskConfig, *, test_print: bool = False) -> Iterator[Finding]:
    """All checks, in the order in which one would put things right."""
    yield from take_the_kiosks_account(config.kiosk.state_dir)
    health = health_of_the_running(config)
    yield machine.page(config, running=health is not None)
    yield from machine.disk(config.kiosk.state_dir)
    yield machine.battery_clock()
    yield machine.font()
    yield from devices.permissions(config)
    yield from devices.readers(config, health)
    yield from devices.printer(config, health, test_print=test_print)
    yield from line.link(config)
