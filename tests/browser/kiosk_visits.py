"""Every state of the touch page, each as the visit that leads to it.

The sessions are real ones over the demo's whole catalogue; so what the page is tested with is what
a kiosk would tell it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from controller.hall.visitor import INVENTED, PROVINCES
from kiosk.day import Day
from kiosk.panel.base import PresenceChanged
from kiosk.readers.base import (
    CardRemoved,
    CardSeen,
    CardUnreadable,
    CodeRefused,
    CodeScanned,
    Unreadable,
)
from kiosk.readers.virtual import VirtualCard
from kiosk.session import step
from kiosk.session.model import (
    Act,
    DayChanged,
    EnrolmentChanged,
    Input,
    Issued,
    IssueLost,
    IssueRefused,
    Lamp,
    LinkChanged,
    PrintEnded,
    PrinterChanged,
    ReaderLamp,
    Sent,
    Session,
    State,
    Tick,
    Ticket,
    Words,
)
from kiosk.session.own import Appointment, Due, Found, Standing
from tests.browser.kiosk_day import demo_day
from tests.kiosk.people import read

DAY = demo_day()
ITEM, LONG, SHORT, BUNDLE = "RS-001", "BD-001", "GA-009", "Y-01"
CARD = VirtualCard("张无三", date(1990, 3, 7))
EXPIRED = replace(CARD, valid_to=date(2020, 1, 1))
CODE = CodeScanned("7K3M2Q")
START = Session(
    nonce="n0nce000",
    provinces=PROVINCES | {INVENTED},
    reader=ReaderLamp.OK,
    printer=Lamp.OFFLINE,
)


def after(session: Session, *events: Input, now: float = 0.0) -> Session:
    for event in events:
        session, _ = step(session, event, now)
    return session


READY = after(
    START, EnrolmentChanged(True), LinkChanged(True), DayChanged(DAY), PrinterChanged(Lamp.OK)
)


def ready(*events: Input) -> Session:
    return after(READY, *events)


def carded(card: VirtualCard = CARD) -> tuple[Input, ...]:
    return (CardSeen(), read(card))


def home(*events: Input) -> Session:
    """Somebody is known and has taken the card back."""
    return ready(*carded(), CardRemoved(), *events)


def typed(act: str, text: str) -> tuple[Input, ...]:
    return tuple(Act(act, letter) for letter in text)


# -- numbers ----------------------------------------------------------------------


def paper(number: str = "R055", **changes: object) -> Ticket:
    item = DAY.item(ITEM)
    assert item is not None
    base = Ticket(
        id=f"2026-03-17-{number}",
        number=number,
        items=(item.name,),
        items_en=(item.name_en,),
        bundle=None,
        zone=item.zone,
        windows=item.windows,
        ahead=7,
        wait=(10, 20),
        issued_at=1_773_715_320_000,
        short_code="7K3M2Q",
        priority=False,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def request(session: Session) -> str:
    assert session.visit.job is not None
    return session.visit.job.request_id


def taking(code: str = ITEM) -> Session:
    return home(Act("choose", code), Act("take"))


def done(sent: Sent = Sent.PRINTED, **changes: object) -> Session:
    session = taking()
    ticket = paper(**changes)  # type: ignore[arg-type]
    session = after(session, Issued(request(session), ticket))
    return after(session, PrintEnded(ticket.id, sent, Lamp.OK))


def shown_only() -> Session:
    """A kiosk without a printer."""
    session = replace(taking(), printer=Lamp.NONE)
    return after(session, Issued(request(session), paper()))


# -- one's own --------------------------------------------------------------------

WAITING = Standing(
    id="2026-03-17-R046",
    number="R046",
    state="waiting",
    zone="B",
    codes=(ITEM,),
    items=("社会保障卡申领",),
    items_en=("Social Security Card Application",),
    ahead=4,
    wait=(10, 20),
)
BUNDLED = replace(
    WAITING,
    id="2026-03-17-X012",
    number="X012",
    zone="C",
    items=("企业设立登记", "公章刻制备案"),
    items_en=("Company Registration", "Seal Filing"),
    bundle="企业开办一件事",
    bundle_en="Starting a Company",
    ahead=128,
    wait=(120, 180),
)
APPOINTMENT = Appointment(
    id="2026-03-17-1030-1",
    item=ITEM,
    name="社会保障卡申领",
    name_en="Social Security Card Application",
    day="2026-03-17",
    start="10:30",
    due=Due.DUE,
    opens="10:15",
)


def looked_up(*numbers: Standing) -> Session:
    session = ready(CODE)
    return after(session, Found(request(session), numbers))


def public(number: Standing) -> Session:
    """A number typed by itself: nothing of its owner is told."""
    keys = typed("code_key", "R046")
    session = ready(Act("look_open"), Act("code_open"), *keys, Act("code_key", "ok"))
    bare = replace(number, codes=(), items=(), items_en=())
    return after(session, Found(request(session), (bare,)))


def booked(due: Due, **changes: str) -> Session:
    session = ready(Act("book_open"), *carded(), CardRemoved())
    one = replace(APPOINTMENT, due=due, **changes)
    return after(session, Found(request(session), (), (one,)))


def refused(session: Session, code: str, words: Words, ticket: str = "") -> Session:
    return after(session, IssueRefused(request(session), words, code, ticket))


HELD_ALREADY = Words(
    "您已有号票",
    "You have a number already",
    "您已有号票 R046，不必重复取号，可以补打。",
    "You have R046 for this already. It can be printed again.",
)
EXHAUSTED = Words(
    "本时段号已取完",
    "No numbers left in this slot",
    "本时段的号已取完，下一时段 13:15 开始取号。",
    "All numbers of this slot are given out; next at 13:15.",
)
LIMIT = Words(
    "今日取号已达上限",
    "As many numbers as one person may take today",
    "每人每天最多取 3 个号，确需再取请到咨询台。",
    "One person may take 3 numbers a day. The guide desk can help.",
)


# -- the hall -----------------------------------------------------------------------


def closed(why: str, opens: str, name: str = "", name_en: str = "") -> Session:
    day = replace(
        DAY,
        open=False,
        closed_why=why,
        opens_at=at_ms(opens),
        closed_name=name,
        closed_name_en=name_en,
    )
    return ready(DayChanged(day))


def at_ms(wall: str) -> int:
    return (
        int(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo("Asia/Shanghai")).timestamp())
        * 1000
    )


def shut_day() -> Day:
    """A day on which no numbers are given for some of what is asked for most."""
    first, second, third = DAY.popular[:3]
    shut = {
        first: ("closed", at_ms("2026-03-17T13:15")),
        second: ("exhausted", at_ms("2026-03-18T08:45")),
        third: ("exhausted", None),
    }
    items = [
        replace(item, ticketing=shut[item.code][0], next_at=shut[item.code][1])
        if item.code in shut
        else item
        for item in DAY.items
    ]
    return replace(DAY, items=tuple(items))


def alone(session: Session) -> Session:
    return replace(session, alone=True, link_up=False)


def unreadable(reason: Unreadable) -> Session:
    return ready(CardSeen(), CardUnreadable(reason))


def _all() -> Iterator[tuple[str, Session]]:
    yield "enrol", after(START, EnrolmentChanged(False, "7K3-M2Q"))
    yield "idle", READY
    yield "idle_no_reader", replace(READY, reader=ReaderLamp.OUT)
    yield "idle_card_left", ready(*carded(), Act("exit"))
    yield "idle_asleep", ready(PresenceChanged(False))
    yield "idle_alone", alone(READY)
    yield "privacy", ready(Act("privacy_open"))
    yield "reading", ready(CardSeen())
    yield "pad", ready(Act("pad_open"), *typed("pad_key", "9" * 12))
    yield "pad_full", ready(Act("pad_open"), *typed("pad_key", "9" * 18))
    wrong = (*typed("pad_key", "9" * 18), Act("pad_key", "ok"))
    yield "pad_wrong", ready(Act("pad_open"), *wrong)
    yield from _choosing()
    yield from _taking()
    yield from _owning()
    yield from _failing()
    yield "closed_lunch", closed("lunch", "2026-03-17T13:15")
    yield "closed_night", closed("night", "2026-03-18T08:45")
    spring = ("春节", "Chinese New Year (Spring Festival)")
    yield "closed_holiday", closed("holiday", "2026-03-24T08:45", *spring)


def _choosing() -> Iterator[tuple[str, Session]]:
    yield "home", home()
    yield "home_card", ready(*carded())
    yield "home_expired", ready(*carded(EXPIRED))
    yield "home_more", home(Act("choose", LONG), Act("add"))
    yield "home_alone", alone(home())
    yield "home_shut", home(DayChanged(shut_day()))
    for n, name in enumerate(("closed", "exhausted", "exhausted_today")):
        yield f"item_{name}", home(DayChanged(shut_day()), Act("choose", DAY.popular[n]))
    yield "all", home(Act("show_all"))
    yield "all_group", home(Act("show_all"), Act("group", "social_ins"))
    yield "all_few", home(Act("show_all"), Act("group", "entry_exit"))
    yield "all_guide", ready(Act("show_all"))
    yield "search", home(Act("search_open"))
    yield "search_one", home(Act("search_open"), *typed("search_key", "s"))
    yield "search_found", home(Act("search_open"), *typed("search_key", "sbk"))
    yield "bundles", home(Act("show_bundles"))
    yield "item", home(Act("choose", ITEM))
    yield "item_long", home(Act("choose", LONG))
    yield "item_bundle", home(Act("choose_bundle", BUNDLE))
    several = [act for code in (ITEM, LONG, SHORT) for act in (Act("choose", code), Act("add"))]
    yield "item_several", home(*several[:-1])
    five = sorted(DAY.items, key=lambda item: -len(item.materials))[:5]
    many = [act for item in five for act in (Act("choose", item.code), Act("add"))]
    yield "item_five", home(*many[:-1])
    yield "item_guide", ready(Act("show_all"), Act("choose", ITEM))
    yield "item_alone", alone(home(Act("choose", ITEM)))
    yield "timeout", after(home(), Tick(), now=20.0)


def _taking() -> Iterator[tuple[str, Session]]:
    yield "printing", taking(LONG)
    yield "done", done()
    yield "done_card", replace(done(), card_on_reader=True)
    yield "done_unprinted", shown_only()
    yield "done_alone", alone(done(number="A0712"))
    yield "done_kept", done(late=False)
    yield "done_late", done(late=True)


def _owning() -> Iterator[tuple[str, Session]]:
    yield "find_booked", ready(Act("book_open"))
    yield "find_look", ready(Act("look_open"))
    yield "find_scan", replace(ready(Act("book_open")), scans=True)
    yield "find_no_reader", replace(ready(Act("look_open")), reader=ReaderLamp.OUT)
    look = (Act("look_open"), Act("code_open"))
    yield "code_look", ready(*look, *typed("code_key", "R04"))
    yield "code_booked", ready(Act("book_open"), Act("code_open"), *typed("code_key", "7K3M2"))
    yield "code_wrong", ready(*look, *typed("code_key", "R0"), Act("code_key", "ok"))
    yield "asking", ready(CODE)
    for due in Due:
        other = {"day": "2026-03-18"} if due is Due.OTHER_DAY else {}
        yield f"booked_{due.value}", booked(due, **other)
    yield "numbers", looked_up(WAITING, BUNDLED, replace(WAITING, id="3", number="C007"))
    yield "number_waiting", looked_up(WAITING)
    yield "number_bundle", looked_up(BUNDLED)
    yield "number_public", public(WAITING)
    for state in ("called", "serving", "held"):
        yield f"number_{state}", looked_up(replace(WAITING, state=state, window=5))
    passed = replace(WAITING, state="passed", ahead=None, wait=None)
    yield "number_passed", looked_up(passed)
    yield "number_passed_public", public(passed)
    yield "number_returned", looked_up(replace(passed, state="returned"))
    yield "number_handed", looked_up(replace(passed, state="handed", target=12))
    for state in ("finished", "cancelled", "dropped", "void"):
        yield f"number_{state}", looked_up(replace(passed, state=state))
    yield "sure", after(looked_up(BUNDLED), Act("give_back"))


def _failing() -> Iterator[tuple[str, Session]]:
    for reason in Unreadable:
        yield f"error_{reason.value}", unreadable(reason)
    for lamp in (Lamp.OUT, Lamp.COVER, Lamp.CUTTER, Lamp.OFFLINE):
        yield f"error_standing_{lamp.value}", ready(PrinterChanged(lamp))
    yield "error_paper", home(Act("choose", ITEM), PrinterChanged(Lamp.OUT), Act("take"))
    yield "error_staff", after(ready(PrinterChanged(Lamp.OUT)), Act("staff"))
    yield "error_offline", ready(LinkChanged(False))
    session = taking()
    yield "error_lost", after(session, IssueLost(request(session)))
    yield "error_ticket", done(Sent.UNPROVEN)
    yield "error_held", refused(taking(), "already-waiting", HELD_ALREADY, WAITING.id)
    yield "error_quota", refused(taking(), "quota-exhausted", EXHAUSTED)
    yield "error_limit", refused(taking(), "daily-limit", LIMIT)
    yield "error_foreign", ready(CodeRefused())
    for why in ("unknown-ticket", "too-many-requests"):
        yield f"error_{why}", refused(ready(CODE), why, LIMIT)
    lost = ready(CODE)
    yield "error_no_answer", after(lost, IssueLost(request(lost)))
    for act, name in (("look_open", "error_no_number"), ("book_open", "error_no_booking")):
        asked = ready(Act(act), *carded(), CardRemoved())
        yield name, after(asked, Found(request(asked)))


SESSIONS: dict[str, Session] = dict(_all())


def states_shown() -> set[State]:
    """The states that at least one of the visits leads to."""
    return {session.visit.state for session in SESSIONS.values()}
