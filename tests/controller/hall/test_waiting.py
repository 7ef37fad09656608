"""The waiting lines against a model that keeps a plain list."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from controller.hall.waiting import Kind, WaitingLines

SKILLS = ("a", "b", "c")


@dataclass(frozen=True)
class Joins:
    ticket: str
    seniority: int
    order: int
    cls: str
    skills: frozenset[str]

    @property
    def kind(self) -> Kind:
        return Kind(self.cls, 1.0, min(self.skills), tuple(sorted(self.skills)), self.skills)


@dataclass(frozen=True)
class Leaves:
    ticket: str


tickets = st.sampled_from([f"t{n}" for n in range(6)])
wanted = st.frozensets(st.sampled_from(SKILLS), min_size=1)
joins = st.builds(
    Joins,
    tickets,
    st.integers(0, 5),
    st.integers(0, 5),
    st.sampled_from(["ordinary", "priority"]),
    wanted,
)
steps = st.lists(joins | joins | st.builds(Leaves, tickets), max_size=40)


def walked(journey: list[Joins | Leaves]) -> tuple[WaitingLines, dict[str, Joins]]:
    lines, model = WaitingLines(), {}
    for step in journey:
        model.pop(step.ticket, None)
        if isinstance(step, Joins):
            lines.join(step.ticket, step.seniority, step.order, step.kind)
            model[step.ticket] = step
        else:
            lines.leave(step.ticket)
    return lines, model


@given(steps)
def test_the_lines_hold_who_waits_and_nobody_else(journey: list[Joins | Leaves]) -> None:
    lines, model = walked(journey)
    assert sorted(lines.tickets()) == sorted(model)
    assert len(lines) == len(model)
    assert all(ticket in lines for ticket in model)


@given(steps)
def test_counts_and_the_longest_wait_of_each_skill_are_true(journey: list[Joins | Leaves]) -> None:
    lines, model = walked(journey)
    for skill in SKILLS:
        want = [j.seniority for j in model.values() if skill in j.skills]
        assert lines.count(skill) == len(want)
        assert lines.oldest(skill) == min(want, default=None)


@given(steps, wanted)
def test_the_heads_are_the_longest_waiting_of_every_kind(
    journey: list[Joins | Leaves], skills: frozenset[str]
) -> None:
    lines, model = walked(journey)
    kinds: dict[object, list[object]] = {}
    for j in model.values():
        if skills & j.skills:
            kinds.setdefault(j.kind, []).append((j.seniority, j.order, j.ticket))
    heads = [(line.kind, line.head) for line in lines.lines(skills, None)]
    assert sorted(heads) == sorted((kind, min(places)) for kind, places in kinds.items())  # type: ignore[type-var]
