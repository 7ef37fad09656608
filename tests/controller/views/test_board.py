"""What the board says an event has changed is all that it has changed."""

from __future__ import annotations

from controller.hall import commands as c
from controller.views.board import Board
from tests.controller.hall.desk import Desk
from tests.controller.views.told import Told


def test_a_waiting_ticket_that_becomes_another_matter_leaves_the_count_of_the_first() -> None:
    desk = Desk()
    ticket = desk.issue("C-1")
    desk.issue("C-2", "T-1")
    desk.do(c.Move(ticket, "0900", 0, "T-2"))
    board, told = Board(desk.hall.plan), Told()
    for applied in desk.log:
        told.hear(board, board.fold(applied))
    assert {skill: count for skill, (count, _) in told.queues.items()} == {"civil": 1, "tax": 2}
    assert told.zones == {"A": 1, "B": 1}
