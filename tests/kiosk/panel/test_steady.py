"""Contacts bounce, and count only when they have lasted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.panel.steady import Hold, Steady

BOUNCES = st.lists(st.tuples(st.booleans(), st.floats(0.0001, 0.2)), max_size=60)


def settled(contact: Steady, now: float) -> list[bool]:
    return [contact.active] if contact.settle(now) else []


def test_a_press_that_bounces_counts_once() -> None:
    contact = Steady(0.03, 0.03)
    told = []
    for at, level in [(0.0, True), (0.004, False), (0.006, True), (0.011, False), (0.013, True)]:
        contact.feel(level, at)
        told += settled(contact, at)
    assert told == []
    assert contact.due() == 0.013 + 0.03
    assert settled(contact, 0.0429) == []
    assert settled(contact, 0.0431) == [True]
    assert settled(contact, 1.0) == []


def test_a_spike_on_the_wire_counts_for_nothing() -> None:
    contact = Steady(0.03, 0.03)
    contact.feel(True, 1.0)
    contact.feel(False, 1.01)
    assert contact.due() is None
    assert settled(contact, 5.0) == []


def test_somebody_who_moves_little_stays() -> None:
    contact = Steady(0.03, 20.0, active=True)
    for at in (0.0, 12.0, 25.0, 40.0):
        contact.feel(False, at)
        assert settled(contact, at + 11.9) == []
        contact.feel(True, at + 11.95)
    contact.feel(False, 60.0)
    assert settled(contact, 79.9) == []
    assert settled(contact, 80.0) == [False]


@given(BOUNCES, st.floats(0.001, 0.1), st.floats(0.001, 0.1))
def test_what_counts_changes_only_after_it_has_lasted(
    bounces: list[tuple[bool, float]], on_s: float, off_s: float
) -> None:
    contact, now = Steady(on_s, off_s), 0.0
    level, since = False, 0.0
    for felt, pause in bounces:
        if felt is not level:
            level, since = felt, now
        contact.feel(felt, now)
        now += pause
        before = contact.active
        if contact.settle(now):
            assert contact.active is not before
            assert contact.active is level
            assert now >= since + (on_s if level else off_s)
        elif level is not before:
            assert now < since + (on_s if level else off_s)


def test_a_button_must_be_held_and_counts_once() -> None:
    button = Hold(0.8)
    button.press(True, 1.0)
    assert button.due() == 1.8
    assert not button.counts(1.79)
    assert button.counts(1.8)
    assert not button.counts(9.0)
    button.press(False, 9.5)
    button.press(True, 10.0)
    assert button.counts(10.8)


def test_a_button_let_go_too_soon_counts_for_nothing() -> None:
    button = Hold(0.8)
    button.press(True, 1.0)
    button.press(False, 1.7)
    assert button.due() is None
    assert not button.counts(5.0)
