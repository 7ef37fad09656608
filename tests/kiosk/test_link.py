"""The controller's client against real HTTP: answers, refusals, lost answers, silence."""

from __future__ import annotations

import errno
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import link as link_module
from kiosk.day import DayMalformed, day_from_json
from kiosk.identity import Identity
from kiosk.link import Link, Offline, Refused, Unauthorised
from kiosk.outbox import Outbox
from kiosk.readers.base import DocumentType
from kiosk.session.model import Choice, Outcome, Visitor
from kiosk.settle import Settler
from kiosk.told import Told
from tests.kiosk.fake_controller import FakeController
from tests.kiosk.heard import until
from tests.kiosk.people import DAY_KEY, day_json

SOMEBODY = Visitor("ab" * 32, "张*名", DocumentType.RESIDENT)
CHOICE = Choice(("RS-003",))


@pytest.fixture
def controller() -> Iterator[FakeController]:
    with FakeController() as fake:
        yield fake


@pytest.fixture
def stranger(controller: FakeController) -> Iterator[Link]:
    client = Link(controller.url)
    yield client
    client.close()


@pytest.fixture
def link(controller: FakeController) -> Iterator[Link]:
    client = Link(controller.url)
    client.token, _ = client.enrol("1 号取号机")
    yield client
    client.close()


def test_enrolment_gives_a_secret_and_a_code(stranger: Link) -> None:
    secret, code = stranger.enrol("1 号取号机")
    assert (secret, code) == ("secret-1", "7K3M2Q")
    stranger.token = secret
    assert stranger.me().state == "approved"


def test_an_unknown_kiosk_cannot_issue(stranger: Link, controller: FakeController) -> None:
    """Peers 14"""
    stranger.token = "stolen"
    with pytest.raises(Unauthorised):
        stranger.issue("request-1", CHOICE, SOMEBODY, 20.0)
    assert controller.tickets == {}


def test_a_pending_kiosk_cannot_issue(stranger: Link, controller: FakeController) -> None:
    controller.approve = False
    stranger.token, _ = stranger.enrol("1 号取号机")
    with pytest.raises(Unauthorised):
        stranger.issue("request-1", CHOICE, SOMEBODY, 20.0)


def test_a_number_comes_with_all_that_is_printed(link: Link) -> None:
    ticket = link.issue("request-1", CHOICE, SOMEBODY, 20.0)
    assert (ticket.id, ticket.number) == ("2026-03-17-R001", "R001")
    assert (ticket.zone.letter, ticket.windows, ticket.wait) == ("B", "3–8", (10, 20))


def test_a_bundle_is_asked_for_by_its_id(link: Link, controller: FakeController) -> None:
    link.issue("request-1", Choice(("RS-003", "GA-010"), "Y-04"), SOMEBODY, 20.0)
    body = controller.tickets["2026-03-17-R001"]
    assert body["bundle"] == "Y-04"
    assert "items" not in body


def test_a_lost_answer_is_asked_for_again_and_makes_one_ticket(
    link: Link, controller: FakeController
) -> None:
    """Peers 5: a retried request with the same request id returns the first answer."""
    controller.lose_answers = 3
    ticket = link.issue("request-1", CHOICE, SOMEBODY, 20.0)
    assert ticket.number == "R001"
    assert len(controller.tickets) == 1
    assert controller.calls.count("POST tickets") == 4


def test_the_confirmation_of_an_end_is_one_deed_however_often_it_is_sent(
    link: Link, controller: FakeController
) -> None:
    ticket = link.issue("request-1", CHOICE, SOMEBODY, 20.0)
    controller.lose_answers = 1
    link.confirm(ticket.id, Outcome.PRINTED, within_s=20.0)
    link.confirm(ticket.id, Outcome.PRINTED)
    assert controller.outcomes[ticket.id] == ["printed"]


def test_a_refusal_brings_the_controllers_words(link: Link, controller: FakeController) -> None:
    controller.refuse = "series-full"
    with pytest.raises(Refused) as raised:
        link.issue("request-1", CHOICE, SOMEBODY, 20.0)
    assert raised.value.code == "series-full"
    assert raised.value.words.title == "标题 series-full"
    assert raised.value.words.say_en == "detail series-full"


def test_a_controller_that_is_gone_is_offline(controller: FakeController, link: Link) -> None:
    controller.stop()
    with pytest.raises(Offline):
        link.issue("request-1", CHOICE, SOMEBODY, 0.2)


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_controller_in_trouble_is_offline(
    status: int, controller: FakeController, link: Link
) -> None:
    controller.fail_with = status
    with pytest.raises(Offline):
        link.day()


def test_a_controller_that_never_answers_is_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_module, "READ_S", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = Link(f"http://127.0.0.1:{server.getsockname()[1]}")
        with pytest.raises(Offline):
            client.me()
        client.close()


def test_an_answer_that_is_no_json_is_offline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            peer, _ = server.accept()
            with peer:
                peer.recv(4096)
                peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")

        thread = threading.Thread(target=serve)
        thread.start()
        client = Link(f"http://127.0.0.1:{server.getsockname()[1]}")
        with pytest.raises(Offline):
            client.me()
        client.close()
        thread.join()


def test_an_error_holds_nothing_of_what_was_sent(controller: FakeController, link: Link) -> None:
    controller.stop()
    with pytest.raises(Offline) as raised:
        link.issue("request-1", CHOICE, SOMEBODY, 0.0)
    assert raised.value.__cause__ is None
    assert SOMEBODY.masked not in str(raised.value)


def test_the_days_data_are_read_whole(link: Link) -> None:
    day = link.day()
    assert day.key == DAY_KEY
    assert day.open
    assert day.items[0].zone.letter == "B"
    assert day.items[1].wait is None


@pytest.mark.parametrize(
    "change",
    [{"day": "soon"}, {"key": "00"}, {"items": [{}]}, {"zones": None}, {"tz": "Moon/Sea"}],
)
def test_a_day_that_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(DayMalformed):
        day_from_json(day_json(**change))


def test_a_secret_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    identity = Identity(tmp_path / "state")
    identity.save("secret-1")
    assert identity.load() == "secret-1"
    assert stat.S_IMODE((tmp_path / "state/device.json").stat().st_mode) == 0o600
    identity.forget()
    identity.forget()
    assert identity.load() == ""


def test_a_broken_identity_is_none(tmp_path: Path) -> None:
    (tmp_path / "device.json").write_text("{")
    assert Identity(tmp_path).load() == ""


def test_the_outbox_remembers_what_is_open(tmp_path: Path) -> None:
    path = tmp_path / "outbox.jsonl"
    outbox = Outbox(path)
    outbox.note("R001")
    outbox.note("R002")
    outbox.settle("R002", Outcome.PRINTED)
    outbox.note("R003")
    outbox.settle("R003", Outcome.VOID)
    outbox.done("R003", Outcome.VOID)
    outbox.close()
    with path.open("a") as file:
        file.write('{"ticket": "R0')
    with Outbox(path) as again:
        assert again.pending() == {"R001": None, "R002": Outcome.PRINTED}
        again.note("R004")
    with Outbox(path) as third:
        assert set(third.pending()) == {"R001", "R002", "R004"}


def test_a_newer_end_is_not_struck_off_with_the_older_one(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.jsonl")
    outbox.settle("R001", Outcome.UNPROVEN)
    outbox.settle("R001", Outcome.PRINTED)
    outbox.done("R001", Outcome.UNPROVEN)
    assert outbox.pending() == {"R001": Outcome.PRINTED}
    outbox.done("R001", Outcome.PRINTED)
    assert outbox.pending() == {}
    outbox.close()
    assert (tmp_path / "outbox.jsonl").read_bytes() == b""


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with Outbox(tmp_path / "outbox.jsonl") as one:
        yield one


@pytest.fixture
def settler(
    outbox: Outbox, link: Link, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Settler, list[str]]]:
    """A settler, and the numbers that the controller did not want."""
    monkeypatch.setattr("kiosk.settle.RETRY_S", 0.02)
    refused: list[str] = []
    told = Told(tmp_path / "told.jsonl")
    worker = Settler(link, outbox, refused.append, told)
    worker.start()
    yield worker, refused
    worker.close()
    told.close()


def test_an_end_reaches_the_controller_when_it_is_back(
    settler: tuple[Settler, list[str]], link: Link, controller: FakeController
) -> None:
    ticket = link.issue("request-1", CHOICE, SOMEBODY, 20.0)
    controller.stop()
    settler[0].confirm(ticket.id, Outcome.PRINTED)
    controller.start()
    until(lambda: controller.outcomes[ticket.id] == ["printed"], "the confirmation")


def test_a_wish_whose_answer_was_lost_is_withdrawn(
    settler: tuple[Settler, list[str]], outbox: Outbox, controller: FakeController, link: Link
) -> None:
    outbox.wish("request-1")
    controller.lose_answers = 3
    with pytest.raises(Offline) as lost:
        link.issue("request-1", CHOICE, SOMEBODY, 0.0)
    assert lost.value.sent, "the controller may have done it"
    settler[0].lost("request-1")
    until(lambda: controller.reserve.withdrawn == ["request-1"], "the withdrawal")
    until(lambda: outbox.entries() == (), "the outbox to empty")


def test_an_end_that_the_controller_refuses_is_dropped(
    settler: tuple[Settler, list[str]], tmp_path: Path
) -> None:
    settler[0].confirm("2026-03-16-R001", Outcome.PRINTED)
    until(lambda: (tmp_path / "outbox.jsonl").read_bytes() == b"", "the outbox to empty")
    assert settler[1] == [], "nobody holds a number that the controller gave"


def test_a_disk_that_is_full_for_a_while_ends_no_telling(
    settler: tuple[Settler, list[str]],
    outbox: Outbox,
    controller: FakeController,
    link: Link,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticket = link.issue("request-1", CHOICE, SOMEBODY, 20.0)
    full = threading.Event()

    def no_space(ticket: str, outcome: Outcome) -> None:
        full.set()
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as broken:
        broken.setattr(outbox, "done", no_space)
        settler[0].confirm(ticket.id, Outcome.PRINTED)
        until(full.is_set, "the full disk")
    until(lambda: outbox.entries() == (), "the outbox to empty")
    assert set(controller.outcomes[ticket.id]) == {"printed"}
