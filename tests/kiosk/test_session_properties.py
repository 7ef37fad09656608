"""What holds in every visit, whatever happens in whatever order."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.day import day_from_json
from kiosk.readers.base import (
    CardRemoved,
    CardSeen,
    CardUnreadable,
    CodeRefused,
    Down,
    ReaderDown,
    ReaderUp,
    Unreadable,
)
from kiosk.screen import view
from kiosk.session import fits, next_wake, step
from kiosk.session.acts import ALLOWED
from kiosk.session.model import (
    Act,
    Confirm,
    DayChanged,
    EnrolmentChanged,
    Input,
    Issue,
    Issued,
    IssueLost,
    IssueRefused,
    Lamp,
    LinkChanged,
    Outcome,
    Print,
    PrintEnded,
    PrinterChanged,
    Sent,
    State,
    Tick,
    Visit,
    Words,
)
from kiosk.session.own import Again, Due, Found, Seek, Want
from kiosk.session.rest import resting
from tests.kiosk.finds import CODE, DUE, PASSED, WAITING
from tests.kiosk.people import CARD, DAY, ELDER, READY, START, after, day_json, read, ticket

PASSED_TOO = replace(PASSED, id="2026-03-17-C007", number="C007")
COPY = ticket("R046")
NUMBERS = [WAITING, PASSED, PASSED_TOO, replace(WAITING, state="called", window=5)]
APPOINTMENTS = [replace(DUE, due=due) for due in Due]
ARGS = {
    "pad_key": st.sampled_from([*"0123456789X", "ok", "back", "no"]),
    "choose": st.sampled_from(["RS-003", "GA-010", "nothing"]),
    "choose_bundle": st.sampled_from(["Y-04", "nothing"]),
    "elder": st.sampled_from(["true", "false"]),
    "voice": st.sampled_from(["true", "false"]),
    "contrast": st.sampled_from(["true", "false"]),
    "lang": st.sampled_from(["zh", "en", "xx"]),
    "code_key": st.sampled_from([*"7K3M2QR046", "ok", "back", "!"]),
    "search_key": st.sampled_from([*"sbk", "back", "clear", "1"]),
    "group": st.sampled_from(["RS", "nothing"]),
    "turn": st.sampled_from(["0", "1", "x"]),
    "drop": st.sampled_from(["RS-003", "GA-010"]),
    "pick": st.sampled_from([WAITING.id, PASSED_TOO.id, "nothing"]),
}
NAMES = sorted(set().union(*ALLOWED.values()))
ACTS = st.sampled_from(NAMES).flatmap(
    lambda name: ARGS.get(name, st.just("")).map(lambda arg: Act(name, arg))
)
WORDS = Words("不能取号", "No", "请到咨询台。", "Ask.")
DAYS = [DAY, day_from_json(day_json(open=False)), day_from_json(day_json(day="2026-03-18"))]
PEOPLE = [CARD, ELDER]


class Kiosk(RuleBasedStateMachine):
    """A kiosk among people, printers and lines that do as they like."""

    def __init__(self) -> None:
        super().__init__()
        self.session = after(*READY, session=START)
        self.now = 0.0
        self.numbers = count(1)
        self.wishes: list[Issue] = []
        self.errands: list[Seek | Want | Again] = []
        self.asked: set[str] = set()
        self.prints: list[Print] = []
        self.given: dict[str, list[Outcome]] = {}
        self.unprinted: set[str] = set()
        self.takes = 0

    def happen(self, event: Input) -> None:
        touched = isinstance(event, Act) and fits(self.session, event)
        taking = touched and event.name in ("take", "check_in")  # type: ignore[union-attr]
        self.session, effects = step(self.session, event, self.now)
        issues = [effect for effect in effects if isinstance(effect, Issue)]
        self.errands += [e for e in effects if isinstance(e, Seek | Want | Again)]
        assert len(issues) <= (1 if taking else 0)
        for effect in effects:
            if isinstance(effect, Issue):
                assert effect.request_id not in self.asked
                self.asked.add(effect.request_id)
                self.wishes.append(effect)
            elif isinstance(effect, Print):
                self.prints.append(effect)
            elif isinstance(effect, Confirm) and effect.ticket == COPY.id:
                assert effect.outcome is not Outcome.VOID, "a copy takes no number back"
            elif isinstance(effect, Confirm):
                self.given[effect.ticket].append(effect.outcome)

    @rule(act=ACTS)
    def somebody_touches(self, act: Act) -> None:
        self.happen(act)

    @rule(card=st.sampled_from(PEOPLE))
    def somebody_lays_a_card(self, card: object) -> None:
        self.happen(CardSeen())
        self.happen(read(card))  # type: ignore[arg-type]

    @rule()
    def somebody_takes_the_first_item(self) -> None:
        for act in (Act("choose", "RS-003"), Act("take")):
            self.happen(act)

    @rule(
        event=st.sampled_from(
            [
                CardSeen(),
                CardRemoved(),
                ReaderDown(Down.GONE),
                ReaderUp(),
                read(CARD),
                LinkChanged(True),
                LinkChanged(False),
                EnrolmentChanged(True),
                EnrolmentChanged(False, "7K3M2Q"),
                *(CardUnreadable(reason) for reason in Unreadable),
                *(PrinterChanged(lamp) for lamp in Lamp if lamp is not Lamp.NONE),
                *(DayChanged(day) for day in DAYS),
            ]
        )
    )
    def the_world_moves(self, event: Input) -> None:
        self.happen(event)

    @rule(seconds=st.sampled_from([0.1, 1.0, 5.0, 12.0, 40.0, 100.0]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds
        self.happen(Tick())

    @precondition(lambda self: self.wishes)
    @rule(data=st.data(), how=st.sampled_from(["issued", "refused", "lost"]))
    def the_controller_answers(self, data: st.DataObject, how: str) -> None:
        wish = self.wishes.pop(data.draw(st.integers(0, len(self.wishes) - 1)))
        if how == "refused":
            self.happen(IssueRefused(wish.request_id, WORDS))
        elif how == "lost":
            self.happen(IssueLost(wish.request_id))
        else:
            number = ticket(f"R{next(self.numbers):03d}")
            self.given[number.id] = []
            self.happen(Issued(wish.request_id, number))

    @rule(code=st.sampled_from([CODE, CodeRefused()]))
    def somebody_shows_a_code(self, code: Input) -> None:
        self.happen(code)

    @precondition(lambda self: self.errands)
    @rule(data=st.data(), how=st.sampled_from(["found", "booked", "refused", "lost"]))
    def the_controller_looks(self, data: st.DataObject, how: str) -> None:
        errand = self.errands.pop(data.draw(st.integers(0, len(self.errands) - 1)))
        if how == "refused":
            why = data.draw(st.sampled_from(["unknown-ticket", "too-many-requests", "other"]))
            self.happen(IssueRefused(errand.request_id, WORDS, why))
        elif how == "lost":
            self.happen(IssueLost(errand.request_id))
        elif isinstance(errand, Again):
            self.happen(Issued(errand.request_id, COPY, again=True))
        elif how == "booked":
            booked = data.draw(st.lists(st.sampled_from(APPOINTMENTS), max_size=3))
            self.happen(Found(errand.request_id, (), tuple(booked)))
        else:
            numbers = data.draw(st.lists(st.sampled_from(NUMBERS), max_size=3))
            self.happen(Found(errand.request_id, tuple(numbers)))

    @precondition(lambda self: self.prints)
    @rule(sent=st.sampled_from(list(Sent)), lamp=st.sampled_from([Lamp.OK, Lamp.OUT]))
    def the_printer_ends(self, sent: Sent, lamp: Lamp) -> None:
        job = self.prints.pop(0)
        if sent is Sent.NOT_SENT and not job.reprint:
            self.unprinted.add(job.ticket.id)
        self.happen(PrintEnded(job.ticket.id, sent, lamp, job.reprint))

    @invariant()
    def at_rest_nothing_of_anybody_is_held(self) -> None:
        if resting(self.session):
            kept = ("lang", "elder", "voice", "contrast", "staff_called", "tries")
            kept += ("deadline", "fault")
            visit = self.session.visit
            blank = Visit(visit.state, **{name: getattr(visit, name) for name in kept})
            assert visit == blank

    @invariant()
    def nothing_private_is_in_what_is_held_or_shown(self) -> None:
        shown = view(self.session, no=1, name="1号", now=self.now, now_ms=1_773_717_720_000)
        seen = repr(self.session) + repr(shown)
        for person in PEOPLE:
            assert person.name not in seen
            assert person.number not in seen
        visitor = self.session.visit.visitor
        hidden = (visitor.key, *visitor.bookings) if visitor else ()
        assert not any(one in seen for one in hidden)

    @invariant()
    def every_state_has_a_way_out(self) -> None:
        assert resting(self.session) or next_wake(self.session) is not None

    @invariant()
    def a_number_has_one_kind_of_end(self) -> None:
        for outcomes in self.given.values():
            assert len(outcomes) <= 4
            if Outcome.VOID in outcomes:
                assert outcomes == [Outcome.VOID], "a void number is void for good"
            if Outcome.PRINTED in outcomes:
                late = outcomes[outcomes.index(Outcome.PRINTED) :]
                assert set(late) == {Outcome.PRINTED}, "printed is never taken back"

    def teardown(self) -> None:
        """Left alone, the kiosk comes to rest and every number has an end."""
        for wish in self.wishes:
            number = ticket(f"R{next(self.numbers):03d}")
            self.given[number.id] = []
            self.happen(Issued(wish.request_id, number))
        self.wishes.clear()
        for _ in range(6):
            self.now += 100.0
            self.happen(Tick())
        assert resting(self.session), self.session.visit.state
        assert self.session.visit == replace(Visit(self.session.visit.state), **_kept(self))
        for number_id, outcomes in self.given.items():
            assert outcomes, f"{number_id} was silently counted"
        assert self.session.visit.state is not State.TIMEOUT


def _kept(kiosk: Kiosk) -> dict[str, object]:
    visit = kiosk.session.visit
    return {"fault": visit.fault, "tries": visit.tries}


Kiosk.TestCase.settings = settings(max_examples=60, stateful_step_count=35)
TestKiosk = Kiosk.TestCase
