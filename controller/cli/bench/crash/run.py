"""A run: life after life of a controller that everybody hammers, and a check after each restart."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from random import Random

from controller.cli.bench.crash.callers import LINES_THAT_BREAK, Caller, Gate
from controller.cli.bench.crash.checker.chain import is_kept, last_seq
from controller.cli.bench.crash.checker.checker import Checker
from controller.cli.bench.crash.checker.plan import Plan
from controller.cli.bench.crash.checker.records import UNEXPLAINED, Asked, Finding, Shown
from controller.cli.bench.crash.crew import crew
from controller.cli.bench.crash.deck import Deck, Goal
from controller.cli.bench.crash.faults import Fault, Scene
from controller.cli.bench.crash.house import configure, people
from controller.cli.bench.crash.pages import Pages
from controller.cli.bench.crash.process import Controller, free_port
from controller.cli.bench.crash.result import Result
from controller.cli.bench.crash.screens import Screens
from controller.cli.bench.crash.stage import Stage, stage
from controller.cli.client import Refused
from controller.cli.demo.children import ChildDied

ANSWERED_WITHIN_S = 60.0
HEARD_WITHIN_S = 10.0
LOOKS = 20
"""How often the hall is looked at again because the journal went on meanwhile: windows that call
by themselves come to rest when everybody has somebody in hand."""

Say = Callable[[str], None]


class Hopeless(Exception):
    """It makes no sense to go on."""


def crash(goal: Goal, seed: int, keep: Path | None, say: Say) -> Result:
    """Run until the goal is reached, or the hall does not come back. Leaves nothing behind."""
    chance = Random(seed)
    with stage(keep) as place, _controller(place, chance) as controller:
        for name, why in place.skipped.items():
            say(f"skipped: {name}: {why}")
        always = (place.clock.preload,) if place.clock else ()
        scene = Scene(controller, chance, always, place.clock)
        with _hall(place, scene, keep is not None) as run:
            seconds = run.play(Deck(place, chance, goal), say)
        return Result(
            tally=scene.tally,
            seed=seed,
            seconds=seconds,
            lives=controller.lives,
            deeds=run.checker.counts(),
            restarts_s=run.restarts_s,
            found=run.checker.found,
            skipped=place.skipped,
        )


@contextmanager
def _controller(place: Stage, chance: Random) -> Iterator[Controller]:
    controller = Controller(place.config, place.logs, free_port(chance))
    try:
        yield controller
    finally:
        controller.end()


@contextmanager
def _hall(place: Stage, scene: Scene, keep: bool) -> Iterator[Run]:
    """The hall with its people, who wait at the closed gate; its controller is not running."""
    controller, chance = scene.controller, scene.chance
    config = configure(place.config, place.state, controller.port)
    scene.start()
    controller.answered()
    house = people(controller, config, place.state)
    controller.end()
    gate = Gate()
    screens = Screens(controller.address, house.screens, Random(chance.random()))
    callers = crew(house, controller.address, gate, screens.waiting, chance)
    pages = Pages(house, controller.address)
    for thread in (screens, *callers):
        thread.start()
    try:
        yield Run(place, scene, gate, callers, screens, pages, keep)
    finally:
        pages.close()
        gate.finish()
        for caller in callers:
            caller.join()
        screens.stop()


class Run:
    """The hall, the people who hammer it, and what is known of its journal so far."""

    def __init__(
        self,
        place: Stage,
        scene: Scene,
        gate: Gate,
        callers: list[Caller],
        screens: Screens,
        pages: Pages,
        keep: bool,
    ) -> None:
        self.checker = Checker(Plan.read(place.config / "hall.toml"))
        self.restarts_s: list[float] = []
        self._place, self._scene, self._gate = place, scene, gate
        self._callers, self._screens, self._pages = callers, screens, pages
        self._kept = place.root / "asked.jsonl" if keep else None

    def play(self, deck: Deck, say: Say) -> float:
        """Live and die until the goal is reached; the seconds it took."""
        began = time.monotonic()
        try:
            while missing := deck.missing(self._scene.tally, time.monotonic() - began):
                self._live(deck.draw(missing))
                say(f"{time.monotonic() - began:7.1f} s  {self._scene.tally}")
            self._live_on()
            self._scene.controller.end()
            self.checker.check_all(self._place.journal)
        except (ChildDied, Hopeless, Refused, *LINES_THAT_BREAK) as reason:
            self._wrong(f"the hall did not come back: {reason}")
        return time.monotonic() - began

    def _live(self, fault: Fault) -> None:
        """One life, and its end."""
        if self._place.disk is not None:
            self._place.disk.make_room()
        if fault.early:
            self._scene.start(fault.prepare())
        else:
            self._live_on(fault)
            self._gate.open()
        for text in fault.strike(self._scene):
            self._wrong(text)

    def _live_on(self, fault: Fault | None = None) -> None:
        """Start, and look how things stand when everybody has been answered."""
        scene = self._scene
        scene.start(fault.prepare() if fault else ())
        scene.start_s = scene.controller.answered()
        self.restarts_s.append(scene.start_s)
        self._look()

    # --- the check ------------------------------------------------------------------------------

    def _look(self) -> None:
        """Compare journal, answers, screens and pages while nobody asks for anything."""
        rest = self._gate.close(len(self._callers), ANSWERED_WITHIN_S)
        for caller in self._callers:
            if caller.fault is not None:
                raise caller.fault
        if not rest:
            raise Hopeless(f"somebody waited {ANSWERED_WITHIN_S:.0f} s for an answer in vain")
        asked = self._asked()
        for _ in range(LOOKS):
            pages, shown = self._pages.read(), self._boards()
            heard, faults = self._screens.harvest()
            for fault in faults:
                self._wrong(fault)
            self.checker.check(self._place.journal, asked, heard)
            asked = []
            seen = {board.seq for board in shown} | {page.seq for page in pages}
            if seen == {self.checker.seq}:
                self.checker.compare(shown, pages)
                return
        self.checker.compare(shown)
        self._wrong(f"the hall did not come to rest within {LOOKS} looks")

    def _asked(self) -> list[Asked]:
        """What was asked since the last look; the last of each kind is asked for again first."""
        found = []
        for caller in self._callers:
            asked = caller.harvest()
            for again in {one.deed: one for one in asked}.values():
                if is_kept(self._place.journal, again.id):
                    caller.repeat(again)
            found += asked
        if self._kept is not None:
            with self._kept.open("a", encoding="utf-8") as file:
                file.writelines(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in found)
        return found

    def _boards(self) -> list[Shown]:
        return self._screens.boards_at(last_seq(self._place.journal), HEARD_WITHIN_S)

    def _wrong(self, text: str) -> None:
        self.checker.find(Finding(UNEXPLAINED, text))
