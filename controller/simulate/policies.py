"""The policies a day can be played under, by name."""

from collections.abc import Callable

from controller.dispatch.rule import HallRule
from controller.hall.plan import Mode
from controller.simulate.live import HallRoom
from controller.simulate.reference import dedicated, fifo, pooled
from controller.simulate.trace import Day
from controller.simulate.world import Played, PooledMinutes, TrueMinutes, Waiting, World

ROOMS: dict[str, Callable[[Day], Waiting]] = {
    "hall": lambda day: HallRoom(day, HallRule()),
    "hall-strict": lambda day: HallRoom(day, HallRule(), Mode.STRICT),
    "dedicated": dedicated,
    "fifo": fifo,
    "pooled": pooled,
}


def play(day: Day, policy: str) -> Played:
    """Play a day under a policy. Raises `TraceError` where the day cannot be played so."""
    room = ROOMS[policy](day)
    times = PooledMinutes(day) if policy == "pooled" else TrueMinutes(day)
    return World(day, room, times).play()
