"""Somebody who does anything that can be done in a hall, sensible or not, in any order."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from typing import Any

from controller.hall import commands as c
from controller.hall.errors import HallError
from controller.hall.evolve import Applied, evolve
from controller.hall.instants import MINUTE
from controller.hall.model import (
    ANYBODY,
    DispatchClass,
    DropReason,
    GrantReason,
    Hall,
    PauseReason,
    PrintState,
    Result,
    TicketState,
    WindowState,
)
from controller.hall.plan import Plan
from controller.views.board import Board
from tests.controller.hall.desk import CLERKS, Desk
from tests.controller.hall_fixture import FakeClock
from tests.controller.views.told import Told
from tests.property.chance import CODES, Chance
from tests.property.copies import restored, shallow
from tests.property.helps import ask_help
from tests.property.ledger import Ledger
from tests.property.notices import tell
from tests.property.numbers import KIOSKS, doubt, lease

S = TicketState
STAFF = (*CLERKS.values(), "0801")


class Life:
    """A hall in which anything happens; every event is noted in a ledger."""

    def __init__(self, chance: Chance, plan: Plan) -> None:
        self.chance, self.plan = chance, plan
        self.ledger = Ledger()
        self.desk = Desk(plan, FakeClock("2026-03-16 09:00:00"))
        self.people: dict[str, list[str]] = {}
        self.noted = 0
        self.note()

    # --- steps ----------------------------------------------------------------------------------

    def step(self) -> None:
        """One thing that happens."""
        deed = self.chance.of(DEEDS)
        command = deed(self)
        if command is not None:
            self.try_(command)
        self.note()

    def try_(self, command: c.Command) -> list[Any]:
        """Do it; a refusal must leave everything as it is and say what to do."""
        self.desk.turn()
        self.desk.due()
        before = shallow(self.desk.hall)
        try:
            return self.desk.do(command)
        except HallError as error:
            refused = error
        assert shallow(self.desk.hall) == before
        assert refused.english()
        assert refused.chinese()
        return []

    def note(self) -> None:
        """Enter what happened since, and compare."""
        self.desk.due()
        for applied in self.desk.log[self.noted :]:
            self.ledger.note(applied.event)
        self.noted = len(self.desk.log)
        self.ledger.agree(self.desk.hall)
        self._no_window_is_left_idle()

    def _no_window_is_left_idle(self) -> None:
        """FR-32: whoever takes numbers by itself and is free has one, if there is one for it."""
        desk, now = self.desk, self.desk.clock.now()
        for window in desk.hall.windows.values():
            free = window.ticket is None and window.offer is None and window.ready
            if free and window.state is WindowState.OPEN and self.plan.windows[window.no].auto:
                assert desk.policy.choose(desk.hall, window, now) is None

    def restart(self) -> None:
        """The hall is what the events since the day's opening say, and nothing else."""
        assert restored(self.plan, self.today()) == self.desk.hall
        self.desk.hall = restored(self.plan, self.today())

    def today(self) -> list[Applied]:
        """What happened since the day was opened."""
        opened = [n for n, a in enumerate(self.desk.log) if a.event.type == "day.opened"]
        return self.desk.log[opened[-1] :]

    def check_replay(self) -> None:
        """From the first event on: the same hall, the same answers, and the board's truth."""
        again, board, told = Hall(self.plan), Board(self.plan), Told()
        for a in self.desk.log:
            applied = evolve(again, copy.deepcopy(a.event), a.seq, a.at)
            assert applied == a
            told.hear(board, board.fold(applied))
        lived = self.desk.hall
        for f in fields(Hall):
            assert getattr(again, f.name) == getattr(lived, f.name), f.name
        assert board.tickets == lived.tickets
        assert board.windows == lived.windows
        assert board.told == lived.told
        assert dict(board.lines.all_lines()) == dict(lived.waiting.all_lines())

    # --- choices --------------------------------------------------------------------------------

    def mostly(self) -> bool:
        return self.chance.of((True, True, True, True, False))

    def window(self) -> int:
        return self.chance.of((1, 2, 3))

    def clerk(self, no: int) -> str:
        """Whoever sits there, or somebody who does not."""
        sits = self.desk.hall.windows[no].clerk
        return sits if sits is not None and self.mostly() else self.chance.of(STAFF)

    def ticket(self, *states: TicketState) -> str:
        """A ticket in one of the states, or any."""
        tickets = self.desk.hall.tickets
        fitting = [t.id for t in tickets.values() if t.state in states]
        if fitting and self.mostly():
            return self.chance.of(fitting)
        return self.chance.of([*tickets] or ["2026-03-17-C999"])

    def key(self, command: type[c.WithTicket], ticket: str | None, **more: Any) -> c.Command:
        no = self.window()
        found = ticket if ticket is not None else self.desk.hall.windows[no].ticket
        return command(no, self.clerk(no), not self.mostly(), ticket=found or self.ticket(), **more)

    def at_its_window(self, command: type[c.WithTicket], state: TicketState) -> c.Command:
        """For somebody who is held somewhere or was handed somewhere."""
        ticket = self.ticket(state)
        found = self.desk.hall.tickets.get(ticket)
        no = (found and (found.target if state is S.HANDED else found.origin)) or self.window()
        return command(no, self.clerk(no), not self.mostly(), ticket=ticket)

    # --- taking numbers -------------------------------------------------------------------------

    def issue(self) -> None:
        chance = self.chance
        items = tuple(chance.of(CODES) for _ in range(chance.of((1, 1, 1, 2, 3, 4))))
        bundle = chance.of((None, None, "b"))
        if bundle is not None:
            items = tuple(dict.fromkeys(items))
        cls = chance.of((*DispatchClass, DispatchClass.ORDINARY))
        slot = None
        if cls is DispatchClass.APPOINTMENT:
            slot = self.desk.clock.at + chance.of((-20, 0, 9)) * MINUTE
        person = chance.of((None, "p1", "p2"))
        command = c.Issue(
            items,
            chance.of(KIOSKS),
            cls,
            bundle,
            slot,
            group=chance.of((None, None, "elder", "disabled")),
            grant=chance.of((None, GrantReason.CERTIFICATE)),
            earlier=None if person is None else tuple(self.people.get(person, ())),
            waived=chance.of((None, None, None, "值班长同意")),
            low_counter=chance.of((False, False, False, True)),
        )
        self.taken(command, person)

    def taken(self, command: c.Issue, person: str | None) -> None:
        """Try it, and see that nobody has more than the rules allow."""
        hall = self.desk.hall
        self.desk.turn()
        mine = [hall.tickets[t] for t in command.earlier or () if t in hall.tickets]
        mine = [t for t in mine if t.state is not S.VOID]
        lines = {hall.plan.skill_of(code) for code in command.items}
        standing = [t for t in mine if t.state in OPEN_TO_LIMITS]
        clash = any(lines & {t.items[i].skill for i in t.remaining} for t in standing)
        used = sum(len({i.skill for i in t.items}) for t in mine)
        often = any(
            sum(any(i.service == code for i in t.items) for t in mine) >= 2
            for code in command.items
        )
        for event in self.try_(command):
            if event.beyond is None and command.earlier is not None:
                assert not clash
                assert used < 3
                assert not often
            if person is not None:
                self.people.setdefault(person, []).append(event.ticket)

    def offline(self) -> None:
        leased = self.desk.hall.leased
        given, kiosk = self.chance.of([*leased.items()] or [(("C", 1), "k-1")])
        if not self.mostly():
            given, kiosk = ("C", given[1] + 1), self.chance.of(KIOSKS)
        ago = self.chance.of((0, 30, -30)) * MINUTE
        command = c.Issue(
            ("C-1",), kiosk, given=given, given_at=self.desk.clock.at - ago, earlier=()
        )
        good = leased.get(given) in (kiosk, ANYBODY)
        day = self.desk.hall.day
        happened = self.try_(command)
        if day == self.desk.hall.day:
            assert bool(happened) == good

    def paper(self) -> c.Command:
        kind = self.chance.of([*PrintState][1:])
        if self.chance.of((True, False)):
            return c.Reprint(self.ticket(S.WAITING))
        return c.ConfirmPrint(self.ticket(S.WAITING, S.CALLED), kind)

    def cancel(self) -> c.Command:
        return c.Cancel(self.ticket(*OPEN_TO_LIMITS), self.chance.of((None, *KIOSKS)))

    def grant(self) -> c.Command:
        reason = self.chance.of((None, GrantReason.VISIBLE, GrantReason.AGE))
        return c.Grant(
            self.ticket(S.WAITING, S.PASSED), self.chance.of((None, "elder", "disabled")), reason
        )

    def come_back(self) -> c.Command:
        return c.Return(self.ticket(S.PASSED))

    def move(self) -> c.Command:
        ticket = self.ticket(S.WAITING, S.PASSED, S.RETURNED)
        if self.chance.of((True, False)):
            return c.Move(ticket, "0900", to_window=self._to_window())
        return c.Move(ticket, "0900", self.chance.of((0, 0, 1, 3)), self.chance.of(CODES))

    def low_counter(self) -> c.Command:
        ticket = self.ticket(S.WAITING, S.PASSED, S.RETURNED)
        return c.LowCounter(ticket, "0900", self.chance.of((True, True, False)))

    def _to_window(self) -> int | None:
        return self.chance.of((None, 1, 2, 3, 9))

    # --- windows --------------------------------------------------------------------------------

    def open(self) -> c.Command:
        no = self.window()
        clerk = CLERKS[no] if self.mostly() else self.chance.of(STAFF)
        return c.OpenWindow(no, clerk, self.chance.of((False, False, True)))

    def leave(self) -> c.Command:
        no = self.window()
        kind = self.chance.of((c.PauseWindow, c.ResumeWindow, c.CloseWindow))
        more = {"reason": self.chance.of([*PauseReason])} if kind is c.PauseWindow else {}
        return kind(no, self.clerk(no), not self.mostly(), **more)  # type: ignore[arg-type]

    def supervise(self) -> c.Command:
        chance, no = self.chance, self.window()
        return chance.of(
            (
                c.SetSkills(no, chance.of((("civil",), ("tax",), ("civil", "tax"), ()))),
                c.TurnRoster(chance.of(((), (1,), (1, 2, 3), (9,)))),
                c.ChangePolicy(
                    *chance.of(
                        (
                            ("hold_limit", 1),
                            ("hold_limit", 3),
                            ("return_behind", 0),
                            ("priority_mode", "strict"),
                            ("overtaking_cap", None),
                            ("no_such", 1),
                        )
                    )
                ),
            )
        )

    # --- at a window ----------------------------------------------------------------------------

    def call(self) -> c.Command:
        no = self.window()
        kind = self.chance.of((c.CallNext, c.CallNext, c.Decline))
        offered = [w.no for w in self.desk.hall.windows.values() if w.offer is not None]
        if kind is c.Decline and offered:
            no = self.chance.of(offered)
        return kind(no, self.clerk(no))

    def choose(self) -> c.Command:
        ticket = self.ticket(S.WAITING, S.RETURNED, S.PASSED)
        return self.key(c.CallChosen, ticket, why=self.chance.of(("", "急事", "急事")))

    def go_on(self) -> c.Command:
        """The next sensible thing at some window."""
        no = self.window()
        window = self.desk.hall.windows[no]
        if window.state is WindowState.CLOSED:
            return c.OpenWindow(no, CLERKS[no])
        if window.state is WindowState.PAUSED:
            return c.ResumeWindow(no, window.clerk or "")
        if window.ticket is None:
            return c.CallNext(no, window.clerk or "")
        ticket = self.desk.hall.tickets[window.ticket]
        if ticket.state is S.CALLED:
            return c.Arrive(no, window.clerk or "", ticket=ticket.id)
        if ticket.active is None:
            return c.Start(no, window.clerk or "", ticket=ticket.id)
        return c.Finish(
            no, window.clerk or "", ticket=ticket.id, item=ticket.active, result=Result.DONE
        )

    def any_key(self) -> c.Command:
        kind = self.chance.of((c.Recall, c.Arrive, c.Start, c.Pass, c.Pass, c.Pass, c.Hold, c.Hold))
        return self.key(kind, None)

    def finish(self) -> c.Command:
        result = self.chance.of((None, *Result))
        return self.key(c.Finish, None, item=self.chance.of((0, 0, 1, 2)), result=result)

    def drop(self) -> c.Command:
        ticket = self.chance.of((None, self.ticket(S.HELD)))
        return self.key(c.Drop, ticket, reason=self.chance.of([*DropReason]))

    def transfer(self) -> c.Command:
        if self.mostly():
            return self.key(c.Transfer, None, to_window=self._to_window())
        return self.key(c.Transfer, None, to_item=self.chance.of(CODES))

    def answer(self) -> c.Command:
        kind = self.chance.of((c.Accept, c.Accept, c.SendBack))
        return self.at_its_window(kind, S.HANDED)

    def call_back(self) -> c.Command:
        return self.at_its_window(c.CallBack, S.HELD)

    def undo(self) -> c.Command:
        no = self.window()
        return c.UndoLast(no, self.clerk(no))

    # --- time -----------------------------------------------------------------------------------

    def time_passes(self) -> None:
        self.desk.wait(self.chance.of(SECONDS))

    def the_clock_is_set_back(self) -> None:
        self.desk.wait(-self.chance.of((1, 120)))

    def evening(self) -> None:
        """The day ends where it is late already, or now and then earlier."""
        now = self.desk.clock.now().local
        if now.hour >= 18 or self.chance.of((False,) * 7 + (True,)):
            self.a_night()

    def a_night(self) -> None:
        """Nine o'clock of the next day, or midnight, or shortly before closing."""
        tomorrow = self.desk.clock.now().local.date() + timedelta(days=1)
        self.desk.clock.set(f"{tomorrow} {self.chance.of(MORNINGS)}")
        self.desk.turn()
        self.people = {}


SECONDS = (0, 1, 4, 5, 10, 15, 60, 60, 60, 61, 301, 601, 1801, 3601)
MORNINGS = ("09:00:00", "09:00:00", "09:00:00", "00:00:00", "16:30:00")
OPEN_TO_LIMITS = (S.WAITING, S.OFFERED, S.CALLED, S.SERVING, S.HELD, S.PASSED, S.RETURNED, S.HANDED)

_TIMES: dict[Callable[[Life], Any], int] = {
    Life.issue: 18,
    Life.offline: 2,
    Life.paper: 3,
    Life.grant: 2,
    Life.come_back: 4,
    Life.move: 3,
    Life.low_counter: 2,
    Life.open: 4,
    Life.leave: 2,
    Life.supervise: 2,
    Life.call: 8,
    Life.choose: 2,
    Life.go_on: 20,
    Life.any_key: 14,
    lambda life: tell(life.chance, life.desk.hall): 3,
    lambda life: ask_help(life.chance): 2,
    Life.finish: 2,
    Life.drop: 2,
    Life.transfer: 9,
    Life.answer: 6,
    Life.call_back: 4,
    Life.undo: 5,
    Life.time_passes: 16,
    lambda life: lease(life.chance): 1,
    lambda life: doubt(life.chance, life.desk.log[-1].seq): 1,
    **dict.fromkeys((Life.cancel, Life.evening, Life.restart), 1),
    Life.the_clock_is_set_back: 1,
}
DEEDS: tuple[Callable[[Life], c.Command | None], ...] = tuple(
    deed for deed, times in _TIMES.items() for _ in range(times)
)
