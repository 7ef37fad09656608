"""A service over threads and a journal that tests can hold up and look into."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from controller.deed import Deed, Transaction
from controller.dispatch.rule import HallRule
from controller.engine import ThreadingEngine
from controller.hall import commands as c
from controller.identity import Actor, Role
from controller.journal.base import Batch, Journal, PersonRow
from controller.journal.memory import MemoryJournal
from controller.service import Service
from tests.controller.hall_fixture import FakeClock, small_plan

KIOSK = Actor("k-1", Role.KIOSK)
PATIENCE_S = 60


class HeldJournal(MemoryJournal):
    """A journal that notes its batches, and waits at `gate` before it keeps one."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.gate.set()
        self.reached = threading.Event()
        self.batches: list[Batch] = []
        self.notes: list[str] = []

    def append(self, batch: Batch) -> None:
        self.reached.set()
        self.gate.wait()
        super().append(batch)
        self.batches.append(batch)
        self.notes.append("durable")

    def hold(self) -> None:
        """Let the next batch wait."""
        self.reached.clear()
        self.gate.clear()


def service_on(journal: Journal, clock: FakeClock | None = None) -> Service:
    """A started service."""
    made = Service(small_plan(), HallRule(), journal, clock or FakeClock(), ThreadingEngine())
    made.start()
    return made


def deed(
    command: c.Command, request_id: str | None = None, actor: Actor = KIOSK, request: str = ""
) -> Deed:
    """A deed that does one command and answers with what happened."""

    def run(tx: Transaction) -> dict[str, Any]:
        applied = tx.do(command)
        return {"seq": tx.seq, "events": [a.event.type for a in applied]}

    return Deed(actor, run, request_id, request or repr(command))


def issue(request_id: str | None = None, item: str = "C-1", code: str | None = None) -> Deed:
    """Issue a number, with a person if `code` is given."""
    command = c.Issue((item,), KIOSK.id)

    def run(tx: Transaction) -> dict[str, Any]:
        ticket = tx.do(command)[0].ticket
        assert ticket is not None
        if code is not None:
            tx.keep(PersonRow(ticket.id, tx.hall.day, "ab" * 32, "张*三", code))
        return {"number": ticket.number}

    return Deed(KIOSK, run, request_id, repr(command))


class Together:
    """Threads that call functions at once; `results` in the order of the calls."""

    def __init__(self, *calls: Callable[[], Any]) -> None:
        self.results: list[Any] = [None] * len(calls)
        self.threads = [
            threading.Thread(target=self._run, args=(n, call), daemon=True)
            for n, call in enumerate(calls)
        ]
        for thread in self.threads:
            thread.start()

    def _run(self, n: int, call: Callable[[], Any]) -> None:
        try:
            self.results[n] = call()
        except Exception as error:
            self.results[n] = error

    def join(self) -> list[Any]:
        for thread in self.threads:
            thread.join(PATIENCE_S)
            assert not thread.is_alive(), "no answer came"
        return self.results


def waiting_deeds(service: Service, count: int) -> None:
    """Wait until so many deeds are in the writer's inbox."""

    end = time.monotonic() + PATIENCE_S
    while service._inbox.qsize() < count:  # type: ignore[attr-defined]
        assert time.monotonic() < end, "the deeds did not arrive"
        time.sleep(0.002)
