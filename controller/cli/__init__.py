"""The `jiaohao` command: the composition root, imported by nobody.

Every sub-command is imported only when it is called, so that a kiosk starts
without the controller's libraries and `--help` costs nothing.

Exit codes: 2 for a usage or configuration error, 1 when what a command checks
does not hold.
"""

from __future__ import annotations

import click

from controller.cli.lazy import LazyGroup, Target

VERSION = "0.1.0"

COMMANDS = {
    "demo": Target(
        "controller.cli.demo:command", "Run a whole hall on this machine, with virtual devices."
    ),
    "serve": Target("controller.cli.serve:command", "Run the controller of a hall."),
    "kiosk": Target("kiosk.cli:command", "Run a kiosk: reader, printer and touch page."),
    "display": Target("display.cli:command", "Run the agent beside a call screen."),
    "announcer": Target(
        "display.announcer.cli:command", "Speak the calls of a zone through a loudspeaker."
    ),
    "keypad": Target("display.keypad.cli:command", "Have a window's key-pad press its keys."),
    "voice": Target("display.voice.cli:command", "Make and check the clips of the hall's voice."),
    "staff": Target("controller.cli.staff:command", "Add the people who work in the hall."),
    "device": Target("controller.cli.device:command", "Enrol and revoke kiosks and screens."),
    "config": Target("controller.cli.config:command", "Check a configuration directory."),
    "journal": Target("controller.cli.journal:command", "Verify the journal's chain of events."),
    "simulate": Target(
        "controller.cli.simulate:command", "Play days through the dispatcher, and compare."
    ),
    "roster": Target("controller.cli.roster:command", "Propose breaks off-peak and apart."),
    "bench": Target("controller.cli.bench:command", "Measure a running controller."),
    "forecast": Target(
        "controller.cli.forecast:command", "Judge how far the printed waits can be believed."
    ),
    "test": Target("controller.cli.test:command", "Run the tests; arguments go to pytest."),
}


@click.group(
    cls=LazyGroup,
    commands_by_name=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(VERSION, prog_name="jiaohao")
def main() -> None:
    """叫号: kiosks, queue, calls and screens of a district service hall."""
