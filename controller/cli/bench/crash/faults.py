"""The ends that a controller's life can come to, each at an instant of chance.

A `Fault` says what its life must be started with, and brings it to its end; what it returns is
what went wrong beyond the fault itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from controller.cli.bench.crash.clock import JumpyClock, jumps
from controller.cli.bench.crash.disk import SmallDisk
from controller.cli.bench.crash.power import Power
from controller.cli.bench.crash.preload import Preload
from controller.cli.bench.crash.process import Controller

FAIL_STOP = 70
MAY_FAIL_TO_START = (1, FAIL_STOP)
LONGEST = 1.5
"""The longest life after everybody is at work again, in times of the last start: so a run on a busy
machine looks like one on an idle machine."""
LONGEST_OFF_S = 20.0
FULL_WITHIN_S = 30.0
START_WHEN_FULL = 2.0
"""How long a start on a full disk may take, in times of the last good start."""
LEFT_BYTES = (0, 256 * 1024)


@dataclass(slots=True)
class Tally:
    """What was done to the controller."""

    kills: int = 0
    full_disks: int = 0
    clock_jumps: int = 0
    power_cuts: int = 0

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.full_disks} full disks, {self.clock_jumps} clock jumps, "
            f"{self.power_cuts} power cuts"
        )


@dataclass(slots=True)
class Scene:
    """What faults are played on. `always`: what every life is started with; `clock`: its clock, if
    that can be set; `start_s`: how long the last start took."""

    controller: Controller
    chance: Random
    always: tuple[Preload, ...] = ()
    clock: JumpyClock | None = None
    tally: Tally = field(default_factory=Tally)
    start_s: float = 1.0

    def start(self, preloads: Sequence[Preload] = ()) -> None:
        """Begin a life, often some seconds after the last by its own clock."""
        if self.clock is not None and self.chance.random() < 0.5:
            self.clock.jump(self.chance.uniform(0, LONGEST_OFF_S))
        self.controller.start((*self.always, *preloads))

    def lives_for(self, seconds: float) -> list[str]:
        """Let it live so long; that it did not is returned."""
        status = self.controller.status(seconds)
        return [] if status is None else [f"the controller ended by itself with status {status}"]

    def lives_a_while(self, early: bool = False) -> list[str]:
        """Let it live until an instant of chance; `early`: while it starts."""
        longest = self.start_s * (1.0 if early else LONGEST)
        return self.lives_for(self.chance.uniform(0, longest))

    def kill(self) -> None:
        """kill -9, and count it."""
        self.controller.kill()
        self.tally.kills += 1


class Fault(Protocol):
    """One way to end a life. `early`: while it still starts, so that nobody waits for it."""

    @property
    def early(self) -> bool: ...

    def prepare(self) -> Sequence[Preload]:
        """What the life that will end so is started with."""
        ...

    def strike(self, scene: Scene) -> list[str]:
        """End the running life; what was wrong."""
        ...


@dataclass(slots=True)
class Kill:
    """kill -9."""

    early: bool = False

    def prepare(self) -> Sequence[Preload]:
        """See `Fault.prepare`."""
        return ()

    def strike(self, scene: Scene) -> list[str]:
        """See `Fault.strike`."""
        wrong = scene.lives_a_while(self.early)
        if not wrong:
            scene.kill()
        return wrong


@dataclass(slots=True)
class PowerCut:
    """The machine loses its power: only what was synced is there afterwards."""

    power: Power
    early: bool = False

    def prepare(self) -> Sequence[Preload]:
        """See `Fault.prepare`."""
        return (self.power.watch(),)

    def strike(self, scene: Scene) -> list[str]:
        """See `Fault.strike`."""
        wrong = scene.lives_a_while(self.early)
        if not wrong:
            scene.controller.kill()
            self.power.cut()
            scene.tally.power_cuts += 1
        return wrong


@dataclass(slots=True)
class FullDisk:
    """The disk fills up: the controller must end with status 70, and serve again when there is
    room. Before that it is started once on the full disk, as a service manager would."""

    disk: SmallDisk
    early: bool = False

    def prepare(self) -> Sequence[Preload]:
        """See `Fault.prepare`."""
        return ()

    def strike(self, scene: Scene) -> list[str]:
        """See `Fault.strike`."""
        wrong = scene.lives_a_while()
        if wrong:
            return wrong
        self.disk.fill(but=scene.chance.randint(*LEFT_BYTES))
        try:
            return self._fail_stop(scene) + self._start_in_vain(scene)
        finally:
            self.disk.empty()

    def _fail_stop(self, scene: Scene) -> list[str]:
        status = scene.controller.status(FULL_WITHIN_S)
        scene.tally.full_disks += 1
        if status is None:
            scene.kill()
            return [f"the disk was full for {FULL_WITHIN_S:.0f} s and the controller went on"]
        return [] if status == FAIL_STOP else [f"on a full disk it ended with status {status}"]

    def _start_in_vain(self, scene: Scene) -> list[str]:
        self.disk.fill(but=0)
        scene.start()
        status = scene.controller.status(START_WHEN_FULL * scene.start_s)
        if status is None:
            scene.kill()
            return []
        return (
            []
            if status in MAY_FAIL_TO_START
            else [f"started on a full disk it ended with {status}"]
        )


@dataclass(slots=True)
class ClockJump:
    """Somebody sets the machine's clock, forward and back, under the running controller; every
    second time over midnight. Then kill -9."""

    clock: JumpyClock
    early: bool = False
    _times: int = 0

    def prepare(self) -> Sequence[Preload]:
        """See `Fault.prepare`."""
        return ()

    def strike(self, scene: Scene) -> list[str]:
        """See `Fault.strike`."""
        wrong: list[str] = []
        for seconds in jumps(self.clock, scene.chance, self._times):
            wrong = wrong or scene.lives_a_while()
            self.clock.jump(seconds)
            scene.tally.clock_jumps += 1
        self._times += 1
        wrong = wrong or scene.lives_a_while()
        if not wrong:
            scene.kill()
        return wrong
