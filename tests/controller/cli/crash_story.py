"""Small hand-made days for the checker of ``jiaohao bench crash``: honest unless tampered with."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from controller.cli.bench.crash.checker.chain import GENESIS, Row, linked
from controller.cli.bench.crash.checker.checker import Checker
from controller.cli.bench.crash.checker.fold import Hall
from controller.cli.bench.crash.checker.plan import Plan
from controller.cli.bench.crash.checker.records import (
    Answer,
    Asked,
    Finding,
    Heard,
    Json,
    Page,
    Shown,
)
from controller.cli.bench.crash.checker.views import (
    board_of,
    booking_of,
    desk_of,
    page_of,
    ticket_of,
)

PLAN = Plan(
    skills={"C-1": "civil", "T-1": "tax", "T-2": "tax"},
    zones={"civil": "A", "tax": "B"},
    windows={1: "A", 2: "A", 3: "B"},
    automatic=frozenset({2}),
    low=(2,),
    places={"civil": 1, "tax": 1},
    groups={"elder": ("priority", 3.8)},
)
SKILLS = {1: ["civil"], 2: ["civil", "tax"], 3: ["tax"]}
KIOSK, GUIDE, SUPERVISOR = "kiosk:k-1", "guide:0003", "supervisor:0002"
SECOND = 1_000_000
HOUR = 3600 * SECOND
TABLES = """
CREATE TABLE events (seq INTEGER PRIMARY KEY, at INTEGER, day TEXT, actor TEXT, type TEXT,
                     version INTEGER, body TEXT, digest TEXT);
CREATE TABLE numbers (day TEXT, series TEXT, ordinal INTEGER, seq INTEGER);
CREATE TABLE persons (ticket TEXT PRIMARY KEY, day TEXT, key TEXT);
CREATE TABLE answers (request_id TEXT PRIMARY KEY, status INTEGER, body TEXT);
CREATE TABLE bookings (booking TEXT PRIMARY KEY, day TEXT, person TEXT, state TEXT);
CREATE TABLE absences (booking TEXT PRIMARY KEY, cleared INTEGER);
CREATE TABLE blocks (person TEXT PRIMARY KEY, until TEXT);
"""


def clerk(no: int) -> str:
    return f"clerk:050{no}"


@dataclass
class Story:
    """What happened, what was answered, what the screen heard. Lists may be changed by hand."""

    path: Path
    rows: list[Row] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    numbers: list[tuple[str, str, int, int]] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    """Appointments, and whose they are."""
    absent: dict[str, bool] = field(default_factory=dict)
    """Who did not come, and whether that is cleared."""
    hall: Hall = field(default_factory=lambda: Hall(PLAN))
    at: int = 1_763_600_000_000_000

    # --- what happens ---------------------------------------------------------------------------

    def event(self, actor: str, type_: str, **body: Any) -> int:
        """One event, folded and heard by the screen; its seq."""
        self.at += SECOND
        day = body["day"] if type_ == "day.opened" else self.hall.day
        previous = self.rows[-1].digest if self.rows else GENESIS
        row = Row(len(self.rows) + 1, self.at, day, actor, type_, 1, json.dumps(body), "")
        self.rows.append(replace(row, digest=linked(previous, row)))
        self.hall.take(row, body)
        ticket = self.hall.tickets.get(body.get("ticket", ""))
        if type_.startswith("appointment."):
            ticket = None
        told = (ticket.id, ticket.state, ticket.window) if ticket else (None, None, None)
        self.heard.append(Heard("screen", row.seq, type_, *told))
        return row.seq

    def answer(
        self,
        deed: str,
        by: str,
        ticket: str | None = None,
        no: int | None = None,
        asked: Json | None = None,
        **told: Any,
    ) -> Asked:
        """The honest answer to a deed whose last event was the last of all. `asked` was its body,
        `told` is what the answer says besides."""
        body: Json = {"seq": len(self.rows), **told}
        if ticket is not None:
            body["ticket"] = ticket_of(self.hall, self.hall.tickets[ticket])
        elif no is not None:
            body["window"] = desk_of(self.hall.windows[no])
        return self.told(deed, by, Answer(200, body), ticket, no, asked)

    def told(
        self,
        deed: str,
        by: str,
        answer: Answer | None,
        ticket: str | None = None,
        no: int | None = None,
        body: Json | None = None,
        booking: str | None = None,
    ) -> Asked:
        """Any answer to a deed, or none."""
        answers = [] if answer is None else [answer]
        name = f"r-{len(self.asked)}"
        asked = Asked(name, by, deed, "/", body or {}, no, ticket, booking, answers)
        self.asked.append(asked)
        return asked

    def day(self, day: str) -> None:
        self.event("system", "day.opened", day=day, midnight=0)

    def opens(self, no: int) -> None:
        self.event(clerk(no), "window.opened", window=no, clerk=f"050{no}", skills=SKILLS[no])
        self.answer("open", clerk(no), no=no)

    def issued(self, ordinal: int, *items: str, answered: bool = True, **other: Any) -> str:
        """A number at the kiosk; `other`: what its event says otherwise."""
        ticket = self.given(KIOSK, ordinal, items or ("C-1",), **other)
        if answered:
            self.answer("issue", KIOSK, ticket)
        return ticket

    def given(self, by: str, ordinal: int, items: tuple[str, ...], **other: Any) -> str:
        """A number that somebody gave out, for nobody in particular."""
        number = f"A{ordinal:03}"
        ticket = f"{self.hall.day}-{number}"
        body: Json = {
            "ticket": ticket,
            "number": number,
            "series": "A",
            "ordinal": ordinal,
            "order": len(self.hall.tickets),
            "items": list(items),
            "cls": "ordinary",
            "weight": 1.0,
            "seniority": self.at + SECOND,
            "slot": None,
            "only": None,
            "issuer": by.partition(":")[2],
        }
        seq = self.event(by, "ticket.issued", **body | other)
        self.numbers.append((self.hall.day, "A", ordinal, seq))
        self.people[ticket] = f"key of {ticket}"
        return ticket

    def called(self, ticket: str, no: int, *items: int, answered: bool = True) -> None:
        chosen = list(items or (0,))
        body = {"window": no, "clerk": f"050{no}", "items": chosen, "reason": {}}
        self.event(clerk(no), "ticket.called", ticket=ticket, **body)
        if answered:
            self.answer("call", clerk(no), ticket, no)

    def arrived(self, ticket: str, no: int, item: int = 0) -> None:
        self.event(clerk(no), "ticket.arrived", ticket=ticket, window=no)
        self.event(clerk(no), "item.started", ticket=ticket, window=no, item=item)
        self.answer("arrive", clerk(no), ticket, no)

    def finished(self, ticket: str, no: int, item: int = 0, then: str = "ticket.finished") -> None:
        self.event(clerk(no), "item.finished", ticket=ticket, window=no, item=item, result="done")
        self.event(clerk(no), then, ticket=ticket, window=no)
        self.answer("finish", clerk(no), ticket, no)

    def offered(self, ticket: str, no: int, *items: int) -> int:
        """The hall reserves it; when the window calls it by itself."""
        until = self.at + 10 * SECOND
        chosen = list(items or (0,))
        self.event("system", "ticket.offered", ticket=ticket, window=no, items=chosen, until=until)
        return until

    def leased(self, first: int, last: int) -> None:
        self.event(KIOSK, "numbers.leased", device="k-1", series="A", first=first, last=last)
        self.answer("lease", KIOSK, asked={"series": "A"}, series="A", first=first, last=last)

    def taken_in(self, ordinal: int, given_at: int) -> str:
        """A guide takes a slip in that the kiosk gave out at an instant."""
        ticket = self.given(GUIDE, ordinal, ("C-1",), seniority=given_at, issuer="k-1")
        self.event(GUIDE, "ticket.printed", ticket=ticket)
        body = {"number": f"A{ordinal:03}", "items": ["C-1"], "given_at": given_at // 1000}
        self.answer("take-in", GUIDE, ticket, asked=body)
        return ticket

    def reported(self, ordinal: int, given_at: int) -> str:
        """The kiosk reports what it gave out at an instant."""
        ticket = self.given(KIOSK, ordinal, ("C-1",), seniority=given_at)
        self.event(KIOSK, "ticket.unproven", ticket=ticket)
        given = {"ticket": ticket, "at": given_at // 1000}
        self.answer("report", KIOSK, ticket, asked={"items": ["C-1"], "given": given})
        return ticket

    def booked(self, day: str, n: int, slot: int, item: str = "C-1", person: str = "") -> str:
        booking = f"{day}-0900-{n}"
        self.event(KIOSK, "appointment.booked", booking=booking, day=day, slot=slot, item=item)
        known = booking_of(self.hall.appointments.known[booking])
        body = {"item": item} | ({"bookings": [person]} if person else {})
        self.answer("book", KIOSK, asked=body, booking=known)
        self.owners[booking] = person
        return booking

    def checked_in(self, booking: str, ordinal: int) -> str:
        """Its owner comes in time."""
        slot = self.hall.appointments.known[booking].slot
        due = {"seniority": max(slot, self.at + SECOND), "cls": "appointment", "weight": 3.0}
        ticket = self.given(KIOSK, ordinal, ("C-1",), slot=slot, **due)
        self.event(KIOSK, "appointment.arrived", booking=booking, ticket=ticket, late=False)
        self.answer("check-in", KIOSK, ticket, late=False).booking = booking
        return ticket

    # --- what is checked ------------------------------------------------------------------------

    def shown(self) -> Shown:
        """The screen's board now."""
        return Shown("screen", len(self.rows), **board_of(self.hall))

    def pages(self) -> list[Page]:
        """What guides and supervisors are shown now."""
        seq = len(self.rows)
        shown = [Page("list", None, seq, None), Page("appointments", None, seq, None)]
        shown += [Page("console", no, seq, None) for no in PLAN.windows]
        return [replace(page, told=page_of(self.hall, page)) for page in shown]

    def cut(self, last: int) -> None:
        """Take the events after a seq away from the journal, as if they had never been."""
        del self.rows[last:]
        self.numbers = [n for n in self.numbers if n[3] <= last]

    def save(self) -> Path:
        """Write the journal's file."""
        self.path.unlink(missing_ok=True)
        connection = sqlite3.connect(self.path)
        connection.executescript(TABLES)
        for r in self.rows:
            connection.execute(
                "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (r.seq, r.at, r.day, r.actor, r.type, r.version, r.body, r.digest),
            )
        connection.executemany("INSERT INTO numbers VALUES (?, ?, ?, ?)", self.numbers)
        for ticket, key in self.people.items():
            if ticket[:10] < self.hall.day:
                continue  # purged
            connection.execute("INSERT INTO persons VALUES (?, ?, ?)", (ticket, ticket[:10], key))
        for booking in self.hall.appointments.known.values():
            values = (booking.id, booking.day, self.owners[booking.id] or None, booking.state)
            connection.execute("INSERT INTO bookings VALUES (?, ?, ?, ?)", values)
        connection.executemany("INSERT INTO absences VALUES (?, ?)", self.absent.items())
        for asked in self.asked:
            first = asked.answer
            if first is not None:
                body = json.dumps(first.body)
                connection.execute(
                    "INSERT INTO answers VALUES (?, ?, ?)", (asked.id, first.status, body)
                )
        connection.commit()
        connection.close()
        return self.path

    def findings(self, checker: Checker | None = None) -> list[Finding]:
        """What the checker finds in all of it, and in one more reading from the first event."""
        checker = checker or Checker(PLAN)
        checker.check(self.save(), self.asked, self.heard)
        checker.compare([self.shown()], self.pages())
        checker.check_all(self.path)
        return checker.found


def honest_day(path: Path) -> Story:
    """Two people come; one of them has two matters at two windows; then another day begins.

    The last ticket, A001 of the second day, is in hand at window 1; A002 waits.
    """
    story = Story(path)
    story.day("2026-11-23")
    story.opens(1), story.opens(3)
    first, second = story.issued(1, "C-1", "T-1"), story.issued(2)
    story.event(KIOSK, "ticket.printed", ticket=second)
    story.answer("print", KIOSK, second)
    story.called(first, 1)
    story.arrived(first, 1)
    story.finished(first, 1, 0, "ticket.requeued")
    story.called(first, 3, 1)
    story.event(clerk(3), "ticket.recalled", ticket=first, window=3)
    story.answer("recall", clerk(3), first, 3)
    story.arrived(first, 3, 1)
    story.finished(first, 3, 1)
    story.event("system", "ticket.dropped", ticket=second, why="day-end", window=None)
    story.event("system", "window.closed", window=1)
    story.event("system", "window.closed", window=3)
    story.day("2026-11-24")
    story.opens(1)
    third = story.issued(1)
    story.issued(2)
    story.called(third, 1)
    story.arrived(third, 1)
    return story
