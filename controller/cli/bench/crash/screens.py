"""Screens of room ``hall``: they come back after every crash and keep their boards."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import suppress
from random import Random
from typing import Any
from urllib.parse import urlsplit

from controller.cli.bench.crash.board import Board
from controller.cli.bench.crash.checker.records import Heard, Shown
from controller.cli.bench.sockets import Line

KNOCK_S = 0.05
PATIENCE_S = 5.0
"""How long a screen waits for a snapshot before it connects anew."""
LOSS = 0.02
"""Share of its messages that the last screen never hears."""


class HallScreen(Line):
    """One connection of a screen."""

    def __init__(self, token: str, board: Board, hub: Screens, loss: float, chance: Random) -> None:
        super().__init__(token)
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._board, self._hub, self._loss, self._chance = board, hub, loss, chance
        self._patience: asyncio.TimerHandle | None = None

    def entered(self) -> None:
        """See `Line.entered`."""
        self._want("join")

    def answered(self, answer: Any) -> None:
        """See `Line.answered`."""
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        if not answer["ok"]:
            self._hub.fail(f"{self._board.name} was refused: {answer['problem']}")
            return
        with self._hub.changed:
            self._board.start(answer)
            self._hub.changed.notify_all()

    def told(self, frame: bytes, now: float) -> None:
        """See `Line.told`."""
        name, message = json.loads(frame[2:])
        if self._chance.random() < self._loss:
            return
        with self._hub.changed:
            whole = not self._board.behind(message) if name == "hb" else self._take(message)
            self._hub.changed.notify_all()
        if not whole:
            self._want("snapshot")

    def refused(self, reason: str) -> None:
        """See `Line.refused`."""
        self._hub.fail(f"{self._board.name} may not connect: {reason}")

    def connection_lost(self, error: Exception | None) -> None:
        """The line is gone; `closed` tells."""
        if self._patience is not None:
            self._patience.cancel()
        if not self.closed.done():
            self.closed.set_result(None)

    def _take(self, message: Any) -> bool:
        try:
            return self._board.take(message)
        except ValueError as gap:
            self._hub.fail(f"{self._board.name}: {gap}")
            return False

    def _want(self, what: str) -> None:
        if self._patience is None:
            self._patience = asyncio.get_running_loop().call_later(PATIENCE_S, self.close)
            self.emit(what, {"room": "hall"})


class Screens(threading.Thread):
    """All screens, in a thread of their own. `faults` are what no screen should have met."""

    def __init__(self, address: str, tokens: dict[str, str], chance: Random) -> None:
        super().__init__(name="screens", daemon=True)
        self.changed = threading.Condition()
        self.faults: list[str] = []
        self._port = urlsplit(address).port or 0
        self._tokens = tokens
        self._boards = {name: Board(name) for name in tokens}
        self._chance = chance
        self._loop = asyncio.new_event_loop()
        self._all: asyncio.Future[Any] | None = None

    def run(self) -> None:
        """Keep all screens until `stop`."""
        asyncio.set_event_loop(self._loop)
        self._loop.set_exception_handler(lambda loop, context: self.fail(str(context)))
        names = list(self._tokens)
        losses = {name: LOSS if name == names[-1] else 0.0 for name in names}
        self._all = asyncio.gather(*(self._keep(name, losses[name]) for name in names))
        try:
            self._loop.run_until_complete(self._all)
        except asyncio.CancelledError:
            pass
        finally:
            self._loop.close()

    def stop(self) -> None:
        """Close all lines and end the thread."""

        def cancel() -> None:
            if self._all is not None:
                self._all.cancel()

        self._loop.call_soon_threadsafe(cancel)
        self.join()

    def fail(self, text: str) -> None:
        """Note what should not have happened."""
        with self.changed:
            self.faults.append(text)

    def waiting(self) -> int:
        """How many wait in the hall, as the first screen knows it."""
        return next(iter(self._boards.values())).waiting()

    def boards_at(self, seq: int, within_s: float) -> list[Shown]:
        """All boards, when they have heard of `seq`, or as they are when the time is over."""

        boards = self._boards.values()

        def there() -> bool:
            return all(board.seq is not None and board.seq >= seq for board in boards)

        with self.changed:
            self.changed.wait_for(there, within_s)
            return [board.shown() for board in boards]

    def harvest(self) -> tuple[list[Heard], list[str]]:
        """What they heard since the last harvest, and what should not have happened."""
        with self.changed:
            heard = [one for board in self._boards.values() for one in board.heard]
            for board in self._boards.values():
                board.heard = []
            faults, self.faults = self.faults, []
            return heard, faults

    async def _keep(self, name: str, loss: float) -> None:
        """Connect, and connect again, for ever."""
        chance = Random(self._chance.random())
        while True:
            with suppress(OSError):
                await self._once(name, loss, chance)
            await asyncio.sleep(KNOCK_S)

    async def _once(self, name: str, loss: float, chance: Random) -> None:
        _, screen = await self._loop.create_connection(
            lambda: HallScreen(self._tokens[name], self._boards[name], self, loss, chance),
            "127.0.0.1",
            self._port,
        )
        try:
            await screen.closed
        finally:
            screen.close()
