"""All simulated clerks: who is at which window, seen again and again as it really is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from config import HallConfig
from controller.cli.client import Json
from controller.cli.demo.busy_desk import FREE_AFTER_S, LEFT_ALONE_S, Desk, Phase, Work

FREE = (5, 9)
"""Windows that are always left to the person who tries the demo."""
COME_WITHIN_S = 240.0
"""In life: within this time all clerks are at their windows."""


@dataclass(slots=True)
class Crew:
    """The desks that open by default, but for those left `FREE`. `clerks`: windows by staff
    number, of those who can sign in; `kept`: windows that the last run had opened."""

    config: HallConfig
    work: Work
    clerks: Mapping[str, int]
    kept: set[int] = field(default_factory=set)
    signed_in: dict[str, int] = field(default_factory=dict)
    """Own sign-ins by staff number that the journal has yet to tell."""
    desks: dict[int, Desk] = field(init=False)

    def __post_init__(self) -> None:
        """Everybody is at home."""
        self.desks = {
            window.no: Desk(window.no, window.skills, self.work, self.work.day.clerk_speed())
            for window in self.config.windows
            if window.open_by_default and window.no not in FREE
        }

    def come(self, now: float) -> None:
        """All come to work, one after the other."""
        for desk in self.desks.values():
            if desk.phase is Phase.AWAY:
                desk.due = now + self.work.real(self.work.day.between(0, COME_WITHIN_S))

    def go(self, now: float) -> None:
        """All go home as soon as nobody is in hand."""
        for desk in self.desks.values():
            desk.go_home(now)

    @property
    def gone(self) -> bool:
        """Whether nobody simulated is at a window."""
        return not any(desk.open for desk in self.desks.values())

    def windows(self) -> list[int]:
        """Where somebody simulated sits."""
        return sorted(no for no, desk in self.desks.items() if desk.open)

    def due(self) -> Desk | None:
        """Whose turn it is next."""
        ready = [desk for desk in self.desks.values() if desk.due is not None]
        return min(ready, key=lambda desk: desk.due or 0.0, default=None)

    def staff(self, now: float) -> None:
        """Give the windows their clerks as their accounts are made."""
        for staff_no, window in list(self.clerks.items()):
            desk = self.desks.get(window)
            if desk is not None and not desk.staff_no:
                desk.staff_no = staff_no
        for desk in self.desks.values():
            if not desk.staff_no and desk.due is not None:
                desk.due = max(desk.due, now + 1.0)

    def heard(self, events: Iterable[Json], now: float) -> None:
        """What the journal says of sign-ins: those that are not ours are a real person's."""
        for event in events:
            staff_no = event["data"].get("subject")
            desk = next((d for d in self.desks.values() if d.staff_no == staff_no), None)
            if desk is None:
                continue
            if event["type"] == "staff.signed_in":
                if self.signed_in.get(staff_no, 0):
                    self.signed_in[staff_no] -= 1
                else:
                    desk.leave_alone(now + LEFT_ALONE_S)
            elif event["type"] == "staff.signed_out":
                self.work.forget(staff_no)
                desk.until = min(desk.until, now + FREE_AFTER_S)

    def seen(self, windows: Iterable[Json], now: float) -> None:
        """Compare every window with what its clerk believes."""
        for window in windows:
            desk = self.desks.get(window["no"])
            if desk is not None:
                self._compare(desk, window, now)

    def _compare(self, desk: Desk, window: Json, now: float) -> None:
        clerk, state = window["clerk"], window["state"]
        if desk.phase is Phase.REAL:
            if clerk is not None:
                desk.until = max(desk.until, now + FREE_AFTER_S)
            elif now >= desk.until:
                desk.phase, desk.due = Phase.AWAY, None if self.work.leaving else now
        elif clerk is None:
            if desk.open:
                desk.ticket, desk.phase = None, Phase.AWAY
                desk.due = None if self.work.leaving else now + FREE_AFTER_S
        elif clerk != desk.staff_no:
            if desk.staff_no:
                desk.leave_alone(now + FREE_AFTER_S)
        elif desk.phase is Phase.AWAY:
            self._take_up(desk, now)
        elif self._differs(desk, state, window["number"], window["serving"]):
            desk.leave_alone(now + FREE_AFTER_S)
        elif desk.phase is Phase.IDLE and window["number"]:
            desk.look(now)  # the hall gave it a ticket by itself

    def _take_up(self, desk: Desk, now: float) -> None:
        """Our account is signed on: ours from before the restart, or a real person's."""
        if desk.no in self.kept:
            self.kept.discard(desk.no)
            desk.look(now)
        else:
            desk.leave_alone(now + FREE_AFTER_S)

    @staticmethod
    def _differs(desk: Desk, state: str, number: str | None, serving: bool) -> bool:
        """Whether somebody else has acted at the window."""
        if desk.phase is Phase.UNSURE:
            return False
        if (state == "paused") != (desk.phase is Phase.PAUSED):
            return True
        if desk.phase in (Phase.CALLED, Phase.SERVING):
            return number != desk.number or serving != (desk.phase is Phase.SERVING)
        return False
