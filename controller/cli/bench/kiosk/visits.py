"""What visitors of a kiosk meet: taps and paper on the real page, and what it takes of memory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Error as BrowserError

from controller.cli.bench.kiosk.paper import NoPaper, Papers, measure
from controller.cli.bench.kiosk.taps import NoWay, Taps, count
from controller.cli.bench.kiosk.touch import Finger
from controller.cli.demo.check import CheckFailed
from controller.cli.demo.hall import demo_hall
from controller.cli.demo.visit import plain, start_browser
from kiosk.readers.virtual import Delays

WALKER = "ordinary"
"""The card of the rack with which all the services are looked at."""
STAFF_S = 60.0


class CannotMeasure(Exception):
    """Something that is measured did not happen at all; says what."""


@dataclass(frozen=True, slots=True)
class Visits:
    """What was found."""

    taps: Taps
    papers: Papers
    rss_mib: float


def visits(papers: int, services: int | None, say: Callable[[str], None]) -> Visits:
    """Walk to the services, then take tickets, in a hall of its own. Raises `CannotMeasure`."""
    with ExitStack() as stack:
        try:
            return _visits(stack, papers, services, say)
        except (BrowserError, CheckFailed, NoPaper, NoWay) as error:
            raise CannotMeasure(str(error).splitlines()[0]) from error


def _visits(
    stack: ExitStack, papers: int, services: int | None, say: Callable[[str], None]
) -> Visits:
    browser = start_browser(stack)
    if browser is None:
        raise CannotMeasure("there is no Chromium; apt-get install chromium")
    root = Path(stack.enter_context(TemporaryDirectory(prefix="jiaohao-")))
    hall = stack.enter_context(demo_hall(root, None, lambda part, where: say(f"{part}  {where}")))
    hall.staff_ready.wait(STAFF_S)  # making passwords is work that no kiosk waits for
    hall.devices.reader.delays = Delays()  # a card's own second is not measured here
    finger = Finger(browser, hall.kiosk_url)
    hall.devices.lay(WALKER)
    names = {plain(item.name) for item in hall.config.items}
    taps = count(finger, names, services, say)
    hall.devices.lift()
    finger.leave()
    found = measure(finger, hall.devices, papers, say)
    hall.watch()
    return Visits(taps, found, peak_mib(hall.pids["kiosk"]))


def peak_mib(pid: int) -> float:
    """The most memory that a process had resident."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return round(int(line.split()[1]) / 1024, 1)
    raise CannotMeasure(f"process {pid} tells nothing about its memory")
