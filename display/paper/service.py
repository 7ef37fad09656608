"""A window's printer as part of the display agent: the desk and the feed it follows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from config import DisplayConfig
from controller.sdnotify import Loop
from display.feed import Feed
from display.line import Json
from display.paper.desk import PaperDesk
from printers.spool import Spool
from printers.wiring import paper_of, printer_of

Ask = Callable[[str, str, dict[str, Any]], tuple[int, dict[str, Any]] | None]
SPOOL_FILE = "notices.sqlite"


class PaperService:
    """The printer of ``[printer]``; without one, nothing."""

    def __init__(self, config: DisplayConfig, token: Callable[[], str | None], ask: Ask) -> None:
        """`token` lets the feed in; None while the screen is not approved. `ask` asks the
        controller with it."""
        wanted, no = config.printer, config.screen.window
        self._desk: PaperDesk | None = None
        self._feed: Feed | None = None
        if wanted.kind == "none" or no is None:
            return
        printer, paper = printer_of(wanted), paper_of(wanted)
        spool = Spool(Path(config.display.state_dir) / SPOOL_FILE, printer, paper)

        def report(id_: str, outcome: str, word: str) -> bool:
            path = f"/api/v1/windows/{no}/papers/{id_}"
            answer = ask("POST", path, {"outcome": outcome, "word": word})
            return answer is not None and answer[0] < 500

        self._desk = PaperDesk(no, printer, spool, report)
        ca = config.controller.ca
        url, room = str(config.controller.url), f"window:{no}"
        self._feed = Feed(url, room, token, _Deaf(), ca, {"print": self._desk.wanted})

    def health(self) -> dict[str, str]:
        """How the printer is, as a part of the device."""
        return {} if self._desk is None else {"printer": self._desk.word}

    def loops(self) -> list[Loop]:
        """What of it has to go round."""
        if self._desk is None or self._feed is None:
            return []
        return [self._feed.turn.loop, self._desk.turn.loop]

    def start(self) -> None:
        if self._desk is not None and self._feed is not None:
            self._desk.start()
            self._feed.start()

    def stop(self) -> None:
        """Returns when both threads have ended."""
        if self._desk is not None and self._feed is not None:
            self._feed.stop()
            self._desk.close()


class _Deaf:
    """Hears nothing of the room: what is told to the printer comes beside it."""

    def joined(self, snapshot: Json) -> None:
        return

    def heard(self, events: list[Json]) -> None:
        return

    def beat(self, beat: Json) -> None:
        return

    def tick(self, quiet_s: float) -> None:
        return
