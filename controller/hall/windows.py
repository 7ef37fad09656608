"""What clerks and supervisors do with a window as a whole: open, pause, resume, close, its skills;
and with the hall's rules while it works."""

from controller.hall import commands as c
from controller.hall import day_events as d
from controller.hall import errors as x
from controller.hall import events as e
from controller.hall.calling import unoffered
from controller.hall.conditions import free, known_window, opened, own, skills_today
from controller.hall.instants import MINUTE, Moment
from controller.hall.model import Hall, PauseReason, Window, WindowState
from controller.hall.plan import RULES_OF
from controller.hall.port import Policy
from controller.hall.roster import work_spans


def open_window(hall: Hall, command: c.OpenWindow, now: Moment, policy: Policy) -> list[e.Event]:
    """A clerk signs on; one clerk a window, one window a clerk."""
    window = known_window(hall, command.window)
    if window.state is not WindowState.CLOSED and window.clerk == command.clerk:
        return []  # the same clerk again: a console that was reloaded
    left: list[e.Event] = []
    if window.clerk is not None:
        if not command.take_over:
            raise x.WindowTaken(window=window.no, clerk=window.clerk)
        left += _closing(free(hall, window))
    elsewhere = hall.at_window.get(command.clerk)
    if elsewhere is not None:
        if not command.take_over:
            raise x.ClerkElsewhere(window=elsewhere)
        left += _closing(free(hall, hall.windows[elsewhere]))
    skills = _with_clerk(hall, window.no, skills_today(hall, window.no), command.clerk)
    stays = command.take_over or _off_all_day(hall, window.no, now)
    return [*left, e.WindowOpened(window.no, command.clerk, tuple(sorted(skills)), stays)]


def _off_all_day(hall: Hall, no: int, now: Moment) -> bool:
    """Whether the roster does not know the window today: who opens it means to work (潮汐窗口)."""
    plan = hall.plan.opening
    return plan is not None and not work_spans(plan, no, now.local.date())


def pause(hall: Hall, command: c.PauseWindow, now: Moment, policy: Policy) -> list[e.Event]:
    """Stop calling for a while, with a reason and a planned end (FR-39)."""
    window = free(hall, opened(own(hall, command)))
    if command.reason is PauseReason.ROSTER:
        raise x.ReasonNeeded()
    until = now.at + command.minutes * MINUTE
    return [*unoffered(window), e.WindowPaused(window.no, str(command.reason), until)]


def resume(hall: Hall, command: c.ResumeWindow, now: Moment, policy: Policy) -> list[e.Event]:
    """End a pause."""
    window = own(hall, command)
    if window.state is not WindowState.PAUSED:
        raise x.WindowNotPaused(window=window.no, state=str(window.state))
    return [e.WindowResumed(window.no)]


def close(hall: Hall, command: c.CloseWindow, now: Moment, policy: Policy) -> list[e.Event]:
    """Close the window and sign its clerk off; whoever it held or was handed waits for others."""
    window = free(hall, own(hall, command))
    if window.state is WindowState.CLOSED:
        raise x.WindowClosedError(window=window.no)
    return _closing(window)


def _closing(window: Window) -> list[e.Event]:
    held: list[e.Event] = [e.TicketRequeued(ticket, window.no) for ticket in window.held]
    return [*unoffered(window), *held, e.WindowClosed(window.no)]


def set_skills(hall: Hall, command: c.SetSkills, now: Moment, policy: Policy) -> list[e.Event]:
    """Change what a window does from its next call on (FR-41)."""
    window = known_window(hall, command.window)
    skills = tuple(sorted(set(command.skills)))
    for skill in skills:
        if skill not in hall.plan.skills:
            raise x.UnknownSkill(skill=skill)
    if not skills:
        raise x.NoSkillLeft(window=window.no)
    if frozenset(skills) == skills_today(hall, window.no):
        return []
    able = _with_clerk(hall, window.no, frozenset(skills), window.clerk)
    return [*unoffered(window), e.WindowSkilled(window.no, skills, tuple(sorted(able)))]


def _with_clerk(hall: Hall, no: int, skills: frozenset[str], clerk: str | None) -> frozenset[str]:
    """What the window does of that with the clerk."""
    able = skills & hall.plan.clerks.get(clerk or "", skills)
    if not able:
        raise x.ClerkWithoutSkills(window=no, clerk=clerk or "")
    return able


def turn_roster(hall: Hall, command: c.TurnRoster, now: Moment, policy: Policy) -> list[e.Event]:
    """Put just these windows on duty, until the roster turns by itself (FR-40)."""
    for no in command.on:
        known_window(hall, no)
    on = tuple(sorted(set(command.on)))
    return [d.RosterTurned(on, d.BY_HAND, hall.roster_until)]


def change_policy(
    hall: Hall, command: c.ChangePolicy, now: Moment, policy: Policy
) -> list[e.Event]:
    """Change a policy value; every change is an event."""
    if command.name not in RULES_OF:
        raise x.UnknownPolicy(name=command.name)
    if hall.plan.rules.changed(command.name, command.value) == hall.plan.rules:
        return []
    return [d.PolicyChanged(command.name, command.value)]
