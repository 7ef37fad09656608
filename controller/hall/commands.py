"""What may be asked of a hall. Imperative, typed, listed; each is decided by `lifecycle.decide`."""

from dataclasses import dataclass

from controller.hall.model import DispatchClass, Instant, PauseReason, PrintState, Result


@dataclass(frozen=True, slots=True)
class OpenDay:
    """Turn to the moment's hall day, if it has come. Every other command does so first, too."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Give out a number for one or more service items (取号); `by` is the device or clerk who
    does. `weight` is how fast its seniority grows, if not as its class usually does."""

    items: tuple[str, ...]
    by: str
    cls: DispatchClass = DispatchClass.ORDINARY
    bundle: str | None = None
    slot: Instant | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class ConfirmPrint:
    """Say what became of the paper. `by` given: only whoever issued the ticket may say so."""

    ticket: str
    outcome: PrintState
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Cancel:
    """Take a number back at its owner's wish (取消). `by` given: only whoever issued it may."""

    ticket: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """A clerk signs on at a window and opens it."""

    window: int
    clerk: str


@dataclass(frozen=True, slots=True)
class AtWindow:
    """What clerks do at their window. `clerk` acts; with `authority` (值班长) at any window."""

    window: int
    clerk: str
    authority: bool = False


@dataclass(frozen=True, slots=True)
class PauseWindow(AtWindow):
    """Stop calling for a while (暂停), with a reason and a planned end."""

    reason: PauseReason = PauseReason.REST
    minutes: int = 10


@dataclass(frozen=True, slots=True)
class ResumeWindow(AtWindow):
    """End a pause."""


@dataclass(frozen=True, slots=True)
class CloseWindow(AtWindow):
    """Close the window and sign the clerk off."""


@dataclass(frozen=True, slots=True)
class CallNext(AtWindow):
    """Call whoever the policy says is next (叫号)."""


@dataclass(frozen=True, slots=True)
class WithTicket(AtWindow):
    """What clerks do with the ticket in hand. Naming it makes a stale key press harmless."""

    ticket: str = ""


@dataclass(frozen=True, slots=True)
class Recall(WithTicket):
    """Call the same number again (重呼)."""


@dataclass(frozen=True, slots=True)
class Arrive(WithTicket):
    """The person is here; serving starts (到达)."""


@dataclass(frozen=True, slots=True)
class Finish(WithTicket):
    """The item in hand is done (办结)."""

    item: int = 0
    result: Result = Result.DONE


@dataclass(frozen=True, slots=True)
class Pass(WithTicket):
    """The person did not come (过号)."""


Command = (
    OpenDay
    | Issue
    | ConfirmPrint
    | Cancel
    | OpenWindow
    | PauseWindow
    | ResumeWindow
    | CloseWindow
    | CallNext
    | Recall
    | Arrive
    | Finish
    | Pass
)
