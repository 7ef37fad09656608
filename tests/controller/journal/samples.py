"""Records and rows for journals."""

from __future__ import annotations

from controller.hall import events as e
from controller.hall.events import Event
from controller.journal.base import (
    AnnouncementRow,
    Answer,
    Batch,
    DayKeyRow,
    DeviceRow,
    PersonRow,
    Record,
    SessionRow,
    SetupRow,
    StaffRow,
    StoredAnswer,
)

DAY = "2026-03-17"
NEXT, LATER = "2026-03-18", "2026-03-19"
NOON = 1_773_720_000_000_000


def issued(ordinal: int, day: str = DAY, series: str = "C") -> e.TicketIssued:
    number = f"{series}{ordinal:03d}"
    return e.TicketIssued(
        ticket=f"{day}-{number}",
        number=number,
        series=series,
        ordinal=ordinal,
        order=ordinal,
        items=("C-1", "T-1"),
        cls="ordinary",
        weight=3.1,
        seniority=NOON,
        slot=None,
        bundle=None,
        issuer="k-1",
    )


def batch(after: int, *events: Event, day: str = DAY) -> Batch:
    """The events as a batch that follows event `after`."""
    return Batch(
        [Record(n, NOON + n, day, "kiosk:k-1", ev) for n, ev in enumerate(events, after + 1)]
    )


def person(ordinal: int, masked: str = "张*三", key: str = "ab" * 32, day: str = DAY) -> PersonRow:
    return PersonRow(f"{day}-C{ordinal:03d}", day, key, masked, f"7K3M{ordinal:02d}")


def answer(request_id: str, day: str = DAY, body: str = '{"seq":1}') -> StoredAnswer:
    return StoredAnswer(request_id, day, "f" * 64, Answer(201, body))


ROWS = [
    person(1),
    PersonRow(f"{DAY}-C002", DAY, None, None, "7K3M99"),
    DeviceRow("k-1", "kiosk", "1 号取号机", "pending", "7K3M2Q", "s" * 64),
    StaffRow("0517", "clerk", True, None),
    StaffRow("0620", "guide", False, "$argon2id$x"),
    SetupRow("t" * 64, None),
    SetupRow("u" * 64, "0517", used=True),
    SessionRow("v" * 64, "0517", NOON),
    DayKeyRow(DAY, "k" * 43),
    AnnouncementRow("398.1.B", DAY, 398, 1, "B", "s-1", NOON, ""),
]
