"""Numbers that are set aside: for a kiosk, or because somebody may hold them."""

from __future__ import annotations

from controller.hall import commands as c
from tests.property.chance import Chance

KIOSKS = ("k-1", "k-2")


def lease(chance: Chance) -> c.Command:
    """A kiosk asks for a block."""
    return c.Lease(chance.of(KIOSKS), chance.of(("C", "F")), chance.of((1, 5)))


def doubt(chance: Chance, seq: int) -> c.Command:
    """A kiosk has heard of events that only a lost journal had."""
    digest = chance.of(("aa", "bb", "cc"))
    return c.Doubt(seq + chance.of((-5, 4, 40)), digest, chance.of((1, seq)), chance.of((0, 10)))
