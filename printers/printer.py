"""What every printer can do, and what is known when it has done it."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from printers.page import Page
from printers.status import PrinterState, PrinterStatus


class Outcome(Enum):
    """What is known about a job. NOT_SENT: no byte of it left, so its number may be void."""

    PRINTED = "printed"
    NOT_SENT = "not_sent"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome of a job and the printer's status when it ended."""

    outcome: Outcome
    status: PrinterStatus

    @classmethod
    def not_sent(cls, state: PrinterState, why: object) -> "Proof":
        """No byte left."""
        return cls(Outcome.NOT_SENT, PrinterStatus(state, str(why)))

    @classmethod
    def unproven(cls, state: PrinterState, why: object) -> "Proof":
        """Paper may have moved."""
        return cls(Outcome.UNPROVEN, PrinterStatus(state, str(why)))


@dataclass(frozen=True, slots=True)
class Limits:
    """Longest waits in seconds. `send` is the whole job, `status` one answer before it."""

    connect: float = 2.0
    status: float = 1.0
    send: float = 8.0
    proof: float = 4.0


class Printer(Protocol):
    """Anything that puts a page on paper. Calls from several threads wait for each other."""

    def status(self) -> PrinterStatus:
        """Ask now. Never raises; an unreachable printer has a state too."""

    def print(self, page: Page) -> Proof:
        """Print and cut one page. Never raises for anything the printer does."""

    def distrust(self) -> None:
        """An earlier job may have been torn off midway: clear it away before the next one."""

    def close(self) -> None:
        """Let go of the printer."""
