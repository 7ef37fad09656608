"""Puts the demo's hall together: controller and kiosk as processes, devices and index in here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from config import HallConfig
from controller.cli.client import Client, Refused
from controller.cli.demo.accounts import ADMIN, Accounts
from controller.cli.demo.busy import Busy, Place
from controller.cli.demo.children import Child
from controller.cli.demo.configure import configure
from controller.cli.demo.devices import Devices
from controller.cli.demo.enrol import enrol_kiosk, enrol_screen
from controller.cli.demo.index import create_app
from controller.cli.demo.memory import Memory, State
from controller.cli.demo.ports import LOOPBACK, choose_ports
from controller.cli.demo.server import IndexServer
from controller.cli.demo.witness import Witness
from controller.cli.operator import operator_client
from kiosk.identity import Identity

TOO_MANY, TRY_AGAIN_S = 429, 5.0
FEATURED = (5, 3, 9, 13, 1)
"""Windows whose clerks are signed in before the demo says that it is ready."""

Say = Callable[[str, str], None]


@dataclass(slots=True)
class DemoHall:
    """A running demo."""

    state: State
    memory: Memory
    config: HallConfig
    ports: dict[str, int]
    devices: Devices
    children: list[Child] = field(default_factory=list)
    operator: str = ""
    kiosk: str = ""
    busy: Busy | None = None
    """The simulated people, once the hall answers."""
    clerks: dict[str, int] = field(default_factory=dict)
    """Staff numbers that can sign in, with their windows; a window's first clerk comes first."""
    staff_ready: threading.Event = field(default_factory=threading.Event)
    """Set when no more accounts are being made."""

    @property
    def controller_url(self) -> str:
        return f"http://{LOOPBACK}:{self.ports['controller']}"

    @property
    def kiosk_url(self) -> str:
        return f"http://{LOOPBACK}:{self.ports['kiosk']}/"

    @property
    def index_url(self) -> str:
        return f"http://{LOOPBACK}:{self.ports['index']}/"

    @property
    def pids(self) -> dict[str, int]:
        """The processes by their names."""
        chips = {"pcscd": self.devices.chips.pid} if self.devices.chips.pid else {}
        return {child.name: child.pid for child in self.children} | chips

    def watch(self) -> None:
        """Raises `ChildDied` when a process has ended by itself."""
        for child in self.children:
            child.check()

    def staff(self) -> list[tuple[str, int]]:
        """Clerks and their windows, those of `FEATURED` first."""
        rank = {no: place for place, no in enumerate(FEATURED)}
        clerks = [(clerk.no, clerk.window) for clerk in self.config.clerks]
        return sorted(clerks, key=lambda one: (rank.get(one[1], len(rank)), one[1], one[0]))


@contextmanager
def demo_hall(root: Path, index_port: int | None, say: Say) -> Iterator[DemoHall]:
    """Start everything, yield when all of it answers, end everything.

    `say(part, address)` hears each part. Raises `StateInUse`, `ChildDied`, `NotEnrolled`,
    `Refused` or OSError. Call it on the main thread.
    """
    state = State(root)
    state.make()
    with ExitStack() as stack:
        stack.enter_context(state.held())
        hall = _prepare(stack, state, index_port)
        say("读卡器 Reader", str(state.reader))
        say("打印机 Printer", f"{LOOPBACK}:{hall.ports['printer']}")
        _start_controller(stack, hall)
        say("控制器 Controller", f"{hall.controller_url}/")
        kiosk = _start(
            stack, hall, "kiosk", "--invented-people", env=hall.devices.chips.environment
        )
        _let_everyone_in(hall, kiosk)
        say("取号机 Kiosk", hall.kiosk_url)
        hall.busy = _busy(stack, hall)
        _serve_index(stack, hall)
        say("演示首页 Start here", hall.index_url)
        stack.enter_context(_rest_of_staff(hall))
        yield hall


def _prepare(stack: ExitStack, state: State, index_port: int | None) -> DemoHall:
    memory = state.load()
    wanted = {**memory.ports, "index": index_port} if index_port else memory.ports
    memory.ports = choose_ports(wanted)
    if index_port and memory.ports["index"] != index_port:
        raise OSError(f"port {index_port} is taken")
    state.save(memory)
    devices = stack.enter_context(Devices(state, memory.ports))
    config = configure(state, memory.ports, chips=devices.chips.why is None)
    return DemoHall(state, memory, config, memory.ports, devices)


def _start(
    stack: ExitStack,
    hall: DemoHall,
    name: str,
    *options: str,
    env: Mapping[str, str] | None = None,
) -> Child:
    log = hall.state.logs / f"{name}.log"
    child = Child(name, [name, "--config", str(hall.state.config), *options], log, env)
    stack.callback(child.end)
    hall.children.append(child)
    return child


def _start_controller(stack: ExitStack, hall: DemoHall) -> None:
    child = _start(stack, hall, "serve")
    child.line("jiaohao: http")
    operator = operator_client(hall.state.controller)
    hall.operator = operator.token or ""
    # The link is printed in the same breath as the address, while nobody can administer the hall.
    active = [row for row in operator.get("/staff")["staff"] if row["active"]]
    if not any(row["role"] == "admin" for row in active):
        link = child.line("First administrator, once: ")
        Accounts(hall.controller_url, operator, hall.memory).administrator(link)
    operator.close()


def _window_screen(hall: DemoHall, operator: Client, no: int) -> None:
    """Enrol the screen of a window."""
    kept = hall.memory.windows.get(str(no), "")
    name, room = f"{no} 号窗口屏", f"window:{no}"
    secret = enrol_screen(hall.controller_url, operator, kept, name, room)
    hall.memory.windows = {**hall.memory.windows, str(no): secret}


def _let_everyone_in(hall: DemoHall, kiosk: Child) -> None:
    operator = operator_client(hall.state.controller)
    hall.memory.screen = enrol_screen(hall.controller_url, operator, hall.memory.screen)
    for no in FEATURED:
        _window_screen(hall, operator, no)
    accounts = Accounts(hall.controller_url, operator, hall.memory)
    for staff_no, window in hall.staff():
        if window in FEATURED and window not in hall.clerks.values():
            accounts.clerk(staff_no)
            accounts.session(staff_no)
            hall.clerks[staff_no] = window
    hall.state.save(hall.memory)
    kiosk.line("page http")
    identity = Identity(hall.state.kiosk)
    hall.kiosk = enrol_kiosk(hall.controller_url, operator, identity, hall.watch)
    accounts.close()


def _serve_index(stack: ExitStack, hall: DemoHall) -> None:
    witness = Witness(hall.kiosk_url, hall.controller_url, hall.operator)
    witness.start()
    stack.callback(witness.close)
    server = IndexServer(create_app(hall, witness, ADMIN), LOOPBACK, hall.ports["index"])
    stack.callback(server.close)
    server.start()


def _busy(stack: ExitStack, hall: DemoHall) -> Busy:
    """The simulated people, not yet switched on."""
    log = hall.state.logs / "busy.log"

    def say(text: str) -> None:
        with log.open("a", encoding="utf-8") as file:
            file.write(text + "\n")

    def sign_in(staff_no: str) -> tuple[str, bool]:
        kept = hall.memory.sessions.get(staff_no)
        operator = operator_client(hall.state.controller)
        accounts = Accounts(hall.controller_url, operator, hall.memory)
        try:
            token = accounts.session(staff_no)
        finally:
            accounts.close()
        if token != kept:
            hall.state.save(hall.memory)
        return token, token != kept

    place = Place(
        address=hall.controller_url,
        config=hall.config,
        kiosk=hall.kiosk,
        operator=hall.operator,
        clerks=hall.clerks,
        sign_in=sign_in,
        notes=hall.state.root / "busy.json",
    )
    busy = Busy(place, say)
    stack.callback(busy.close)
    busy.start()
    return busy


def _other_screens(hall: DemoHall, operator: Client, stop: threading.Event) -> None:
    """The screens of all other windows, as fast as a controller lets devices enrol."""
    for window in hall.config.windows:
        while not stop.is_set():
            try:
                _window_screen(hall, operator, window.no)
                break
            except Refused as refused:
                if refused.status != TOO_MANY:
                    raise
                stop.wait(TRY_AGAIN_S)
    hall.state.save(hall.memory)


@contextmanager
def _rest_of_staff(hall: DemoHall) -> Iterator[None]:
    """The other clerks' accounts, then the other windows' screens, made while the demo runs: a
    password takes its time to keep, and devices enrol only so fast."""
    stop = threading.Event()

    def make() -> None:
        try:
            operator = operator_client(hall.state.controller)
            accounts = Accounts(hall.controller_url, operator, hall.memory)
            accounts.supervisor_and_guide()
            for staff_no, window in hall.staff():
                if stop.is_set():
                    break
                accounts.clerk(staff_no)
                hall.clerks[staff_no] = window
            accounts.close()
            hall.staff_ready.set()
            _other_screens(hall, operator, stop)
        except (OSError, Refused):
            return  # the controller is going, and the demo with it
        finally:
            hall.staff_ready.set()  # whoever waits for them need not wait for what went wrong

    thread = threading.Thread(target=make, name="accounts", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(1.0)
