"""Views as the kiosk agent sends them: one for each state of the touch page."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from kiosk.board import PANEL
from kiosk.screen import view as view_of
from kiosk.session.model import Session, State
from tests.browser.kiosk_day import NOW_MS
from tests.browser.kiosk_visits import SESSIONS

View = dict[str, Any]


def _drawn(session: Session) -> View:
    now = 20.0 if session.visit.state is State.TIMEOUT else 0.0
    drawn = view_of(session, no=1, name="1 号取号机", now=now, now_ms=NOW_MS)
    return {"rev": 17, "panel": PANEL} | drawn


VIEWS: dict[str, View] = {name: _drawn(session) for name, session in SESSIONS.items()}


def view(name: str, **changes: Any) -> View:
    """A fresh copy of one view, with some of its fields changed."""
    return deepcopy(VIEWS[name]) | changes
