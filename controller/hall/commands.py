"""What may be asked of a hall. Imperative, typed, listed; each is decided by `lifecycle.decide`."""

from dataclasses import dataclass

from controller.hall.instants import Instant
from controller.hall.model import (
    DispatchClass,
    DropReason,
    GrantReason,
    PauseReason,
    PrintState,
    Result,
)
from controller.hall.notices import EmergencyKind
from controller.hall.plan import Value


@dataclass(frozen=True, slots=True)
class OpenDay:
    """Turn to the moment's hall day, if it has come, and do what is due by itself. Every other
    command does so first, too."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Give out a number for one or more service items (取号); `by` is the device or clerk who
    does.

    `weight` is how fast its seniority grows, if not as its class usually does. `group` is a group
    with a right to go first, proven by the card (`grant` None) or by what staff saw. `earlier` are
    the tickets that the same person took today, None if nobody knows the person; `waived` says why
    staff let somebody have more than the rules allow. `low_counter`: only to windows that a
    wheelchair can come to. `given`: series and ordinal of a number that an offline kiosk gave out
    at `given_at`; of those the person's limits are reported, not enforced (FR-23).
    """

    items: tuple[str, ...]
    by: str
    cls: DispatchClass = DispatchClass.ORDINARY
    bundle: str | None = None
    slot: Instant | None = None
    weight: float | None = None
    group: str | None = None
    grant: GrantReason | None = None
    earlier: tuple[str, ...] | None = None
    waived: str | None = None
    low_counter: bool = False
    given: tuple[str, int] | None = None
    given_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Lease:
    """Set numbers of a series aside for a kiosk that may be alone for a while (FR-23)."""

    device: str
    series: str
    count: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A kiosk has heard of event `heard`, known by its `digest`, and the journal, whose newest
    event was `began` when the controller started, has another one there or none: numbers that were
    given out since are not known. As many as `spare` of each series may have been set aside for
    kiosks since."""

    heard: int
    digest: str
    began: int
    spare: int


@dataclass(frozen=True, slots=True)
class Reprint:
    """Print the same number once more (FR-20)."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Grant:
    """Give a ticket that is there the right to go first, or take it back (`group` None);
    `reason` is what staff saw (FR-28)."""

    ticket: str
    group: str | None
    reason: GrantReason | None


@dataclass(frozen=True, slots=True)
class Return:
    """The person of a passed ticket is back (FR-35)."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Move:
    """The guide desk arranges a ticket that is at no window: the item at the index `item` is
    another matter, `to_item`; or, without one, it is meant for the window `to_window` alone (no
    acceptance: staff asked there), or for any that can (None)."""

    ticket: str
    by: str
    item: int = 0
    to_item: str | None = None
    to_window: int | None = None


@dataclass(frozen=True, slots=True)
class LowCounter:
    """A ticket that is at no window: only windows that a wheelchair can come to may call it from
    now on, or any that can again (not `needed`) (FR-29)."""

    ticket: str
    by: str
    needed: bool


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
    """A clerk signs on at a window and opens it. `take_over`: a supervisor moves the clerk here
    from another window, or in place of another clerk."""

    window: int
    clerk: str
    take_over: bool = False


@dataclass(frozen=True, slots=True)
class SetSkills:
    """Change what a window does from its next call on (潮汐窗口, FR-41)."""

    window: int
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TurnRoster:
    """Put just these windows on duty now, before or after the roster's own time (FR-40)."""

    on: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ChangePolicy:
    """Change a policy value from now on; `value` has been checked by the configuration."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class WriteNotice:
    """Write a line for the screens (通告), to be shown for so many minutes from now."""

    text: str
    by: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ReleaseNotice:
    """Let a notice through that somebody else wrote."""

    notice: str
    by: str


@dataclass(frozen=True, slots=True)
class WithdrawNotice:
    """Take a notice down, or throw a draft away. `authority`: also one of somebody else."""

    notice: str
    by: str
    authority: bool = False


@dataclass(frozen=True, slots=True)
class RaiseEmergency:
    """Have every screen show an emergency (紧急提示) for so many minutes at most."""

    kind: EmergencyKind
    by: str
    minutes: int
    drill: bool = False


@dataclass(frozen=True, slots=True)
class EndEmergency:
    """Give the screens back."""

    by: str


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
class Decline(AtWindow):
    """Keep the offered number back; the window is offered none until its clerk calls (FR-32)."""


@dataclass(frozen=True, slots=True)
class AskHelp(AtWindow):
    """Call for the supervisor (呼叫值班长)."""


@dataclass(frozen=True, slots=True)
class WithdrawHelp(AtWindow):
    """Nobody need come any more."""


@dataclass(frozen=True, slots=True)
class TakeHelp:
    """A supervisor goes to the window that called."""

    window: int
    by: str


@dataclass(frozen=True, slots=True)
class UndoLast(AtWindow):
    """Take the last key back: finish, pass, arrive, hold or transfer (FR-45)."""


@dataclass(frozen=True, slots=True)
class WithTicket(AtWindow):
    """What clerks do with the ticket in hand. Naming it makes a stale key press harmless."""

    ticket: str = ""


@dataclass(frozen=True, slots=True)
class Recall(WithTicket):
    """Call the same number again (重呼)."""


@dataclass(frozen=True, slots=True)
class CallChosen(WithTicket):
    """Call this ticket whatever the policy says: a supervisor, with a reason (FR-31)."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class Arrive(WithTicket):
    """The person is here; serving starts, unless the hall separates the two (到达, FR-44)."""


@dataclass(frozen=True, slots=True)
class Start(WithTicket):
    """Work on the first item begins, where arriving and starting are apart (FR-44)."""


@dataclass(frozen=True, slots=True)
class Finish(WithTicket):
    """The item in hand is done (办结); the clerk says how it ended."""

    item: int = 0
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class Pass(WithTicket):
    """The person did not come (过号)."""


@dataclass(frozen=True, slots=True)
class Drop(WithTicket):
    """Give the number up for a reason (弃号, FR-36)."""

    reason: DropReason = DropReason.ABSENT


@dataclass(frozen=True, slots=True)
class Hold(WithTicket):
    """The person fetches something and comes back to this window (挂起, FR-38)."""


@dataclass(frozen=True, slots=True)
class CallBack(WithTicket):
    """Call somebody who is held (回呼)."""


@dataclass(frozen=True, slots=True)
class Transfer(WithTicket):
    """Hand the ticket on (转移, FR-37): to a window, which must accept it; or, as another matter,
    to whoever does the service item `to_item`. Keeps number and seniority."""

    to_window: int | None = None
    to_item: str | None = None


@dataclass(frozen=True, slots=True)
class Accept(WithTicket):
    """Take a ticket that was handed to this window; it stands in line for this window alone."""


@dataclass(frozen=True, slots=True)
class SendBack(WithTicket):
    """Do not take it: it goes back to the window that handed it on."""


Command = (
    OpenDay
    | Issue
    | Lease
    | Doubt
    | ConfirmPrint
    | Reprint
    | Cancel
    | Grant
    | Return
    | Move
    | LowCounter
    | OpenWindow
    | PauseWindow
    | ResumeWindow
    | CloseWindow
    | SetSkills
    | TurnRoster
    | ChangePolicy
    | WriteNotice
    | ReleaseNotice
    | WithdrawNotice
    | RaiseEmergency
    | EndEmergency
    | CallNext
    | CallChosen
    | Decline
    | AskHelp
    | WithdrawHelp
    | TakeHelp
    | UndoLast
    | Recall
    | Arrive
    | Start
    | Finish
    | Pass
    | Drop
    | Hold
    | CallBack
    | Transfer
    | Accept
    | SendBack
)
