"""One simulated clerk at one window: calls, waits for the person, works, takes a break."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from config.policy import Policy
from controller.cli.client import Json, Refused
from controller.cli.demo.busy_day import Day
from controller.cli.demo.busy_line import BackOff, Line

REACTION_S, WALK_S = (3.0, 12.0), (8.0, 40.0)
"""In life: until a clerk calls the next number, until the called person is at the window."""
REAL_WALK_S = 20.0
"""Somebody who is really there must have time to see the call, at any speed."""
BREAK_MIN, BREAK_EVERY_MIN = 10.0, (40.0, 160.0)
MOST_ON_BREAK = 2
LEFT_ALONE_S = 600.0
"""How long a window waits for somebody who signed in and has not opened it yet."""
FREE_AFTER_S = 60.0
"""How long a window stays empty after a real person has left it."""


class Phase(Enum):
    """What the clerk is doing; `UNSURE`: looks at the console first; `REAL`: somebody else is
    there."""

    AWAY = "away"
    IDLE = "idle"
    CALLED = "called"
    SERVING = "serving"
    PAUSED = "paused"
    UNSURE = "unsure"
    REAL = "real"


@dataclass(slots=True)
class Work:
    """What all simulated clerks share."""

    line: Line
    day: Day
    policy: Policy
    token: Callable[[str], str]
    """A session of a clerk; raises `Refused` or `Silent`."""
    forget: Callable[[str], None]
    """A clerk's session is not worth anything any more."""
    mine: set[str]
    """Tickets of simulated people that are not done yet."""
    speed: float = 1.0
    leaving: bool = False
    waiting: dict[str, int] = field(default_factory=dict)
    """People waiting by skill, as last heard."""
    on_break: int = 0
    calls: int = 0
    finished: int = 0

    def real(self, seconds: float) -> float:
        """Seconds of life as they pass here."""
        return seconds / self.speed


@dataclass(slots=True)
class Desk:
    """A window and its simulated clerk. `due` is when it acts next (monotonic seconds)."""

    no: int
    skills: tuple[str, ...]
    work: Work
    speed: float
    due: float | None = None
    staff_no: str = ""
    phase: Phase = Phase.AWAY
    ticket: Json | None = None
    break_at: float = math.inf
    until: float = 0.0
    """`REAL`: not before then does the simulated clerk come back."""
    _stays_away: bool = False
    _recalled: bool = False
    _back_off: BackOff = field(default_factory=BackOff)

    @property
    def number(self) -> str | None:
        """The number in hand."""
        return None if self.ticket is None else str(self.ticket["number"])

    @property
    def open(self) -> bool:
        """Whether the simulated clerk sits there."""
        return self.phase not in (Phase.AWAY, Phase.REAL)

    def act(self, now: float) -> None:
        """Do what is due: at most one request. Raises `Silent`."""
        try:
            self._deeds()[self.phase](now)
        except Refused as error:
            self._refused(error, now)

    def leave_alone(self, until: float) -> None:
        """A real person is here."""
        self._to(Phase.REAL, None)
        self.ticket = None
        self.until = until

    def look(self, now: float) -> None:
        """See at the console how things stand."""
        self._to(Phase.UNSURE, now)

    def wake(self, now: float) -> None:
        """Somebody may be waiting."""
        if self.phase is Phase.IDLE and self.due is None and self._wanted():
            self.due = now + self.work.real(self.work.day.between(*REACTION_S))

    def go_home(self, now: float) -> None:
        """The hall is being left: close as soon as nobody is in hand."""
        if self.phase in (Phase.IDLE, Phase.PAUSED):
            self.due = now
        elif self.phase is Phase.AWAY:
            self.due = None

    # -- deeds ------------------------------------------------------------------------------

    def _deeds(self) -> dict[Phase, Callable[[float], None]]:
        return {
            Phase.AWAY: self._open,
            Phase.IDLE: self._idle,
            Phase.CALLED: self._called,
            Phase.SERVING: self._finish,
            Phase.PAUSED: self._resume,
            Phase.UNSURE: self._look,
            Phase.REAL: lambda now: None,
        }

    def _open(self, now: float) -> None:
        self._command("open")
        self.break_at = now + self.work.real(60 * self.work.day.between(*BREAK_EVERY_MIN))
        self._free(now)

    def _idle(self, now: float) -> None:
        if self.work.leaving:
            self._command("close")
            self._to(Phase.AWAY, None)
        elif now >= self.break_at and self.work.on_break < MOST_ON_BREAK:
            minutes = max(1, math.ceil(BREAK_MIN / self.work.speed))
            self._command("pause", reason="rest", minutes=minutes)
            self._paused(now)
        else:
            self._call(now)

    def _call(self, now: float) -> None:
        answer = self._command("call")
        if answer["ticket"] is None:
            for skill in self.skills:
                self.work.waiting[skill] = 0  # until the hall is looked at again
            self._to(Phase.IDLE, None)
            return
        self.work.calls += 1
        self._take_up(answer["ticket"], now)

    def _called(self, now: float) -> None:
        assert self.ticket is not None
        policy = self.work.policy
        if not self._stays_away:
            self._take_up(self._command("arrive", ticket=self.ticket["id"])["ticket"], now)
        elif not self._recalled and policy.recall_limit:
            self._command("recall", ticket=self.ticket["id"])
            self._recalled = True
            self.due = now + policy.pass_after_s + 0.5
        else:
            self._command("pass", ticket=self.ticket["id"])
            self._done(now)

    def _finish(self, now: float) -> None:
        assert self.ticket is not None
        item = _active(self.ticket)
        result = self.work.day.result(self.ticket["items"][item]["code"])
        answer = self._command("finish", ticket=self.ticket["id"], item=item, result=result)
        ticket = answer["ticket"]
        if ticket["state"] == "serving":
            self._take_up(ticket, now)
        elif ticket["state"] == "waiting":  # for another window: it is not done yet
            self._free(now)
        else:
            self.work.finished += 1
            self._done(now)

    def _resume(self, now: float) -> None:
        if self.work.leaving:
            self._command("close")
            self._to(Phase.AWAY, None)
            return
        self._command("resume")
        self.break_at = now + self.work.real(60 * self.work.day.between(*BREAK_EVERY_MIN))
        self._free(now)

    def _look(self, now: float) -> None:
        path = f"/windows/{self.no}/console"
        console = self.work.line.get(self._token(), path)["console"]
        window, ticket = console["window"], console["ticket"]
        if window["state"] == "closed" or window["clerk"] != self.staff_no:
            self._to(Phase.AWAY, now + FREE_AFTER_S)
        elif ticket is not None:
            self._take_up(ticket, now)
        elif window["state"] == "paused":
            self._paused(now)
        else:
            self._free(now)

    # -- what follows -----------------------------------------------------------------------

    def _take_up(self, ticket: Json, now: float) -> None:
        new = self.ticket is None or self.ticket["id"] != ticket["id"]
        self.ticket = ticket
        ours = ticket["id"] in self.work.mine
        if ticket["state"] == "serving":
            item = _active(ticket)
            life = self.work.day.service_minutes(ticket["items"][item]["code"], self.speed)
            self._to(Phase.SERVING, now + max(0.5, self.work.real(60 * life)))
            return
        if new:
            self._stays_away, self._recalled = ours and self.work.day.stays_away(), False
        walk = self.work.real(self.work.day.between(*WALK_S)) if ours else REAL_WALK_S
        wait = self.work.policy.recall_gap_s + 0.5 if self._stays_away else max(0.5, walk)
        self._to(Phase.CALLED, now + wait)

    def _done(self, now: float) -> None:
        if self.ticket is not None:
            self.work.mine.discard(self.ticket["id"])
        self._free(now)

    def _free(self, now: float) -> None:
        self.ticket = None
        self._to(Phase.IDLE, None)
        if self.work.leaving or now >= self.break_at:
            self.due = now
        self.wake(now)

    def _paused(self, now: float) -> None:
        self.ticket = None
        self._to(Phase.PAUSED, now + max(2.0, self.work.real(60 * BREAK_MIN)))

    def _wanted(self) -> bool:
        return any(self.work.waiting.get(skill, 0) > 0 for skill in self.skills)

    def _to(self, phase: Phase, due: float | None) -> None:
        if (phase is Phase.PAUSED) != (self.phase is Phase.PAUSED):
            self.work.on_break += 1 if phase is Phase.PAUSED else -1
        self.phase, self.due = phase, due

    def _token(self) -> str:
        return self.work.token(self.staff_no)

    def _command(self, deed: str, **body: Any) -> Json:
        answer = self.work.line.command(self._token(), f"/windows/{self.no}/{deed}", **body)
        self._back_off.succeeded()
        return answer

    def _refused(self, error: Refused, now: float) -> None:
        """Never again at once: wait as long as was said, or longer each time, and look first."""
        wait = self._back_off.failed()
        code = error.problem.get("code")
        if error.status == 401:
            self.work.forget(self.staff_no)
        if code == "too-soon":
            self.due = now + float(error.problem.get("wait_s", 1)) + 0.5
        elif code in ("window-taken", "clerk-elsewhere", "window-paused"):  # somebody else acts
            self.leave_alone(now + max(wait, FREE_AFTER_S))
        elif self.phase is Phase.AWAY:
            self.due = now + max(wait, 5.0)
        else:
            self._to(Phase.UNSURE, now + wait)


def _active(ticket: Json) -> int:
    """Index of the item in hand."""
    states = [item["state"] for item in ticket["items"]]
    return states.index("active") if "active" in states else states.index("open")
