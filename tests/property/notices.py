"""Anything that may be asked about notices and the emergency slide."""

from __future__ import annotations

from controller.hall import commands as c
from controller.hall.model import Hall
from controller.hall.notices import EmergencyKind
from tests.property.chance import Chance

TEXTS = ("今日照常办理", "<b>请排队</b>", "\n", "")
STAFF = ("0801", "0802")


def tell(chance: Chance, hall: Hall) -> c.Command:
    """Sensible or not."""
    notice = chance.of([*hall.told.notices] or ["2026-03-17-N9"])
    by, minutes = chance.of(STAFF), chance.of((5, 30, 1500))
    return chance.of(
        (
            c.WriteNotice(chance.of(TEXTS), by, minutes),
            c.ReleaseNotice(notice, by),
            c.WithdrawNotice(notice, by, chance.of((True, False))),
            c.RaiseEmergency(EmergencyKind.EVACUATE, by, minutes, chance.of((True, False))),
            c.EndEmergency(by),
        )
    )
