"""What staff must hear of: windows that call for a supervisor, skills without windows, long lines
and waits, tickets that nobody may call, numbers that are given no more, numbers that a lone kiosk
gave beyond the limits, numbers that only a lost journal knew, devices that are out of order."""

from collections.abc import Iterable, Iterator

from controller.catalogue import Catalogue
from controller.dispatch.reason import Words
from controller.hall.alarms import Why, crowded, stopped_early, stranded
from controller.hall.instants import MINUTE, Instant, Moment
from controller.hall.model import ENDED_STATES, Hall, WindowState
from controller.hall.port import Policy
from controller.views.condition_words import Level
from controller.views.devices import Device, conditions
from controller.views.helps import helps_json
from controller.views.wire import Json, ms

ALARM, WARNING = "alarm", "warning"


_LEVELS = {Level.BAD: ALARM, Level.WARN: WARNING}


def alarms_json(
    hall: Hall,
    catalogue: Catalogue,
    now: Moment,
    policy: Policy,
    devices: Iterable[Device] = (),
) -> list[Json]:
    """ALARM of docs/protocol.md, the worst first."""
    found = [
        *helps_json(hall, catalogue),
        *_windows(hall, catalogue),
        *_stranded(hall, catalogue),
        *_stopped(hall, catalogue, now, policy),
        *_beyond_limits(hall, catalogue),
        *_doubted(hall),
        *_crowded(hall, catalogue),
        *_long_waits(hall, catalogue, now),
        *_out_of_order(devices, now.at // 1000),
    ]
    return sorted(found, key=lambda a: a["level"] != ALARM)


def _windows(hall: Hall, catalogue: Catalogue) -> list[Json]:
    """The skills that people wait for and that no window, or a single one, is open for."""
    found = []
    for skill in hall.plan.skills:
        open_ = [
            w.no for w in hall.windows.values() if w.state is WindowState.OPEN and skill in w.skills
        ]
        if hall.waiting.count(skill) and len(open_) <= 1:
            found.append((len(open_), -hall.waiting.count(skill), skill, open_))
    return [_few(hall, catalogue, skill, open_) for _, _, skill, open_ in sorted(found)]


def _few(hall: Hall, catalogue: Catalogue, skill: str, open_: list[int]) -> Json:
    n = hall.waiting.count(skill)
    level = WARNING if open_ else ALARM
    if open_:
        said = (
            f"{n} 人等候，只有 {open_[0]} 号窗口开放",
            f"{n} waiting, only window {open_[0]} is open",
        )
    else:
        said = (f"{n} 人等候，没有窗口开放", f"{n} waiting, no window is open")
    return {**_alarm(hall, catalogue, "windows", level, skill, said), "windows": open_}


def _stranded(hall: Hall, catalogue: Catalogue) -> Iterator[Json]:
    """Tickets that windows could serve, but not one that they may go to."""
    for one in stranded(hall):
        ticket = hall.tickets[one.ticket]
        if one.why is not Why.WINDOWS:
            continue
        windows = sorted(ticket.windows or ())
        told = "、".join(map(str, windows)), ", ".join(map(str, windows))
        said = (
            f"{ticket.number} 只能到 {told[0]} 号窗口，现在没有开放",
            f"{ticket.number} may go to window {told[1]} only, and none is open",
        )
        skill = ticket.items[ticket.remaining[0]].skill
        alarm = _alarm(hall, catalogue, "stranded", ALARM, skill, said)
        yield {**alarm, "ticket": ticket.id, "windows": windows}


def _stopped(hall: Hall, catalogue: Catalogue, now: Moment, policy: Policy) -> Iterator[Json]:
    for skill in stopped_early(hall, now, policy):
        said = (
            "排队的已办到下班，现在不再取号",
            "who waits takes until closing; no more numbers are given",
        )
        yield _alarm(hall, catalogue, "stopped", ALARM, skill, said)


def _beyond_limits(hall: Hall, catalogue: Catalogue) -> Iterator[Json]:
    """Numbers that a lone kiosk gave to people who had as many as they may have (FR-23): they
    hold, and somebody may want to ask."""
    for ticket in (hall.tickets[t] for t in hall.beyond_limits):
        if ticket.state in ENDED_STATES:
            continue
        said = (
            f"{ticket.number} 是取号机断网时给出的，本人的号已超过限制，号仍有效，请核实",
            f"{ticket.number} was given by a kiosk that was cut off, to a person beyond the "
            f"limits; it is valid, please check",
        )
        skill = ticket.items[ticket.remaining[0]].skill
        yield {**_alarm(hall, catalogue, "limit", WARNING, skill, said), "ticket": ticket.id}


def _doubted(hall: Hall) -> Iterator[Json]:
    """This journal was restored from a backup today: people may hold numbers that it never knew."""
    if hall.doubts is not None:
        yield {
            "kind": "doubted",
            "skill": None,
            "name": "主控",
            "name_en": "Controller",
            "level": WARNING,
            "waiting": 0,
            "oldest_at": None,
            "windows": [],
            "sentence": {
                "zh": "主控由备份恢复：备份之后取的号，近两小时的由取号机补报；"
                "其余请持号条到导办台登记。",
                "en": "The controller was restored from a backup. Kiosks tell it the numbers given "
                "out since, of the last two hours; other slips are taken in at the guide desk.",
            },
        }


def _crowded(hall: Hall, catalogue: Catalogue) -> Iterator[Json]:
    for skill, n in crowded(hall).items():
        said = (f"{n} 人等候，请考虑增开窗口", f"{n} waiting; consider another window")
        yield _alarm(hall, catalogue, "crowded", WARNING, skill, said)


def _long_waits(hall: Hall, catalogue: Catalogue, now: Moment) -> Iterator[Json]:
    for skill in hall.plan.skills:
        oldest = hall.waiting.oldest(skill)
        if oldest is not None and now.at - oldest >= hall.plan.rules.wait_alarm:
            minutes = (now.at - oldest) // MINUTE
            said = (f"最久已等 {minutes} 分钟", f"the longest wait is {minutes} min")
            yield _alarm(hall, catalogue, "wait", WARNING, skill, said)


def _out_of_order(devices: Iterable[Device], now: int) -> Iterator[Json]:
    """What a device was seen to fall into; one that was never heard of may just be switched off."""
    for device in devices:
        for one in conditions(device, now, now):
            level = _LEVELS.get(one.meaning.level)
            if level is None or not one.observed or one.word == "starting":
                continue
            said = one.meaning.say
            yield {
                "kind": "device",
                "device": device.device,
                "part": one.part,
                "skill": None,
                "name": device.name,
                "name_en": device.name,
                "level": level,
                "waiting": 0,
                "oldest_at": one.since_at,
                "windows": [],
                "sentence": {
                    "zh": f"{device.name}：{said['zh']}",
                    "en": f"{device.name}: {said['en']}",
                },
            }


def _alarm(
    hall: Hall, catalogue: Catalogue, kind: str, level: str, skill: str, said: tuple[str, str]
) -> Json:
    words = catalogue.skills[skill]
    oldest: Instant | None = hall.waiting.oldest(skill)
    sentence: Words = {"zh": f"{words.name}：{said[0]}。", "en": f"{words.name_en}: {said[1]}."}
    return {
        "kind": kind,
        "skill": skill,
        "name": words.name,
        "name_en": words.name_en,
        "level": level,
        "waiting": hall.waiting.count(skill),
        "oldest_at": ms(oldest),
        "windows": [],
        "sentence": sentence,
    }
