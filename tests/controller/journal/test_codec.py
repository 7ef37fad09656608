"""Events on paper: every type comes back as it went, and old versions stay readable."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.hall import day_events as d
from controller.hall import events as e
from controller.hall.events import Event
from controller.hall.model import Reason
from controller.journal import codec
from controller.journal.base import JournalError, Record
from controller.journal.codec import EVENTS, body_of, digest, event_from
from controller.journal.sqlite import SqliteJournal, verify_file
from tests.controller.journal.samples import DAY, NOON, batch

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
facts = st.lists(st.tuples(text, st.integers(-(2**60), 2**60) | text), max_size=3).map(tuple)

CONCRETE = sorted(EVENTS)
REASONED = {"ticket.called", "ticket.offered"}
WEIGHED = {"ticket.issued", "ticket.granted"}
any_event = st.sampled_from(CONCRETE).flatmap(
    lambda name: st.builds(
        EVENTS[name],
        **({"reason": st.builds(Reason, text, facts)} if name in REASONED else {}),
        **({"weight": st.floats(0.1, 100)} if name in WEIGHED else {}),
    )
)


def test_every_event_of_the_hall_is_listed_by_its_wire_name() -> None:
    assert len(CONCRETE) == 67
    assert all(EVENTS[name].type == name for name in CONCRETE)


@given(any_event)
def test_every_event_comes_back_as_it_went(event: Event) -> None:
    assert event_from(event.type, event.version, body_of(event)) == event


@given(any_event)
def test_a_body_is_a_json_object_of_the_declared_fields_in_order(event: Event) -> None:
    body = json.loads(body_of(event))
    assert list(body) == [f.name for f in fields(event)]


@given(any_event, st.integers(0, 7), text)
def test_the_digest_covers_every_column(event: Event, column: int, other: str) -> None:
    record = Record(7, NOON, DAY, "kiosk:k-1", event)
    base = digest("p", record, 1, "b")
    changed = [
        digest("p" + "x", record, 1, "b"),
        digest("p", Record(8, NOON, DAY, "kiosk:k-1", event), 1, "b"),
        digest("p", Record(7, NOON + 1, DAY, "kiosk:k-1", event), 1, "b"),
        digest("p", Record(7, NOON, DAY + "x", "kiosk:k-1", event), 1, "b"),
        digest("p", Record(7, NOON, DAY, "kiosk:k-1" + "x", event), 1, "b"),
        digest("p", record, 1, "b" + other + "x"),
        digest("p", record, 2, "b"),
        digest("p", Record(7, NOON, DAY, "kiosk:k-1", _another(event)), 1, "b"),
    ]
    assert changed[column] != base


def _another(event: Event) -> Event:
    """An event of another type."""
    if isinstance(event, e.WindowResumed):
        return e.WindowClosed(1)
    return e.WindowResumed(1)


@pytest.mark.parametrize(("type_", "version"), [("ticket.flown", 1), ("day.opened", 3)])
def test_what_a_newer_version_wrote_is_refused_by_name(type_: str, version: int) -> None:
    with pytest.raises(JournalError, match=f"{type_} version {version}"):
        event_from(type_, version, "{}")


def test_a_journal_of_an_older_schema_is_read_and_its_chain_still_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.db"
    journal = SqliteJournal(path)
    journal.append(batch(0, d.DayOpened(DAY), e.WindowResumed(1), e.WindowResumed(2)))
    before = journal.verify()
    monkeypatch.setattr(e.WindowResumed, "version", 2)
    monkeypatch.setitem(
        codec.UPCASTERS, ("window.resumed", 1), lambda body: {"window": body["window"] + 10}
    )
    assert [r.event for r in journal.read(1)] == [e.WindowResumed(11), e.WindowResumed(12)]
    assert journal.verify() == before == verify_file(path)
    journal.append(batch(3, e.WindowResumed(3)))
    assert verify_file(path).events == 4
    journal.close()
