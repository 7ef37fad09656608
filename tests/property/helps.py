"""Anything that may be asked about calls for the supervisor."""

from __future__ import annotations

from controller.hall import commands as c
from tests.controller.hall.desk import CLERKS
from tests.property.chance import Chance


def ask_help(chance: Chance) -> c.Command:
    """Sensible or not."""
    window = chance.of(tuple(CLERKS))
    clerk = chance.of(tuple(CLERKS.values()))
    return chance.of(
        (
            c.AskHelp(window, CLERKS[window]),
            c.AskHelp(window, clerk),
            c.WithdrawHelp(window, clerk),
            c.TakeHelp(window, chance.of(("0901", "0902"))),
        )
    )
