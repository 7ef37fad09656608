"""Which configured clerks are free to open a window. Work numbers only."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from config import HallConfig
from controller.hall.model import Window, WindowState


@dataclass(frozen=True, slots=True)
class Clerk:
    """Somebody who could open a window: work number, the window usually worked at, and skills
    (empty: whatever the window has)."""

    no: str
    home: int
    skills: frozenset[str]

    def at(self, skills: frozenset[str]) -> frozenset[str]:
        """What this clerk can do at a window with these skills."""
        return skills & self.skills if self.skills else skills


def free_clerks(
    config: HallConfig, windows: Iterable[Window], gone: Collection[str] = ()
) -> list[Clerk]:
    """The configured clerks who are signed on nowhere and whose own window is closed; `gone` have
    an account no more."""
    windows = tuple(windows)
    closed = {w.no for w in windows if w.state is WindowState.CLOSED}
    busy = {w.clerk for w in windows} | set(gone)
    return [
        Clerk(c.no, c.window, frozenset(c.skills))
        for c in config.clerks
        if c.window in closed and c.no not in busy
    ]


def choices(no: int, skills: frozenset[str], clerks: Iterable[Clerk]) -> list[Clerk]:
    """Who of them could open a window: of those who could do the same there one, whoever belongs
    there, or else whoever is needed least elsewhere."""
    found: dict[frozenset[str], Clerk] = {}
    for clerk in sorted(
        clerks, key=lambda c: (c.home != no, c.skills == frozenset(), len(c.skills))
    ):
        does = clerk.at(skills)
        if does:
            found.setdefault(does, clerk)
    return list(found.values())
