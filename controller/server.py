"""The composition root of the controller process: journal, service, web and engine put together."""

import fcntl
import gc
import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import structlog

from config import ControllerConfig, HallConfig
from controller.catalogue import Catalogue, plan_of
from controller.clock import Clock, SystemClock
from controller.deed import Deed, Transaction
from controller.dispatch.rule import HallRule
from controller.engine import Engine, engine, listen, tls_context
from controller.forecast.memory import Memory
from controller.forecaster import Forecaster
from controller.hall.instants import MINUTE, Instant
from controller.identity import Role, fingerprint, new_token
from controller.journal.base import Journal, JournalError, SetupRow
from controller.journal.sqlite import SqliteJournal
from controller.openings import Openings
from controller.sdnotify import notify
from controller.service import Service
from controller.upkeep import Upkeep
from controller.web.app import create_app
from controller.web.context import Context
from controller.web.live import Live

log = structlog.get_logger()

MOST_AHEAD = 2 * 60 * MINUTE
"""What the journal may be ahead of the machine's clock by, and be believed."""
GC_THRESHOLDS = (20_000, 20, 50)
JOURNAL = "journal.db"
OPERATOR = "operator.token"
CLAIM = "controller.lock"
FORECASTS = "forecasts.json"


@dataclass(slots=True)
class Controller:
    """A composed controller, not yet serving."""

    ctx: Context
    live: Live
    app: object
    engine: Engine
    journal: Journal
    config: ControllerConfig
    forecaster: Forecaster


def compose(
    hall: HallConfig,
    config: ControllerConfig,
    journal: Journal,
    clock: Clock,
    runner: Engine,
    memory: Memory | None = None,
) -> Controller:
    """Put a controller together over a journal, a clock, an engine and what it remembers of its
    forecasts. Raises `JournalError`."""
    service = Service(
        plan_of(hall, config.server.round_the_clock), HallRule(), journal, clock, runner
    )
    openings = Openings(hall, config.server.round_the_clock)
    forecaster = Forecaster(service, hall, openings, memory or Memory())
    usual, forecasts = forecaster.usual, forecaster.forecasts
    ctx = Context(service, hall, Catalogue(hall), openings, usual, forecasts)
    app = create_app(ctx)
    live = Live(app, ctx, runner, list(config.server.screen_origins))
    return Controller(ctx, live, app, runner, journal, config, forecaster)


def serve(
    hall: HallConfig, config: ControllerConfig, ready: Callable[[str, str | None], None]
) -> None:
    """Run a controller until it is told to stop. `ready` gets its address and a set-up link, if
    any.

    Raises `JournalError`, or OSError when the address cannot be had.
    """
    gc.disable()  # until the day is restored: nothing of it is garbage
    runner = engine(config.server.engine)
    state = Path(config.server.state_dir)
    _claim(state)
    journal = SqliteJournal(state / JOURNAL)
    memory = Memory(state / FORECASTS)
    clock = SystemClock(hall.hall.timezone)
    clock.not_before(_newest(journal))
    controller = compose(hall, config, journal, clock, runner, memory)
    _spare_the_collector()
    listener = listen(config.server.host, config.server.port)
    tls = None
    if config.server.certificate is not None and config.server.key is not None:
        tls = tls_context(config.server.certificate, config.server.key)
    address = _address(listener, tls is not None)
    _operator_token(controller.ctx.service, state, address)
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)

    service, upkeep = controller.ctx.service, Upkeep(controller.ctx, runner)
    service.start()
    upkeep.once()  # before anybody is answered: the last day may have ended while this was off

    def begin() -> None:
        controller.live.start()
        runner.spawn(upkeep.for_ever)
        runner.spawn(controller.forecaster.run_for_ever)
        ready(address, _first_setup(service, address))
        notify("READY=1")

    runner.spawn(begin)
    runner.serve(controller.app, listener, tls)


def _newest(journal: Journal) -> Instant:
    """When the last thing happened, unless the clock that said so was hours wrong."""
    last = next(journal.read(journal.last_seq() - 1), None)
    if last is None or last.at - time.time_ns() // 1000 > MOST_AHEAD:
        return 0
    return last.at


def _claim(state: Path) -> None:
    """Be the only controller of this state, until the process ends. Raises `JournalError`."""
    try:
        state.mkdir(parents=True, exist_ok=True)
        claim = os.open(state / CLAIM, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise JournalError(
            f"{state}: another controller is using this state. Stop it, or give this one a "
            f"state_dir of its own in controller.toml."
        ) from None
    except OSError as error:
        raise JournalError(f"{state}: {error}. Check that it exists and is writable.") from error


def _spare_the_collector() -> None:
    """What was restored lives all day and holds no cycles: look for garbage less often."""
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
    gc.enable()


def _leave(signum: int, frame: FrameType | None) -> None:
    """Go at once: what was answered is durable, and a signal may strike in any green thread."""
    notify("STOPPING=1")
    os._exit(0)


def _address(listener: socket.socket, secure: bool) -> str:
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if secure else 'http'}://{shown}:{port}"


def _operator_token(service: Service, state: Path, address: str) -> None:
    """Leave a token for the command line: whoever can read the state directory administers the
    hall."""
    token = new_token()
    service.identities.operator = fingerprint(token)
    path = state / OPERATOR
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(f"{address}\n{token}\n")


def _first_setup(service: Service, address: str) -> str | None:
    """A fresh set-up link while nobody can administer the hall; older ones die."""
    admins = [s for s in service.identities.staff.values() if s.role == Role.ADMIN and s.active]
    if admins:
        return None
    token = new_token()

    def run(tx: Transaction) -> dict[str, str]:
        for old in list(tx.identities.setups.values()):
            if old.staff_no is None and not old.used:
                tx.keep(SetupRow(old.token, None, used=True))
        tx.keep(SetupRow(fingerprint(token), None))
        return {}

    service.submit(Deed(None, run))
    return f"{address}/setup#{token}"
