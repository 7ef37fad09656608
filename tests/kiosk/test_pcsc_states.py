"""What pcscd says that no virtual reader can be brought to say."""

from __future__ import annotations

import pytest

from kiosk.readers import pcsc
from kiosk.readers.base import Down, ReaderKind
from kiosk.readers.keeper import Keeper, Lost
from kiosk.readers.scard import MUTE, PRESENT, Service
from tests.kiosk.heard import Heard


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (0x8010001D, Down.NO_SERVICE),
        (0x8010001E, Down.NO_SERVICE),
        (0x8010006A, Down.NOT_ALLOWED),
    ],
)
def test_why_pcscd_refuses_is_told_apart(
    code: int, reason: Down, monkeypatch: pytest.MonkeyPatch
) -> None:
    """polkit refuses services on newer systems (hardware facts, section A)."""
    from smartcard import scard

    signed = code - (1 << 32)
    monkeypatch.setattr(scard, "SCardEstablishContext", lambda scope: (signed, 0))
    with pytest.raises(Lost) as lost:
        Service()
    assert lost.value.reason is reason


class Drawer:
    """A connection to pcscd with one reader whose state is told."""

    def __init__(self, *states: int) -> None:
        self._left = [*states]

    def readers(self) -> list[str]:
        return ["reader"]

    def states(self, known: dict[str, int], patience_s: float) -> dict[str, int]:
        if not self._left:
            raise Lost(Down.NO_SERVICE)
        return {"reader": self._left.pop(0)}


def watched(*states: int) -> list[str]:
    heard = Heard()
    keeper = Keeper(ReaderKind.CHIP_CARD, "reader", lambda: None)
    keeper._emit = heard
    with pytest.raises(Lost):
        pcsc.Watch(keeper, Drawer(*states), "").run()  # type: ignore[arg-type]
    return heard.kinds()


def test_a_card_the_wrong_way_round_is_mute_and_nobody_talks_to_it() -> None:
    kinds = watched(PRESENT | MUTE, 0)
    assert kinds == ["ReaderUp", "CardSeen", "CardUnreadable", "CardRemoved"]


def test_a_card_swapped_between_two_looks_has_left() -> None:
    kinds = watched(PRESENT | MUTE | 1 << 16, PRESENT | MUTE | 3 << 16)
    assert kinds[1:5] == ["CardSeen", "CardUnreadable", "CardRemoved", "CardSeen"]


def test_a_state_that_only_mentions_another_program_is_no_new_card() -> None:
    in_use = 0x0100
    kinds = watched(PRESENT | MUTE | 1 << 16, PRESENT | MUTE | in_use | 1 << 16)
    assert kinds.count("CardSeen") == 1
