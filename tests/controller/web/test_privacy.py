"""A crawl of everything that comes out: no document number, no full name (law 7)."""

from __future__ import annotations

import re

from controller.hall.visitor import check_digit, mask_name, person_key
from controller.web import app as _all_operations_are_declared  # noqa: F401
from controller.web.access import OPERATIONS
from tests.controller.web.process import MOSTLY_DEFAULT, House, until
from tests.controller.web.test_access import concrete
from tests.controller.web.test_live import Watcher

NAME = "司徒雪梅"
FIRST = "999901" + "19490307" + "123"
NUMBER = FIRST + check_digit(FIRST)
LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")


def assert_private(text: str, where: str) -> None:
    assert NAME not in text, where
    assert NAME[2:] not in text, where
    assert not LONG_NUMBER.search(text), where


@MOSTLY_DEFAULT
def test_nothing_that_comes_out_holds_a_number_or_a_full_name(own: House) -> None:
    kiosk, screen = own.device("kiosk"), own.device("screen", "screen")
    supervisor, auditor = own.staff("0801", "supervisor"), own.staff("0802", "auditor")
    clerk = own.clerk(5)
    key = person_key(NUMBER, b"k" * 32)
    masked = mask_name(NAME)
    watcher = Watcher(own, "0801", "hall", "zone:B", "window:5", "console:5")
    public = Watcher(own, "screen", "hall", "zone:B", "window:5")
    ticket = own.issue("RS-003", person={"key": key, "masked": masked})
    for wrong in (NUMBER, f"{NUMBER}*"):  # what a confused client might send in its place
        body = {"items": [NUMBER], "request_id": "private-0001"}
        own.ask("POST", "/tickets", kiosk, body)
        person = {"key": key, "masked": wrong}
        body = {"items": ["RS-003"], "person": person, "request_id": "private-0002"}
        assert own.ask("POST", "/tickets", kiosk, body).status_code == 422
        own.ask("POST", f"/tickets/{wrong}/cancel", kiosk, {"request_id": "private-0003"})
        own.ask("GET", f"/slips/{wrong}", kiosk)
    clerk.command("/windows/5/call")
    clerk.command("/windows/5/arrive", ticket=ticket["id"])
    until(lambda: any(c["console"]["ticket"] for c in watcher.consoles), "the console")
    for op in OPERATIONS:
        if op.method == "GET":
            for token in (None, kiosk, screen, supervisor, auditor):
                answer = own.ask("GET", concrete(op.path), token)
                assert_private(answer.text, op.path)
                if token != supervisor:
                    assert masked not in answer.text, f"{op.path} shows a person to others"
                assert key not in answer.text
    for room in ("hall", "zone:B", "window:5", "console:5"):
        assert_private(str(watcher.snapshot(room)), room)
    assert_private(str((watcher.heard, watcher.consoles, public.heard)), "the feed")
    assert masked not in str((public.heard, public.joined, watcher.heard))
    watcher.close()
    public.close()
    for file in [*own.process.state.iterdir(), own.process.log]:
        text = file.read_bytes().decode("utf-8", "replace")
        assert NAME not in text, file.name
        assert NUMBER not in text, file.name
    assert masked not in str(own.process.operator().get("/events?limit=1000"))
