"""kill -9 at random instants under load: nothing acknowledged is lost or doubled (law 3)."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from controller.journal.sqlite import verify_file
from tests.controller.web.process import House, Process, events, request_id

LINES_THAT_BREAK = (http.client.HTTPException, OSError)
KIOSKS = 4


class Kiosk(threading.Thread):
    """Issues without rest; asks again with the same request id until it is answered."""

    def __init__(self, house: House, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.client, self.stop = house.client("kiosk"), stop
        self.answers: dict[str, list[str]] = {}

    def run(self) -> None:
        while not self.stop.is_set():
            asked = request_id()
            self.answers[asked] = []
            while not self.answers[asked]:
                try:
                    body = {"items": ["RS-003"], "request_id": asked}
                    answer = self.client.post("/tickets", body)
                except LINES_THAT_BREAK:
                    time.sleep(0.01)
                else:
                    self.answers[asked].append(answer["ticket"]["id"])


def survive(house: House, kills: int, seed: int) -> None:
    chance, stop = random.Random(seed), threading.Event()
    house.device("kiosk")
    kiosks = [Kiosk(house, stop) for _ in range(KIOSKS)]
    for kiosk in kiosks:
        kiosk.start()
    for _ in range(kills):
        time.sleep(chance.uniform(0.02, 0.4))  # the instant of the blow, nothing waits for it
        house.process.kill()
        house.process.start()
    stop.set()
    for kiosk in kiosks:
        kiosk.join(60)
        assert not kiosk.is_alive(), "a kiosk was never answered"
    told = Counter(a for kiosk in kiosks for given in kiosk.answers.values() for a in given)
    kept = [e["data"]["ticket"] for e in events(house) if e["type"] == "ticket.issued"]
    assert max(told.values()) == 1, "two people were given one number"
    assert len(set(kept)) == len(kept)
    assert sorted(kept) == sorted(told), "every press is one ticket, and none is lost"
    sequence = [e["seq"] for e in events(house)]
    assert sequence == list(range(1, len(sequence) + 1))
    assert verify_file(house.process.state / "journal.db").events >= len(sequence)


@pytest.fixture
def house(tmp_path: Path) -> House:
    process = Process(tmp_path / "hall")
    # Around a hundred kills more numbers are taken than there are of three digits in a day; four
    # need wide paper.
    process.rule("digits = 3", "digits = 4").rule("paper = 58", "paper = 80")
    return House(process.start())


def test_ten_kills_lose_and_double_nothing(house: House) -> None:
    try:
        survive(house, 10, seed=1)
    finally:
        house.process.kill()


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_hundred_kills_lose_and_double_nothing(house: House) -> None:
    try:
        survive(house, 100, seed=int(time.time()))
    finally:
        house.process.kill()
