"""Following a room: every event once and in order, whatever the line does."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from controller.cli.demo.cable import Cable
from display.feed import Feed, Gap, Sequence
from display.line import Line, LineLost, LineRefused
from tests.browser.fake_controller import TOKEN, FakeController
from tests.browser.screens import controller_behind_cable, wait

Json = dict[str, Any]
Hall = tuple[FakeController, Cable]


class Ears:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.snapshots: list[Json] = []
        self.events: list[Json] = []
        self.beats: list[Json] = []
        self.quiet = 0.0
        self.threads: set[str] = set()

    def joined(self, snapshot: Json) -> None:
        self.threads.add(threading.current_thread().name)
        self.snapshots.append(snapshot)

    def heard(self, events: list[Json]) -> None:
        self.threads.add(threading.current_thread().name)
        self.events += events

    def beat(self, beat: Json) -> None:
        self.beats.append(beat)

    def tick(self, quiet_s: float) -> None:
        self.threads.add(threading.current_thread().name)
        self.quiet = max(self.quiet, quiet_s)

    def numbers(self) -> list[str]:
        return [e["call"]["number"] for e in self.events if e["type"] == "ticket.called"]


@pytest.fixture
def hall() -> Iterator[Hall]:
    with controller_behind_cable() as both:
        yield both


@pytest.fixture
def follow(hall: Hall) -> Iterator[Callable[..., tuple[Feed, Ears]]]:
    feeds: list[Feed] = []

    def start(
        room: str = "hall", token: Callable[[], str | None] = lambda: TOKEN
    ) -> tuple[Feed, Ears]:
        ears = Ears()
        feed = Feed(hall[1].url, room, token, ears)
        feeds.append(feed)
        feed.start()
        return feed, ears

    yield start
    for feed in feeds:
        feed.stop()


Follow = Callable[..., tuple[Feed, Ears]]


# ── on a line ────────────────────────────────────────────────────────────────


def test_a_burst_of_calls_is_heard_in_order_by_one_thread(hall: Hall, follow: Follow) -> None:
    controller, _ = hall
    controller.call("R000", 1)
    feed, ears = follow()
    wait(lambda: feed.live, "the room")
    numbers = [f"R{n:03}" for n in range(1, 13)]
    for window, number in enumerate(numbers, start=1):
        controller.call(number, window)
    wait(lambda: len(ears.events) == 12, "twelve calls")
    assert ears.numbers() == numbers, "and none that the snapshot held"
    assert len(ears.snapshots) == 1
    assert ears.threads == {"feed hall"}


def test_it_hears_its_own_room_only(hall: Hall, follow: Follow) -> None:
    controller, _ = hall
    feed, ears = follow("window:5")
    wait(lambda: feed.live, "the room")
    controller.call("R001", 4)
    controller.call("R002", 5)
    wait(lambda: ears.events, "the call")
    assert ears.numbers() == ["R002"]


def test_a_gap_brings_a_snapshot_and_no_old_news(hall: Hall, follow: Follow) -> None:
    controller, _ = hall
    feed, ears = follow()
    wait(lambda: feed.live, "the room")
    with controller.between_beats():  # or two of them tell of the loss before the call does
        controller.lose_one("R001", 1)
        controller.call("R002", 2)
    wait(lambda: len(ears.snapshots) == 2, "the snapshot")
    assert {c["number"] for c in ears.snapshots[-1]["calls"]} == {"R001", "R002"}
    controller.call("R003", 3)
    wait(lambda: ears.events, "the next call")
    assert ears.numbers() == ["R003"]


def test_a_loss_that_no_event_follows_is_told_by_the_beats(hall: Hall, follow: Follow) -> None:
    controller, _ = hall
    feed, ears = follow()
    wait(lambda: feed.live, "the room")
    controller.lose_one("R001", 1)
    wait(lambda: len(ears.snapshots) == 2, "the snapshot")
    assert ears.events == []


def test_after_a_cut_it_knows_everything_and_announces_nothing_old(
    hall: Hall, follow: Follow
) -> None:
    controller, cable = hall
    feed, ears = follow()
    wait(lambda: feed.live, "the room")
    cable.cut()
    wait(lambda: not feed.live, "the loss")
    for n in range(1, 21):
        controller.call(f"R{n:03}", n)
    cable.mend()
    wait(lambda: len(ears.snapshots) == 2, "the snapshot")
    assert len(ears.snapshots[-1]["calls"]) == 20
    controller.call("R021", 21)
    wait(lambda: ears.events, "the next call")
    assert ears.numbers() == ["R021"]


def test_a_pulled_cable_is_noticed_by_its_silence(
    hall: Hall, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("display.feed.SILENCE_S", 1.0)
    controller, cable = hall
    feed, ears = follow()
    wait(lambda: feed.live, "the room")
    cable.freeze()
    wait(lambda: not feed.live, "the silence")
    wait(lambda: ears.quiet > 1.2, "the listener's knowledge of it")
    known = len(ears.snapshots)  # a machine that stands still for a second is silent, too
    controller.call("R001", 1)
    cable.mend()
    wait(lambda: len(ears.snapshots) > known, "the snapshot")
    assert ears.events == []


def test_it_waits_for_its_token_and_takes_the_newest(
    hall: Hall, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("display.feed.REFUSED_PAUSE_S", 0.1)
    tokens: list[str | None] = [None, "wrong", "wrong", TOKEN]
    given = itertools.chain(tokens, itertools.repeat(TOKEN))
    feed, ears = follow(token=lambda: next(given))
    wait(lambda: ears.snapshots, "the room")
    assert feed.live
    assert len(ears.snapshots) == 1


def test_a_wrong_token_is_refused_and_what_is_no_feed_is_lost(hall: Hall) -> None:
    _, cable = hall
    with pytest.raises(LineRefused):
        Line(cable.url, "wrong")
    with pytest.raises(LineLost):
        Line("http://127.0.0.1:9", TOKEN)
    with pytest.raises(LineLost):
        Line(cable.url + ":nonsense", TOKEN)


# ── what is news ─────────────────────────────────────────────────────────────


def message(prev: int, *seqs: int, room: str = "hall", **more: Any) -> Json:
    events = [{"seq": seq, "type": "ticket.called"} for seq in seqs]
    return {"room": room, "prev": prev, "seq": seqs[-1], "events": events, **more}


def taken(known: Sequence, *messages: Json) -> list[int]:
    return [event["seq"] for one in messages for event in known.take(one)]


def test_a_replayed_message_is_no_news() -> None:
    known = Sequence("hall", 10)
    assert taken(known, message(10, 11, 12), message(10, 11, 12), message(9, 10)) == [11, 12]


def test_of_a_message_that_overlaps_only_the_rest_is_news() -> None:
    known = Sequence("hall", 11)
    assert taken(known, message(9, 10, 11, 12, 13)) == [12, 13]


def test_a_message_of_another_room_is_not_ours() -> None:
    known = Sequence("window:5", 10)
    assert taken(known, message(10, 11, room="hall"), message(10, 11, room="window:5")) == [11]


def test_reordered_messages_are_a_gap_and_then_old() -> None:
    known = Sequence("hall", 10)
    with pytest.raises(Gap):
        known.take(message(11, 12))
    known.wait()
    assert known.take(message(10, 11)) == []
    assert known.start(12) == [], "the snapshot holds both"


def test_news_that_overtakes_a_snapshot_is_kept_for_after_it() -> None:
    known = Sequence("hall")
    assert taken(known, message(9, 10), message(10, 11), message(11, 12)) == []
    assert [event["seq"] for event in known.start(10)] == [11, 12]


@pytest.mark.parametrize(
    "wrong",
    [
        {"prev": "10"},
        {"seq": None},
        {"events": "R046"},
        {"events": []},
        {"events": [{"seq": 12}]},
        {"events": [{"seq": 12}, {"seq": 11}]},
        {"events": ["R046"]},
        {"prev": 11},
    ],
)
def test_a_message_that_is_not_what_it_should_be_brings_a_snapshot(wrong: Json) -> None:
    known = Sequence("hall", 10)
    with pytest.raises(Gap):
        known.take(message(10, 11) | wrong)
    assert known.seq == 10


def test_a_beat_that_counts_more_than_is_known_tells_of_a_loss() -> None:
    known = Sequence("hall", 10)
    assert not known.behind({"rooms": {"hall": 10, "zone:B": 99}})
    assert known.behind({"rooms": {"hall": 11}})
    assert not known.behind({"rooms": {}})
    assert not known.behind({})
