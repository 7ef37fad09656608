"""The hall that is measured: many windows, every letter, four digits; and its state, made at once.

Accounts and devices are written as rows of the journal, so that no time goes into passwords.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from config import HallConfig, load_hall
from controller.catalogue import plan_of
from controller.clock import SystemClock
from controller.dispatch.rule import HallRule
from controller.hall import commands as c
from controller.hall.days import turn_day
from controller.hall.events import Event, TicketIssued
from controller.hall.evolve import evolve
from controller.hall.instants import SECOND, Moment
from controller.hall.lifecycle import decide
from controller.hall.model import Hall, PrintState, Result
from controller.identity import fingerprint, new_token
from controller.journal.base import (
    Answer,
    Batch,
    DeviceRow,
    PersonRow,
    Record,
    SessionRow,
    StaffRow,
    StoredAnswer,
)
from controller.journal.sqlite import SqliteJournal

LETTERS = "ACFHJKLMNRUWXY"
WINDOWS = 128
SKILLS_EACH = 4
LINES_A_BATCH = 1000


@dataclass(frozen=True, slots=True)
class BenchHall:
    """A configuration directory and the tokens of its people."""

    directory: Path
    kiosk: str
    screen: str
    clerks: tuple[str, ...]
    """Tokens; the clerk at window n has the one at n - 1."""

    def config(self) -> HallConfig:
        """The hall's configuration."""
        return load_hall(self.directory)

    @property
    def journal(self) -> Path:
        """The journal's file."""
        return self.directory / "state" / "journal.db"


def item_of(n: int) -> str:
    """The n-th item, round and round."""
    return f"I-{n % len(LETTERS):02}"


def make_hall(directory: Path, engine: str) -> BenchHall:
    """Write the configuration and an empty journal with accounts."""
    directory.mkdir(parents=True)
    (directory / "hall.toml").write_text(_toml())
    (directory / "controller.toml").write_text(
        f'[server]\nport = 0\nengine = "{engine}"\nround_the_clock = true\n'
        f'state_dir = "{directory / "state"}"\n[log]\nlevel = "warning"\n'
    )
    hall = BenchHall(
        directory, new_token(), new_token(), tuple(new_token() for _ in range(WINDOWS))
    )
    journal = SqliteJournal(hall.journal)
    expires = (int(time.time()) + 86400) * SECOND
    batch = Batch()
    for kind, token in (("kiosk", hall.kiosk), ("screen", hall.screen)):
        batch.rows.append(DeviceRow(kind, kind, kind, "approved", "", fingerprint(token)))
    for n, token in enumerate(hall.clerks, 1):
        batch.rows.append(StaffRow(f"{n:04}", "clerk", True, None))
        batch.rows.append(SessionRow(fingerprint(token), f"{n:04}", expires))
    journal.append(batch)
    journal.close()
    return hall


def fill_day(hall: BenchHall, tickets: int) -> int:
    """Let a day of so many tickets have happened, each issued, printed, called and served.

    Returns how many events the journal then holds.
    """
    config = hall.config()
    state = Hall(plan_of(config, round_the_clock=True))
    journal = SqliteJournal(hall.journal)
    clock = SystemClock(config.hall.timezone)
    writer = _DayWriter(state, journal, clock.now())
    writer.write("", turn_day(state, writer.now))
    for no in state.windows:
        writer.do(c.OpenWindow(no, f"{no:04}"))
    for n in range(tickets):
        writer.visit(n, 1 + n % WINDOWS)
    writer.flush()
    journal.close()
    return writer.seq


class _DayWriter:
    """Decides commands on a hall and keeps their events in large batches."""

    def __init__(self, hall: Hall, journal: SqliteJournal, now: Moment) -> None:
        self.seq = 0
        self.now = now
        self._hall = hall
        self._policy = HallRule()
        self._journal = journal
        self._batch = Batch()

    def visit(self, n: int, window: int) -> None:
        (issued,) = self.do(c.Issue((item_of(window - 1),), "kiosk"))
        assert isinstance(issued, TicketIssued)
        ticket = issued.ticket
        self._batch.rows.append(PersonRow(ticket, self._hall.day, "0" * 64, "张*三", f"B{n}"))
        self.do(c.ConfirmPrint(ticket, PrintState.PRINTED))
        clerk = f"{window:04}"
        self.do(c.CallNext(window, clerk))
        self.do(c.Arrive(window, clerk, ticket=ticket))
        self.do(c.Finish(window, clerk, ticket=ticket, result=Result.DONE))

    def do(self, command: c.Command) -> list[Event]:
        events = decide(self._hall, command, self.now, self._policy)
        self.write(f"bench-{self.seq}", events)
        return events

    def write(self, request_id: str, events: list[Event]) -> None:
        for event in events:
            self.seq += 1
            evolve(self._hall, event, self.seq, self.now.at)
            self._batch.records.append(
                Record(self.seq, self.now.at, self._hall.day, "bench:1", event)
            )
        if request_id:
            answer = Answer(200, '{"ticket":{"id":"","items":[]}}')
            self._batch.answers.append(StoredAnswer(request_id, self._hall.day, "-", answer))
        if len(self._batch.records) >= LINES_A_BATCH:
            self.flush()

    def flush(self) -> None:
        self._journal.append(self._batch)
        self._batch = Batch()


def _toml() -> str:
    lines = [
        '[hall]\nname = "测试大厅"\nname_en = "Bench Hall"\nshort_name = "测试"',
        'admin_code = "999901"\nhours = [["09:00", "17:00"]]\nticketing = [["09:00", "16:30"]]',
        "[series]\ndigits = 4",
    ]
    for zone in "AB":
        lines.append(
            f'[[zone]]\nid = "{zone}"\nletter = "{zone}"\nshort = "{zone}"\n'
            f'name = "{zone}区"\nname_en = "Zone {zone}"'
        )
    lines.append('[[department]]\ncode = "X"\nname = "部门"\nname_en = "Office"\nshort = "部门"')
    for n, letter in enumerate(LETTERS):
        lines.append(
            f'[[skill]]\nid = "s{n:02}"\nname = "业务{letter}"\nname_en = "Skill {letter}"\n'
            f'prefix = "{letter}"\nzone = "{"AB"[n % 2]}"'
        )
        lines.append(
            f'[[item]]\ncode = "{item_of(n)}"\nname = "事项{letter}"\nname_en = "Item {letter}"\n'
            f'department = "X"\nskill = "s{n:02}"\nsubject = "个人"\nkind = "公共服务"\n'
            'handling = "即办件"\nminutes = 8\np90 = 14'
        )
    for no in range(1, WINDOWS + 1):
        skills = ", ".join(f'"s{(no - 1 + k * 3) % len(LETTERS):02}"' for k in range(SKILLS_EACH))
        lines.append(
            f'[[window]]\nno = {no}\nname = "综合"\nname_en = "General"\n'
            f'skills = [{skills}]\nzone = "{"AB"[no % 2]}"'
        )
    return "\n".join(lines) + "\n"
