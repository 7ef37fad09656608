"""``jiaohao demo --check``: one visit and many calls, worked through in a real browser."""

from __future__ import annotations

import json
import tempfile
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

import click

from controller.cli.client import Client
from controller.cli.demo.children import ChildDied
from controller.cli.demo.hall import DemoHall, demo_hall
from controller.cli.demo.timing import Spread
from controller.journal.base import ChainBroken, JournalError
from controller.journal.sqlite import verify_file

CARD_TO_ITEMS_MS = 1500
TAP_TO_PAPER_MS = 1000
PRESS_TO_PIXEL_MS = 300
MISSING = 2


class CheckFailed(Exception):
    """Something that a hall must do did not happen."""


@dataclass(slots=True)
class Result:
    """What the check found; the keys of the JSON object it prints."""

    ok: bool = False
    ticket: str | None = None
    window: int | None = None
    card_to_items_ms: int | None = None
    tap_to_paper_ms: int | None = None
    press_to_pixel_ms: int | None = None
    press_to_pixel: Spread | None = None
    events: int | None = None
    journal_verified: bool = False
    failed: list[str] = field(default_factory=list)

    def limits(self) -> None:
        """Note every limit that was passed or never measured."""
        for name, limit in (
            ("card_to_items_ms", CARD_TO_ITEMS_MS),
            ("tap_to_paper_ms", TAP_TO_PAPER_MS),
            ("press_to_pixel_ms", PRESS_TO_PIXEL_MS),
        ):
            found = getattr(self, name)
            if found is not None and found > limit:
                self.failed.append(f"{name} is {found}, over {limit}")
        self.ok = not self.failed

    def text(self) -> str:
        """One JSON object; ``failed`` only when something did."""
        found = asdict(self)
        if self.ok:
            del found["failed"]
        return json.dumps(found, ensure_ascii=False)


def run_check(state: Path | None, index_port: int | None, calls: int) -> int:
    """Time so many calls in `state`, or in a directory that is gone afterwards; the exit status.

    Raises what `demo_hall` raises.
    """
    try:
        from controller.cli.demo.visit import Visit, start_browser
    except ModuleNotFoundError as error:
        click.echo(f"jiaohao demo --check: the library {error.name} is missing here", err=True)
        return MISSING
    result = Result()
    with ExitStack() as stack:
        try:
            browser = start_browser(stack)
        except CheckFailed as error:
            result.failed.append(str(error))
            click.echo(result.text())
            return 1
        if browser is None:
            click.echo(
                "jiaohao demo --check: there is no Chromium; apt-get install chromium", err=True
            )
            return MISSING
        root = state or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jiaohao-")))
        hall = stack.enter_context(demo_hall(root, index_port, _say))
        hall.staff_ready.wait(60)
        try:
            Visit(hall, browser, result, _progress).run(calls)
        except (CheckFailed, OSError) as error:
            result.failed.append(str(error))
        _processes(hall, result)
        _journal(hall, result)
    result.limits()
    click.echo(result.text())
    return 0 if result.ok else 1


def _processes(hall: DemoHall, result: Result) -> None:
    """A process that ended explains what a page merely waited for in vain."""
    try:
        hall.watch()
    except ChildDied as error:
        result.failed.append(str(error))


def _journal(hall: DemoHall, result: Result) -> None:
    """The journal's chain holds, and the ticket that was in the hand is in it, called and done."""
    try:
        verdict = verify_file(hall.state.journal)
    except (ChainBroken, JournalError) as error:
        result.failed.append(f"the journal: {error}")
        return
    result.journal_verified = True
    result.events = verdict.events
    if result.ticket is None:
        return
    operator = Client(hall.controller_url, hall.operator)
    after, types = 0, set()
    while page := operator.get(f"/events?after={after}&limit=500")["events"]:
        after = page[-1]["seq"]
        types |= {event["type"] for event in page if _names(event, result.ticket)}
    operator.close()
    for wanted in ("ticket.issued", "ticket.printed", "ticket.called", "ticket.finished"):
        if wanted not in types:
            result.failed.append(f"the journal has no {wanted} of {result.ticket}")


def _names(event: object, number: str) -> bool:
    """Whether an event is about the ticket of this number (its id ends in it)."""
    return f'-{number}"' in json.dumps(event)


def _say(part: str, address: str) -> None:
    click.echo(f"  {part}  {address}", err=True)


def _progress(text: str) -> None:
    click.echo(f"  {text}", err=True)
