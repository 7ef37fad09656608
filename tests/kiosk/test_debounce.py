"""A contact bounces and children press; what counts is still, or held."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.debounce import Contact


def told(contact: Contact, edges: list[tuple[float, bool]], until: float) -> list[bool]:
    """Everything the contact tells when it is looked at as soon as it wants to be."""
    found: list[bool] = []
    for at, raw in [*edges, (until, None)]:
        while (due := contact.due()) is not None and due <= at:
            contact, level = contact.at(due)
            found += [] if level is None else [level]
        if raw is not None:
            contact = contact.edge(raw, at)
    return found


def test_a_press_that_bounces_is_one_press() -> None:
    bounces = [(1.000, True), (1.004, False), (1.006, True), (1.011, False), (1.013, True)]
    assert told(Contact(), [*bounces, (2.0, False)], 3.0) == [True, False]


def test_a_spike_is_no_press() -> None:
    assert told(Contact(), [(1.0, True), (1.01, False)], 2.0) == []


def test_a_button_to_hold_counts_once_when_it_was_held() -> None:
    held = Contact(0.03, hold_s=0.8)
    assert told(held, [(1.0, True), (5.0, False)], 9.0) == [True]
    assert told(held, [(1.0, True), (1.5, False)], 9.0) == []
    assert told(held, [(1.0, True), (1.5, False), (2.0, True), (3.0, False)], 9.0) == [True]


def test_a_button_that_is_held_again_counts_again() -> None:
    edges = [(1.0, True), (3.0, False), (4.0, True), (6.0, False)]
    assert told(Contact(0.03, 0.8), edges, 9.0) == [True, True]


def test_a_level_that_counts_from_the_start_is_not_told() -> None:
    shut = Contact(level=True, raw=True)
    assert told(shut, [], 9.0) == []
    assert told(shut, [(1.0, False)], 9.0) == [False]


@given(st.lists(st.floats(0.0001, 0.5), max_size=40))
def test_levels_are_told_in_turn_whatever_the_contact_does(gaps: list[float]) -> None:
    at, raw, edges = 0.0, False, []
    for gap in gaps:
        at, raw = at + gap, not raw
        edges.append((at, raw))
    found = told(Contact(), edges, at + 10)
    assert found == [n % 2 == 0 for n in range(len(found))]
    assert (found[-1] if found else False) == raw
