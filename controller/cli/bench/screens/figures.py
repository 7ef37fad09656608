"""The measurements, each on a hall of its own."""

from __future__ import annotations

import json
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import Browser

from controller.cli.bench.hall import SKILLS_EACH, BenchHall, item_of, make_hall
from controller.cli.bench.load import all_of, connect, post
from controller.cli.bench.processes import Server, controller
from controller.cli.bench.screens.crowd import Aside
from controller.cli.bench.screens.pages import Console, Display, Memory, browser, rest
from controller.cli.bench.screens.voice import Voice, build_clips, speaking
from controller.cli.client import Client
from controller.cli.demo.cable import Cable
from controller.cli.demo.timing import spread

Figures = dict[str, Any]
BREATH_S = 1.1
"""Between two calls: the hall display gives each at least a second of its big area."""
BURST = 12
CHIMES = 20
"""Calls that are waited for until they are said."""
AWAY_CALLS = 20
FAULTS: dict[str, Callable[[Cable], None]] = {"cut": Cable.cut, "silent": Cable.freeze}
"""Of a line: one that every end knows of, and one that nobody is told of."""
STAGE_S = 90.0
"""Twelve calls take turns of four seconds."""
BACK_S = 30.0
CREW = 10
"""Windows that share the soak's calls."""


class InVain(click.ClickException):
    """A screen does not show what it must."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    calls: int = 40
    sockets: tuple[int, ...] = (50, 500)
    soak_calls: int = 5_000
    soak_rate: float = 12.0


def measure(plan: Plan, say: Callable[[str], None]) -> Figures:
    """All figures."""
    found: Figures = {"press_to_pixel_p95_ms": {}}
    with tempfile.TemporaryDirectory(prefix="jiaohao-screens-") as directory, browser() as chromium:
        place = Path(directory)
        for count in plan.sockets:
            say(f"press to pixel among {count} sockets …")
            with Room.of(place / f"press-{count}", chromium) as room:
                found["press_to_pixel_p95_ms"][str(count)] = room.press_to_pixel(count, plan.calls)
        clips = place / "clips"
        build_clips(clips)
        say("press to chime …")
        with Room.of(place / "chime", chromium) as room, room.voice(clips) as voice:
            found["press_to_chime_ms"] = room.press_to_chime(voice, min(plan.calls, CHIMES))
        say(f"{BURST} calls at once, shown and spoken …")
        with Room.of(place / "burst", chromium) as room, room.voice(clips) as voice:
            found["burst"] = room.burst(voice)
        rejoin: dict[str, float] = {}
        found["said_late"] = 0
        for way, fault in FAULTS.items():
            say(f"a display whose line is {way} for {AWAY_CALLS} calls …")
            with Room.of(place / f"rejoin-{way}", chromium) as room:
                rejoin[way], said = room.rejoin(clips, fault)
            found["said_late"] += said
        found |= {"rejoin_s": max(rejoin.values()), "rejoin_each_s": rejoin}
        found["missed"] = 0
        if plan.soak_calls:
            say(f"{plan.soak_calls} calls at {plan.soak_rate:g} a second …")
            with Room.of(place / "soak", chromium) as room:
                found["soak"], found["missed"] = room.soak(plan.soak_calls, plan.soak_rate)
    return found


@dataclass(slots=True)
class Room:
    """A running hall with real pages."""

    hall: BenchHall
    server: Server
    chromium: Browser
    aside: Aside

    @classmethod
    @contextmanager
    def of(cls, place: Path, chromium: Browser) -> Iterator[Room]:
        """A fresh hall; its pages end with it."""
        hall = make_hall(place, "eventlet")
        with controller(hall.directory) as server:
            room = cls(hall, server, chromium, Aside())
            try:
                yield room
            finally:
                for context in chromium.contexts:
                    context.close()
                room.aside.close()

    @property
    def address(self) -> str:
        """Of the controller."""
        return f"http://127.0.0.1:{self.server.port}"

    def voice(self, clips: Path, address: str = "") -> AbstractContextManager[Voice]:
        """An announcer of all zones."""
        zones = [zone.id for zone in self.hall.config().zones]
        place = self.hall.directory / "announcer"
        return speaking(place, address or self.address, self.hall.screen, zones, clips)

    # -- what is measured ---------------------------------------------------------------------

    def press_to_pixel(self, sockets: int, calls: int) -> int:
        """p95, ms: a key at the console to the frame in which the hall display drew the call."""
        display = Display(self.chromium, self.address, self.hall.screen)
        console = Console(self.chromium, self.address, "0001", self.hall.clerks[0], 1)
        took: list[float] = []
        with self.aside.crowd(self.server.port, self.hall.screen, sockets - 1):
            for _ in range(calls):
                self._issue(1)
                before = display.drawn()
                pressed = console.press("F1")
                seq = self._next_drawn(display, before)
                took.append(display.drawn_at(seq) - pressed)
                console.press("F3")
                console.press("F4")
                rest(BREATH_S)
        return spread(took).p95

    def press_to_chime(self, voice: Voice, calls: int) -> int:
        """p95, ms: a key at the console to the start of the chime, while nothing else is said."""
        console = Console(self.chromium, self.address, "0001", self.hall.clerks[0], 1)
        took: list[float] = []
        for n in range(calls + 1):  # the first lets the announcer join
            self._issue(1)
            pressed = console.press("F1")
            console.ready("F3")
            number = console.number()
            chimed = voice.began(number)
            if n:
                took.append(chimed - pressed)
            console.press("F3")
            console.press("F4")
            voice.ended(number)
        return spread(took).p95

    def burst(self, voice: Voice) -> Figures:
        """Twelve windows call within a tenth of a second."""
        self._call_and_hear(voice)
        display = Display(self.chromium, self.address, self.hall.screen)
        windows = range(1, BURST + 1)
        self._fill(windows)
        began = time.perf_counter()
        called = self.aside.run(self._all_call(windows))
        took = time.perf_counter() - began
        deadline = time.monotonic() + STAGE_S
        while set(called) - set(display.staged()) and time.monotonic() < deadline:
            display.page.wait_for_timeout(100)
        shown = set(called) & set(display.staged())
        for number in called:
            voice.ended(number)
        spoken = [line["number"] for line in voice.of("said") if line["number"] in called]
        return {
            "calls": BURST,
            "within_ms": round(took * 1000),
            "shown": len(shown),
            "spoken": len(set(spoken)),
            "in_order": spoken == called,
        }

    def rejoin(self, clips: Path, fault: Callable[[Cable], None]) -> tuple[float, int]:
        """Seconds from the mended cable until the display shows what it should, and only that;
        and how many of the calls that nobody waits for any more an announcer then said."""
        cable = Cable(self.server.port)
        with self.voice(clips, cable.url) as voice:
            try:
                return self._come_back(cable, voice, fault)
            finally:
                cable.close()

    def _come_back(
        self, cable: Cable, voice: Voice, fault: Callable[[Cable], None]
    ) -> tuple[float, int]:
        display = Display(self.chromium, cable.url, self.hall.screen)
        self._call_and_hear(voice)
        self._until(lambda: len(display.drawn()) == 1, "the first call")
        self._until(lambda: not display.fresh(), "the end of its time in the big area")
        before = display.drawn()
        fault(cable)
        for _ in range(AWAY_CALLS):
            self._call_and_serve(1)
        self._until(display.lost, "the display to miss its controller")
        cable.mend()
        began = time.monotonic()
        self._until(lambda: self._right(display), "the display's return")
        took = time.monotonic() - began
        if display.drawn() != before:
            raise InVain("calls of the time away were shown as new")
        heard = len(voice.of("say"))
        self._call_and_hear(voice)  # what is old would have been said before it
        return round(took, 2), len(voice.of("say")) - 1 - heard

    def soak(self, calls: int, rate: float) -> tuple[Figures, int]:
        """A long day in minutes: memory of the display's page, and calls it never drew."""
        display = Display(self.chromium, self.address, self.hall.screen)
        memory = Memory(self.chromium, display.page)
        self._fill(range(1, CREW + 1))
        began, done, called, start = time.monotonic(), 0, [], (0.0, 0.0)
        warm = calls // 10
        while done < calls:
            if done >= warm and start == (0.0, 0.0):
                start = memory.mib()
            called += self.aside.run(self._round(range(1, CREW + 1)))
            done = len(called)
            rest(max(0.0, began + done / rate - time.monotonic()))
        display.drawn_at(called[-1])
        end = memory.mib()
        missed = len(set(called) - display.drawn())
        growth = max(end[0] - start[0], end[1] - start[1])
        return {"calls": done, "growth_mb": round(max(0.0, growth), 1)}, missed

    # -- what happens in the hall ---------------------------------------------------------------

    def _fill(self, windows: range) -> None:
        """Open the windows; enough people wait that none of them finds nobody to call."""
        for no in windows:
            self._at(no, "open")
            for _ in range(SKILLS_EACH):
                self._issue(no)

    def _issue(self, window: int) -> None:
        """Somebody comes whom this window can serve."""
        client = Client(self.address, self.hall.kiosk)
        client.command("/tickets", items=[item_of(window - 1)])
        client.close()

    def _at(self, no: int, deed: str, **body: Any) -> Figures:
        client = Client(self.address, self.hall.clerks[no - 1])
        try:
            return client.command(f"/windows/{no}/{deed}", **body)
        finally:
            client.close()

    def _call_and_hear(self, voice: Voice) -> None:
        """One call, said to its end before the person comes."""
        self._at(1, "open")
        self._issue(1)
        ticket = self._at(1, "call")["ticket"]
        voice.ended(ticket["number"])
        self._at(1, "arrive", ticket=ticket["id"])
        self._at(1, "finish", ticket=ticket["id"], item=0)

    def _call_and_serve(self, no: int) -> None:
        self._issue(no)
        ticket = self._at(no, "call")["ticket"]["id"]
        self._at(no, "arrive", ticket=ticket)
        self._at(no, "finish", ticket=ticket, item=0)

    async def _all_call(self, windows: range) -> list[str]:
        """The numbers, in the order in which they were called."""
        lines = [await connect(self.server.port) for _ in windows]
        _, answers = await all_of(lines, [self._request(no, "call") for no in windows])
        for line in lines:
            line.transport.close()
        found = sorted((json.loads(answer) for answer in answers), key=lambda one: one["seq"])
        return [one["ticket"]["number"] for one in found]

    async def _round(self, windows: range) -> list[int]:
        """Somebody comes to each window, is called and served; the seqs of the calls."""
        lines = [await connect(self.server.port) for _ in windows]
        wishes = [self._wish(item_of(no - 1)) for no in windows]
        await all_of(lines, wishes)
        _, answers = await all_of(lines, [self._request(no, "call") for no in windows])
        found = [json.loads(answer) for answer in answers]
        tickets = [(no, one["ticket"]["id"]) for no, one in zip(windows, found, strict=True)]
        await all_of(lines, [self._request(no, "arrive", ticket=t) for no, t in tickets])
        await all_of(lines, [self._request(no, "finish", ticket=t, item=0) for no, t in tickets])
        for line in lines:
            line.transport.close()
        return [one["seq"] for one in found]

    def _wish(self, item: str) -> bytes:
        body = {"request_id": secrets.token_hex(12), "items": [item]}
        return post("/api/v1/tickets", self.hall.kiosk, json.dumps(body))

    def _request(self, no: int, deed: str, **body: Any) -> bytes:
        content = json.dumps({"request_id": secrets.token_hex(12), **body})
        return post(f"/api/v1/windows/{no}/{deed}", self.hall.clerks[no - 1], content)

    # -- waiting ----------------------------------------------------------------------------------

    def _next_drawn(self, display: Display, before: set[int]) -> int:
        display.page.wait_for_function(
            "(known) => marked.size > known", arg=len(before), polling="raf"
        )
        return max(display.drawn() - before)

    def _right(self, display: Display) -> bool:
        """Whether the display shows the newest calls, newest first, and none as new."""
        client = Client(self.address, self.hall.screen)
        board = client.get("/snapshot?room=hall")["snapshot"]
        client.close()
        newest = [call["number"] for call in board["calls"] if call["state"] != "passed"]
        shown = display.listed()
        return (
            not display.lost()
            and shown == newest[: len(shown)]
            and len(shown) > 1
            and not display.fresh()
        )

    def _until(self, holds: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + BACK_S
        while not holds():
            if time.monotonic() > deadline:
                raise InVain(f"waited in vain for {what}")
            time.sleep(0.02)
