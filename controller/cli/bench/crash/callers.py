"""Kiosks and people at work: threads that make moves, and ask again until they are answered."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Protocol

from controller.cli.bench.crash.checker.records import Answer, Asked
from controller.cli.bench.crash.moves.mind import Mind, Move, choose
from controller.cli.client import Client, Json, Refused

LINES_THAT_BREAK = (http.client.HTTPException, OSError)
UNAUTHENTICATED = 401
KNOCK_S = 0.05
"""Between two tries while nobody answers."""
BREATH_S = 0.02
"""When there is nothing to do; a supervisor has something to do less often."""
WATCH_S = 0.1
"""Between two looks of somebody who waits for the hall to act."""


class Gate:
    """Where the callers rest, with every request answered, while the hall is looked at."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open = self._over = False
        self._resting = 0

    def enter(self) -> bool:
        """Wait at a closed gate; False when it is over."""
        with self._changed:
            self._resting += 1
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._open or self._over)
            self._resting -= 1
            return not self._over

    def open(self) -> None:
        """Let them work."""
        with self._changed:
            self._open = True
            self._changed.notify_all()

    def close(self, callers: int, within_s: float) -> bool:
        """Let everybody come to rest; whether all `callers` did in time."""
        with self._changed:
            self._open = False
            return self._changed.wait_for(lambda: self._resting == callers, within_s)

    def finish(self) -> None:
        """It is over: nobody asks again, answered or not."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def pause(self, seconds: float) -> bool:
        """Wait a while, less when it is over; whether it is not."""
        with self._changed:
            return not self._changed.wait_for(lambda: self._over, seconds)


class Who(Protocol):
    """Who a caller is, and where the controller is."""

    address: str
    token: str

    @property
    def actor(self) -> str:
        """As the journal names it."""
        ...

    def renew(self) -> str:
        """A new token after the old one is over. Raises `Refused` or OSError."""
        ...


class Caller(threading.Thread):
    """One kiosk or console: makes one move after the other, each answered before the next.

    `log` holds what was asked since `harvest`; `fault` what ended the thread, if anything did.
    """

    def __init__(
        self,
        name: str,
        who: Who,
        moves: tuple[Move, ...],
        mind: Mind,
        look: Callable[[Client, Mind], None],
        gate: Gate,
        breath_s: float = 0.0,
    ) -> None:
        super().__init__(name=name, daemon=True)
        self.log: list[Asked] = []
        self.fault: BaseException | None = None
        self._who, self._moves, self._mind, self._look = who, moves, mind, look
        self._gate, self._breath_s = gate, breath_s
        self._chance = Random(mind.chance.random())
        self._client = Client(who.address, who.token)
        self._unsure = True

    def run(self) -> None:
        """Work until the gate says that it is over."""
        try:
            while self._gate.enter():
                self._work()
        except BaseException as error:
            self.fault = error
            raise
        finally:
            self._client.close()

    def harvest(self) -> list[Asked]:
        """The log since the last harvest. Only while it rests."""
        harvested, self.log = self.log, []
        return harvested

    def repeat(self, asked: Asked) -> None:
        """Ask for the same deed again. Only while it rests, from outside. Raises OSError."""
        try:
            answer = self._ask(asked.path, asked.body)
        except LINES_THAT_BREAK:  # its line may be one to the controller's last life
            answer = self._ask(asked.path, asked.body)
        asked.answers.append(answer)

    def _work(self) -> None:
        if self._unsure:
            self._unsure = not self._looked()
            return
        move = choose(self._moves, self._mind)
        if move is None:
            self._gate.pause(BREATH_S)
            return
        self._mind.idle = False
        self._do(move)
        if self._mind.idle or self._breath_s:
            self._gate.pause(self._breath_s or BREATH_S)

    def _do(self, move: Move) -> None:
        request = move.ask(self._mind)
        if request is None:
            self._gate.pause(WATCH_S)
            self._unsure = True
            return
        id_ = f"{self._chance.getrandbits(96):024x}"
        body = {**request.body, "request_id": id_}
        asked = Asked(
            id=id_,
            by=self._who.actor,
            deed=move.deed,
            path=request.path,
            body=body,
            window=request.window,
            ticket=request.ticket,
            booking=request.booking,
        )
        self.log.append(asked)
        answer = self._until_answered(asked)
        if answer is None:
            return
        asked.answers.append(answer)
        if answer.status < 300:
            move.learn(self._mind, answer.body)
        self._unsure = answer.status >= 300 or self._mind.unsure
        self._mind.unsure = False

    def _until_answered(self, asked: Asked) -> Answer | None:
        """Ask, and ask again when the line breaks; None when it is over before."""
        while True:
            try:
                return self._ask(asked.path, asked.body)
            except (*LINES_THAT_BREAK, Refused):
                if not self._gate.pause(KNOCK_S):
                    return None

    def _ask(self, path: str, body: Json) -> Answer:
        """One try, by somebody whose session may be over. Raises `Refused` if it stays so."""
        try:
            return self._try(path, body)
        except Refused:
            self._client.token = self._who.renew()
        return self._try(path, body)

    def _try(self, path: str, body: Json) -> Answer:
        try:
            granted = self._client.post(path, body)
        except Refused as refused:
            if refused.status == UNAUTHENTICATED:
                raise
            return Answer(refused.status, refused.problem)
        return Answer(self._client.status, granted)

    def _looked(self) -> bool:
        """Whether it could look how things stand."""
        try:
            self._look(self._client, self._mind)
        except LINES_THAT_BREAK:
            self._gate.pause(KNOCK_S)
            return False
        except Refused as refused:
            self._gate.pause(BREATH_S)
            if refused.status == UNAUTHENTICATED:
                self._renew()
            return False
        return True

    def _renew(self) -> None:
        with suppress(Refused, *LINES_THAT_BREAK):  # it will look again
            self._client.token = self._who.renew()
