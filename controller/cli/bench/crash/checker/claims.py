"""What the answered deeds claim of the journal, and what in it nobody claims.

Every deed that was granted names the seq of its last event. It must be there, be what was asked
for, and belong to this deed alone; and every event that somebody asked for must belong to a deed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from controller.cli.bench.crash.checker.life import DEEDS, MAY_CHANGE_NOTHING, SILENT
from controller.cli.bench.crash.checker.records import (
    DOUBLED,
    LOST,
    TWICE_CALLED,
    UNEXPLAINED,
    Asked,
    Finding,
)

TWICE = {
    "issue": DOUBLED,
    "lease": DOUBLED,
    "take-in": DOUBLED,
    "report": DOUBLED,
    "book": DOUBLED,
    "check-in": DOUBLED,
    "call": TWICE_CALLED,
    "call-back": TWICE_CALLED,
}
"""What it is when two deeds were answered with one event."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, as much of it as a claim is compared with."""

    type: str
    actor: str
    ticket: str | None
    window: int | None
    booking: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one granted deed says has happened, up to `seq`."""

    request: str
    by: str
    deed: str
    seq: int
    ticket: str | None
    window: int | None
    booking: str | None = None

    @property
    def may_change_nothing(self) -> bool:
        """Whether it need not have events: it was done before, or nobody was there to be called."""
        in_vain = self.deed == "call" and self.ticket is None
        return in_vain or self.deed in MAY_CHANGE_NOTHING

    def __str__(self) -> str:
        window = self.window and f"window {self.window}"
        what = " ".join(str(x) for x in (self.ticket, window, self.booking) if x)
        return f"{self.deed} {what} by {self.by} (request {self.request}, seq {self.seq})"


def claim_of(asked: Asked) -> Claim | None:
    """The claim of a deed; None if it was refused."""
    body = asked.granted
    if body is None:
        return None
    return Claim(
        request=asked.id,
        by=asked.by,
        deed=asked.deed,
        seq=body["seq"],
        ticket=(body.get("ticket") or {}).get("id"),
        window=asked.window,
        booking=asked.booking or (body.get("booking") or {}).get("id"),
    )


@dataclass(slots=True)
class Ledger:
    """The events so far by seq, and the deed that each belongs to."""

    events: list[Happened] = field(default_factory=list)
    claims: dict[str, Claim] = field(default_factory=dict)
    """The accepted ones, by request."""
    _owners: dict[int, str] = field(default_factory=dict)

    def restart(self) -> list[Claim]:
        """Begin anew with an empty journal; the claims to be made again."""
        made = list(self.claims.values())
        self.events.clear()
        self.claims.clear()
        self._owners.clear()
        return made

    def happened(self, seq: int, event: Happened) -> None:
        """Note the event `seq`; what is missing before it was nobody's."""
        while len(self.events) < seq - 1:
            self.events.append(Happened("", "system", None, None))
        self.events.append(event)

    def accept(self, claim: Claim) -> Finding | None:
        """Give the claim its events, or say what is wrong with it."""
        covered = self._covered(claim)
        owner = next((self._owners[n] for n in covered or () if n in self._owners), None)
        if claim.may_change_nothing and (not covered or owner not in (None, claim.request)):
            return None if claim.seq <= len(self.events) else _lost(claim)
        if not covered:
            return _lost(claim)
        if owner is not None:
            kind = TWICE.get(claim.deed, UNEXPLAINED)
            return Finding(kind, f"{claim} was answered with what belongs to request {owner}")
        self.claims[claim.request] = claim
        for seq in covered:
            self._owners[seq] = claim.request
        return None

    def unclaimed(self, after: int) -> Iterator[Finding]:
        """The events after a seq that people or machines caused and nobody was answered with."""
        for seq, event in enumerate(self.events[after:], start=after + 1):
            if seq in self._owners or event.actor == "system" or event.type.startswith(SILENT):
                continue
            what = event.ticket or event.booking or f"window {event.window}"
            yield Finding(UNEXPLAINED, f"event {seq} {event.type} {what}: no answer tells of it")

    def events_of(self, request: str, seq: int, most: int) -> list[int]:
        """The seqs up to `seq`, so many at most, that belong to a request."""
        near = range(max(1, seq - most + 1), seq + 1)
        return [n for n in near if self._owners.get(n) == request]

    def _covered(self, claim: Claim) -> list[int]:
        """The seqs of the claim's events, rather those that nobody owns; none if they are not
        there."""
        if claim.seq > len(self.events):
            return []
        found: list[list[int]] = []
        for types in DEEDS[claim.deed]:
            first = claim.seq - len(types)
            if first >= 0 and all(
                event.type == kind and _fits(claim, event)
                for event, kind in zip(self.events[first : claim.seq], types, strict=True)
            ):
                found.append(list(range(first + 1, claim.seq + 1)))
        free = (seqs for seqs in found if self._owners.keys().isdisjoint(seqs))
        return next(free, found[0] if found else [])


def _fits(claim: Claim, event: Happened) -> bool:
    """Whether the event may be of the deed."""
    if event.actor != claim.by:
        return False
    if event.booking is not None and event.booking != claim.booking:
        return event.type == "appointment.reopened"  # that of the ticket; the fold knows whose
    if event.type == "ticket.declined" and claim.deed != "decline":
        return True  # an offer that is taken back, whosever it is
    if claim.window is not None and event.window != claim.window:
        return False
    if event.type in {"ticket.called", "window.ready"}:
        return event.ticket == claim.ticket
    return claim.ticket is None or event.ticket == claim.ticket


def _lost(claim: Claim) -> Finding:
    return Finding(LOST, f"{claim} was acknowledged and is not in the journal")


def two_of_one_person(people: Iterable[tuple[str, str | None]]) -> Iterator[Finding]:
    """Whoever asked once and was given two numbers; every person of a run asks once."""
    given: dict[str, str] = {}
    for ticket, key in people:
        if key is None:
            continue
        if key in given:
            yield Finding(DOUBLED, f"one person was given {given[key]} and {ticket}")
        given[key] = ticket
