"""A screen that takes over what each event says has changed, and must then know what the board
knows."""

from __future__ import annotations

from controller.views.board import Board, Change


class Told:
    """The counts that a screen holds."""

    def __init__(self) -> None:
        self.zones: dict[str, int] = {}
        self.queues: dict[str, tuple[int, int | None]] = {}

    def hear(self, board: Board, change: Change) -> None:
        """Take a change over, and compare."""
        waiting = board.waiting()
        queues = {s: (board.lines.count(s), board.lines.oldest(s)) for s in board.plan.skills}
        self.zones |= {zone: waiting[zone] for zone in change.zones}
        self.queues |= {skill: queues[skill] for skill in change.skills}
        assert (self.zones, self.queues) == (waiting, queues), change.applied.event
