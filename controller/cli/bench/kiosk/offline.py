"""A kiosk that is cut off for a while: what becomes of the numbers it gave out meanwhile.

Real controller and kiosk; a cable between them is cut. People lay cards on the virtual reader,
their touches go to the kiosk as the page sends them, their numbers come out of the virtual printer.
Then the cable is mended, and the controller's journal is asked what it has heard.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from controller.cli.client import Client
from controller.cli.demo.hall import DemoHall, demo_hall
from kiosk.readers.virtual import Delays, VirtualCard

PATIENCE_S = 60.0
FIRST = 300
"""Sequence numbers of the invented people, beyond those of other benches."""
PAGE = 1000

Json = dict[str, Any]


class NothingHappens(OSError):
    """A kiosk or controller did not do its part in time; says what was waited for."""


@dataclass(frozen=True, slots=True)
class OfflineFigures:
    """Numbers on paper; how many of them the hall does not know, how many stand for two people or
    for nobody, and how many stand behind somebody who came later."""

    tickets: int
    lost: int
    doubled: int
    out_of_order: int


def run(seconds: float, tickets: int) -> OfflineFigures:
    """Cut a kiosk off for `seconds` and let it give out so many numbers. Raises OSError."""
    with ExitStack() as stack:
        root = Path(stack.enter_context(TemporaryDirectory(prefix="jiaohao-")))
        hall = stack.enter_context(demo_hall(root, None, lambda part, where: None))
        hall.devices.reader.delays = Delays()
        page = _Page(hall.kiosk_url)
        stack.callback(page.close)
        _until(lambda: _all_leased(hall), "blocks for every series")
        operator = Client(hall.controller_url, hall.operator)
        stack.callback(operator.close)
        before = operator.get("/health")["seq"]
        hall.devices.cable.cut()
        _until(lambda: page.view()["alone"], "the kiosk to go on alone")
        began = time.monotonic()
        papers = []
        for n in range(tickets):
            _rest_until(began + n * seconds / tickets)
            papers.append(_take(hall, page, n))
        _rest_until(began + seconds)
        hall.devices.cable.mend()
        _until(lambda: page.view()["link"] == "online", "the kiosk to be back")
        _until(lambda: _untold(hall) == b"", "the kiosk to tell its numbers")
        return _account(papers, _issued(operator, before))


def _account(papers: list[str], issued: list[Json]) -> OfflineFigures:
    """What was on paper, in the order of giving, against what the hall took in."""
    known = Counter(e["data"]["number"] for e in issued)
    by_seniority = [
        e["data"]["number"] for e in sorted(issued, key=lambda e: int(e["data"]["seniority"]))
    ]
    mine = [number for number in papers if number in known]
    twice = sum(count - 1 for count in (*Counter(papers).values(), *known.values()))
    return OfflineFigures(
        tickets=len(papers),
        lost=len(set(papers) - set(known)),
        doubled=twice + len(set(known) - set(papers)),
        out_of_order=sum(a != b for a, b in zip(mine, by_seniority, strict=False)),
    )


def _take(hall: DemoHall, page: _Page, n: int) -> str:
    """Somebody's visit; the number on the paper."""
    cuts = hall.devices.printer.cuts
    hall.devices.reader.lay(VirtualCard("张无名", date(1990 - n // 700, 1, 2), FIRST + n % 700))
    home = page.sees("home")["home"]
    tiles = home["tiles"]
    page.act("choose", code=tiles[n % len(tiles)]["code"])
    page.sees("item")
    page.act("take")
    number = str(page.sees("done")["ticket"]["number"])
    _until(lambda: hall.devices.printer.cuts > cuts, f"{number} on paper")
    hall.devices.reader.lift()
    page.act("exit")
    page.sees("idle")
    return number


class _Page:
    """The kiosk's page, without a browser: one stream of views, and touches."""

    def __init__(self, url: str) -> None:
        self._host = urlsplit(url).netloc
        self._view: Json = {"state": "", "rev": -1, "alone": False, "link": ""}
        self._closed = False
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no more."""
        self._closed = True
        self._thread.join(PATIENCE_S)

    def view(self) -> Json:
        """The newest view."""
        return self._view

    def _listen(self) -> None:
        while not self._closed:
            line = http.client.HTTPConnection(self._host, timeout=PATIENCE_S)
            with suppress(OSError, http.client.HTTPException), closing(line):
                line.request("GET", "/events")
                with line.getresponse() as answer:
                    self._follow(answer)

    def _follow(self, answer: http.client.HTTPResponse) -> None:
        while not self._closed and (text := answer.readline()):
            if text.startswith(b"data: {") and len(text) > len(b"data: {}\n"):
                self._view = json.loads(text.removeprefix(b"data: "))

    def sees(self, state: str) -> Json:
        """The view once the page shows this state."""
        _until(lambda: self.view()["state"] == state, f"the kiosk to show {state}")
        return self.view()

    def act(self, name: str, **arguments: str) -> None:
        """A touch, taken by the kiosk."""

        def touch() -> bool:
            line = http.client.HTTPConnection(self._host, timeout=PATIENCE_S)
            body = json.dumps({"rev": self.view()["rev"], "act": name, **arguments})
            headers = {"X-Kiosk": "1", "Content-Type": "application/json"}
            with closing(line):
                line.request("POST", "/act", body, headers)
                with line.getresponse() as answer:
                    return answer.status == 200

        _until(touch, f"the kiosk to take the touch {name}")


def _all_leased(hall: DemoHall) -> bool:
    """Whether the kiosk has numbers of its own for everything it offers."""
    kiosk = Client(hall.controller_url, hall.kiosk)
    try:
        wanted = {item["series"] for item in kiosk.get("/kiosk/day")["items"]}
        return wanted <= {block["series"] for block in kiosk.get("/leases")["leases"]}
    finally:
        kiosk.close()


def _untold(hall: DemoHall) -> bytes:
    return (hall.state.kiosk / "outbox.jsonl").read_bytes()


def _issued(operator: Client, after: int) -> list[Json]:
    found: list[Json] = []
    while page := operator.get(f"/events?after={after}&limit={PAGE}")["events"]:
        found += [event for event in page if event["type"] == "ticket.issued"]
        after = page[-1]["seq"]
    return found


def _rest_until(then: float) -> None:
    time.sleep(max(0.0, then - time.monotonic()))


def _until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise NothingHappens(f"waited {PATIENCE_S:.0f} s for {what}")
        time.sleep(0.05)
