"""What is wanted is said in order and once; what nobody needs any more is not."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from display.announcer.wishes import Json, Wishes

NOW = 1_773_720_000_000
FRESH = 180_000


def call(id: int, **more: Any) -> Json:
    base = {
        "id": id,
        "ticket": f"2026-03-17-R{id:03}",
        "number": f"R{id:03}",
        "window": 5,
        "zone": "B",
        "ticket_zone": "B",
        "state": "called",
        "times": 1,
        "called_at": NOW,
        "last_called_at": NOW,
        "arrived_at": None,
    }
    return base | more


def event(kind: str, id: int, **more: Any) -> Json:
    return {"seq": id, "type": kind, "at": NOW, "call": call(id, **more)}


def called(*ids: int) -> list[Json]:
    return [event("ticket.called", id) for id in ids]


def snapshot(*calls: Json, at: int = NOW) -> Json:
    return {"at": at, "calls": list(calls)}


def wishes(*zones: str) -> Wishes:
    return Wishes(frozenset(zones or ("B",)), FRESH)


def numbers(wanted: Wishes, now: int = NOW) -> list[str]:
    """Everything that is said, one after the other."""
    said = []
    while (wish := wanted.take(now)) is not None:
        said.append(f"{wish.number}×{wish.times}" if wish.times > 1 else wish.number)
        wanted.done()
    return said


def test_a_burst_is_said_in_order() -> None:
    """Peers 7"""
    wanted = wishes()
    wanted.heard(called(*range(1, 13)))
    assert numbers(wanted) == [f"R{n:03}" for n in range(1, 13)]


def test_a_call_is_said_where_its_ticket_waits_and_where_its_window_is() -> None:
    for zones, mine in [(("A",), ("A",)), (("B",), ("B",)), (("A", "B"), ("A", "B"))]:
        wanted = wishes(*zones)
        wanted.heard([event("ticket.called", 1, ticket_zone="A", zone="B")])
        wish = wanted.take(NOW)
        assert wish is not None
        assert wish.zones == mine
    elsewhere = wishes("C")
    elsewhere.heard([event("ticket.called", 1, ticket_zone="A", zone="B")])
    assert elsewhere.take(NOW) is None


def test_a_recall_is_said_again() -> None:
    """Peers 8"""
    wanted = wishes()
    wanted.heard(called(1))
    assert numbers(wanted) == ["R001"]
    wanted.heard([event("ticket.recalled", 1, times=2)])
    assert numbers(wanted) == ["R001×2"]


def test_a_recall_takes_the_place_of_the_call_that_still_waits() -> None:
    wanted = wishes()
    wanted.heard([*called(1, 2), event("ticket.recalled", 1, times=2)])
    assert numbers(wanted) == ["R002", "R001×2"]


def test_who_has_come_is_not_called() -> None:
    for kind, state in [("ticket.arrived", "serving"), ("ticket.passed", "passed")]:
        wanted = wishes()
        wanted.heard([*called(1, 2), event(kind, 1, state=state)])
        assert numbers(wanted) == ["R002"]


def test_what_is_being_said_is_unwanted_when_the_person_comes() -> None:
    wanted = wishes()
    wanted.heard(called(1, 2))
    wanted.take(NOW)
    wanted.heard([event("ticket.arrived", 2, state="serving")])
    assert not wanted.unwanted
    wanted.heard([event("ticket.arrived", 1, state="serving")])
    assert wanted.unwanted
    wanted.done()
    assert not wanted.unwanted


def test_other_events_of_a_call_say_nothing() -> None:
    """An arrival that is taken back is no call."""
    wanted = wishes()
    wanted.heard(called(1))
    numbers(wanted)
    wanted.heard([event("ticket.undone", 1), event("ticket.reprinted", 1), {"type": "x", "seq": 9}])
    assert numbers(wanted) == []


def test_after_a_cut_what_still_stands_and_is_fresh_is_said_once() -> None:
    """Peers 6"""
    wanted = wishes()
    wanted.heard(called(1))
    assert numbers(wanted) == ["R001"]
    missed = [
        call(1),  # said before the cut
        call(2, state="serving"),
        call(3, last_called_at=NOW - FRESH - 1),
        call(5, last_called_at=NOW + 2),
        call(4, last_called_at=NOW + 1),
        call(6, state="passed"),
        call(7, zone="C", ticket_zone="C"),
    ]
    wanted.joined(snapshot(*missed, at=NOW + 10))
    assert numbers(wanted, NOW + 10) == ["R004", "R005"]
    wanted.joined(snapshot(*missed, at=NOW + 20))
    assert numbers(wanted, NOW + 20) == []


def test_a_snapshot_takes_away_what_stands_no_more() -> None:
    wanted = wishes()
    wanted.heard(called(1, 2, 3))
    wanted.take(NOW)
    wanted.joined(snapshot(call(2, state="serving"), call(3)))
    assert wanted.unwanted
    wanted.done()
    assert numbers(wanted) == ["R003"]


def test_what_waited_too_long_is_not_said() -> None:
    wanted = wishes()
    wanted.heard(called(1))
    assert numbers(wanted, NOW + FRESH + 1) == []


def test_what_could_not_be_asked_for_keeps_its_turn() -> None:
    wanted = wishes()
    wanted.heard(called(1, 2))
    wanted.take(NOW)
    assert wanted.crowd() == 2
    wanted.put_back()
    assert numbers(wanted) == ["R001", "R002"]


def test_what_could_not_be_asked_for_and_is_unwanted_is_gone() -> None:
    wanted = wishes()
    wanted.heard(called(1))
    wanted.take(NOW)
    wanted.heard([event("ticket.arrived", 1, state="serving")])
    wanted.put_back()
    assert numbers(wanted) == []


def test_a_new_day_begins_in_silence() -> None:
    wanted = wishes()
    wanted.heard([*called(1), {"seq": 2, "type": "day.opened", "at": NOW}])
    assert numbers(wanted) == []


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["ticket.called", "ticket.recalled", "ticket.arrived", "ticket.undone"]),
        st.integers(1, 5),
        st.integers(1, 3),
        st.booleans(),
    ),
    max_size=40,
)


@given(EVENTS)
def test_nothing_is_said_twice_whatever_happens(happened: list[tuple[str, int, int, bool]]) -> None:
    wanted, said = wishes(), []
    for kind, id, times, speak in happened:
        state = "serving" if kind == "ticket.arrived" else "called"
        wanted.heard([event(kind, id, times=times, state=state)])
        if speak and (wish := wanted.take(NOW)) is not None:
            said.append(wish.key)
            wanted.done()
    while (wish := wanted.take(NOW)) is not None:
        said.append(wish.key)
        wanted.done()
    assert len(said) == len(set(said))
