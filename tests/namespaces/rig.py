"""A controller's process in one namespace, a kiosk's in the other, and all that is between them."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import requests

from controller.cli.bench.kiosk.offline import all_leased
from controller.cli.bench.kiosk.page import Json, Page, visit
from controller.cli.demo.cable import Cable
from controller.cli.demo.children import Child
from controller.cli.demo.enrol import enrol_kiosk
from controller.cli.operator import operator_client
from kiosk.identity import Identity
from kiosk.readers.virtual import VirtualSamReader
from printers.virtual import VirtualPrinter
from tests.controller.web.process import PATIENCE_S, House, Process, events, until
from tests.namespaces.net import HALL, Net

PAGE = "http://127.0.0.1:8081/"
KIOSK_TOML = """
[controller]
url = "{url}"
{backup}
[kiosk]
id = "kiosk-1"
no = 1
name = "1号取号机"
state_dir = "{state}"
[page]
port = 8081
[reader]
kind = "sam-serial"
port = "{reader}"
[printer]
kind = "network"
host = "127.0.0.1"
port = {printer}
"""


class Kiosk:
    """The agent's process with a card reader and a printer; may be killed and started again."""

    def __init__(self, net: Net, folder: Path, url: str, backup: str | None = None) -> None:
        self._net, self.folder = net, folder
        self.state = folder / "state"
        self.reader = VirtualSamReader(str(folder / "reader"))
        with net.within(net.kiosk):
            self.printer = VirtualPrinter().start()
        text = KIOSK_TOML.format(
            url=url,
            backup=f'backup_url = "{backup}"' if backup else "",
            state=self.state,
            reader=folder / "reader",
            printer=self.printer.port,
        )
        (folder / "kiosk.toml").write_text(text, encoding="utf-8")
        self._child: Child | None = None

    def start(self) -> None:
        """Start and wait for its page."""
        arguments = ["kiosk", "--config", str(self.folder), "--invented-people"]
        with self._net.within(self._net.kiosk):
            self._child = Child("kiosk", arguments, self.folder / "kiosk.log")
            self._child.line("page http")
            self.page = Page(PAGE)

    def watch(self) -> None:
        """Raises `ChildDied` if it has ended by itself."""
        assert self._child is not None
        self._child.check()

    def kill(self) -> None:
        """kill -9."""
        assert self._child is not None
        self._child.kill()
        self._child = None
        self.page.close()

    def close(self) -> None:
        """End the process and the devices."""
        if self._child is not None:
            self.kill()
        self.printer.close()
        self.reader.close()

    def health(self) -> Json:
        """What it says of itself."""
        with self._net.within(self._net.kiosk):
            answer = requests.get(f"{PAGE}health", timeout=PATIENCE_S)
        return dict(answer.json()["health"])

    @property
    def runs(self) -> bool:
        return self._child is not None

    @property
    def untold(self) -> bytes:
        """What the controller has not heard yet."""
        return (self.state / "outbox.jsonl").read_bytes()


class Rig:
    """Use as a context manager. `url`: the address that the kiosk asks, whose cable is `cable`;
    `papers`: numbers that people hold, in the order in which they got them."""

    def __init__(self, net: Net, folder: Path, backup: bool = False) -> None:
        self.net, self._folder, self._backup = net, folder, backup
        self._people = 0
        self.papers: list[str] = []

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            process = Process(self._folder / "hall")
            with self.net.within(self.net.hall):
                self.house = House(process.start())
                stack.callback(self._stop)
                self.cable = Cable(process.port, host=HALL)
                stack.callback(self.cable.close)
                self.other = Cable(process.port, host=HALL)
                stack.callback(self.other.close)
                self.other.cut()  # nobody is there yet
                self.house.staff("0801", "guide")
            backup = self.other.url if self._backup else None
            (folder := self._folder / "kiosk").mkdir()
            self.kiosk = Kiosk(self.net, folder, self.cable.url, backup)
            stack.callback(self.kiosk.close)
            self.kiosk.start()
            self._let_in(process)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def _stop(self) -> None:
        self.house.process.stop()

    def _let_in(self, process: Process) -> None:
        identity = Identity(self.kiosk.state)
        with self.net.within(self.net.hall):
            operator = operator_client(process.state)
            self.secret = enrol_kiosk(process.address, operator, identity, self.kiosk.watch)
            operator.close()

    # -- what happens -----------------------------------------------------------

    def ready(self) -> None:
        """Everything is well: the kiosk is there, has told all, and has numbers of its own."""
        self.net.mend()
        self.cable.mend()
        self.cable.retarget(self.house.process.port)
        if not self.kiosk.runs:
            self.kiosk.start()
        self.back()
        self.papers = []
        with self.net.within(self.net.hall):
            until(lambda: all_leased(self.house.address, self.secret), "blocks for every series")
            until(lambda: self.kiosk_has_mark, "the hall's mark")
            self._before = self.house.process.operator().get("/health")["seq"]

    @property
    def kiosk_has_mark(self) -> str:
        """Which hall the kiosk knows itself to belong to."""
        return Identity(self.kiosk.state).hall()

    def take(self, code: str | None = None) -> Json:
        """Somebody else takes a number, and holds it on paper; the ticket on the page."""
        with self.net.within(self.net.kiosk):
            ticket = visit(self.kiosk.page, self.kiosk, self._people, code)
        self._people += 1
        self.papers.append(str(ticket["number"]))
        return ticket

    def alone(self) -> None:
        """Wait until the kiosk goes on alone, and says so."""
        until(lambda: self.kiosk.page.view()["alone"], "the kiosk to go on alone")

    def back(self) -> None:
        """Wait until the kiosk is back and the hall knows all."""
        page = self.kiosk.page
        until(lambda: page.view()["link"] == "online" and not page.view()["alone"], "the link")
        until(lambda: self.kiosk.untold == b"", "the kiosk to tell its numbers")

    # -- what the hall knows ----------------------------------------------------

    def in_line(self) -> list[str]:
        """The numbers that stand in the hall since all was `ready`, by seniority: what the journal
        holds without what is void. A number that is there twice is there twice."""
        with self.net.within(self.net.hall):
            told = events(self.house, self._before)
        void = {e["data"]["ticket"] for e in told if e["type"] == "ticket.voided"}
        issued = [e["data"] for e in told if e["type"] == "ticket.issued"]
        standing = [one for one in issued if one["ticket"] not in void]
        return [one["number"] for one in sorted(standing, key=lambda one: int(one["seniority"]))]

    def account(self) -> None:
        """Nothing lost, nothing doubled, order kept, and nothing told that was not wanted."""
        assert Counter(self.papers).most_common(1)[0][1] == 1, f"one on two papers: {self.papers}"
        line = self.in_line()
        assert line == self.papers, f"in line {line}, on paper {self.papers}"
        if self.kiosk.runs:
            assert "refused" not in self.kiosk.health()
