"""From the last tap to the ticket in the hand, beside what no kiosk could be faster than.

The floor is a ticket's bytes sent to such a printer by nothing but a socket: its own time, which
every figure contains. Both stand still where paper would move: a virtual head prints at once.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from controller.cli.bench.kiosk.touch import Finger
from controller.cli.demo.devices import Devices
from controller.cli.demo.timing import Spread, spread
from kiosk.readers.virtual import VirtualCard
from printers.job import encode
from printers.page import compose
from printers.paper import Paper
from printers.slip import TicketSlip
from printers.virtual import VirtualPrinter

OUT_WITHIN_S = 30.0
FIRST = 300
"""Sequence numbers of the invented people, beyond those of the rack."""


class NoPaper(Exception):
    """No ticket came out."""


@dataclass(frozen=True, slots=True)
class Papers:
    """Milliseconds from the last tap to the cut ticket, and of the floor."""

    ticket: Spread
    floor: Spread

    @property
    def ratio(self) -> float:
        """How many times the floor the ticket took, by their 95th percentiles."""
        return round(self.ticket.p95 / max(self.floor.p95, 1), 1)


def measure(finger: Finger, devices: Devices, runs: int, say: Callable[[str], None]) -> Papers:
    """Take `runs` tickets, each as somebody else; floor and figure take turns."""
    took: list[float] = []
    floor: list[float] = []
    job = encode(compose(_slip(), Paper.MM80), Paper.MM80)
    with VirtualPrinter() as bare:
        for n in range(runs):
            floor.append(_bare(bare, job, n + 1))
            took.append(_ticket(finger, devices, n))
            say(f"ticket {n + 1} of {runs}: {took[-1]:.0f} ms")
    return Papers(spread(took), spread(floor))


def _ticket(finger: Finger, devices: Devices, n: int) -> float:
    out = len(devices.paper())
    devices.reader.lay(VirtualCard("张无名", date(1990, 1, 1), FIRST + n))
    finger.sees("home")
    finger.tap(finger.tiles.nth(n % finger.tiles.count()))
    finger.sees("item")
    finger.tap(finger.take)
    came = _when_out(devices, out)
    tapped = finger.tapped_at
    devices.reader.lift()
    finger.sees("done")
    finger.leave()
    return came - tapped


def _when_out(devices: Devices, before: int) -> float:
    deadline = time.monotonic() + OUT_WITHIN_S
    while time.monotonic() < deadline:
        if devices.printer.errors:
            raise NoPaper(f"the printer: {devices.printer.errors[0]}")
        if len(paper := devices.paper()) > before:
            return float(paper[0].at)
        time.sleep(0.005)
    raise NoPaper("no ticket came out of the printer")


def _bare(printer: VirtualPrinter, job: bytes, count: int) -> float:
    began = time.perf_counter()
    with socket.create_connection((printer.host, printer.port), timeout=OUT_WITHIN_S) as line:
        line.sendall(job)
        printer.wait_for_ticket(OUT_WITHIN_S, count)
    return (time.perf_counter() - began) * 1000


def _slip() -> TicketSlip:
    return TicketSlip(
        hall="青禾区政务服务中心", number="R046", items=("参保证明与权益记录打印",), zone="B",
        zone_name="一楼B区", windows="3–8", people_ahead=3, wait=(10, 20),
        issued_at=datetime(2026, 1, 1, 10, 30), kiosk="1号取号机", short_code="AAAA-AA",
    )  # fmt: skip
