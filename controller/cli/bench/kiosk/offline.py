"""A kiosk that is cut off for a while: what becomes of the numbers it gave out meanwhile.

Real controller and kiosk; a cable between them is cut. People lay cards on the virtual reader,
their touches go to the kiosk as the page sends them, their numbers come out of the virtual printer.
Then the cable is mended, and the controller's journal is asked what it has heard.
"""

from __future__ import annotations

import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from controller.cli.bench.kiosk.page import Json, Page, until, visit
from controller.cli.client import Client
from controller.cli.demo.hall import DemoHall, demo_hall
from kiosk.readers.virtual import Delays

PAGE = 1000


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
        page = Page(hall.kiosk_url)
        stack.callback(page.close)
        until(lambda: all_leased(hall.controller_url, hall.kiosk), "blocks for every series")
        operator = Client(hall.controller_url, hall.operator)
        stack.callback(operator.close)
        before = operator.get("/health")["seq"]
        hall.devices.cable.cut()
        until(lambda: page.view()["alone"], "the kiosk to go on alone")
        began = time.monotonic()
        papers = []
        for n in range(tickets):
            _rest_until(began + n * seconds / tickets)
            papers.append(visit(page, hall.devices, n)["number"])
        _rest_until(began + seconds)
        hall.devices.cable.mend()
        until(lambda: page.view()["link"] == "online", "the kiosk to be back")
        until(lambda: _untold(hall) == b"", "the kiosk to tell its numbers")
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


def all_leased(address: str, secret: str) -> bool:
    """Whether the kiosk with this secret has numbers of its own for everything it offers."""
    kiosk = Client(address, secret)
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
