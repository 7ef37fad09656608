"""What must fit together in ``hall.toml``: ids are unique, references lead somewhere.

These rules read plain data as written, so that they speak up even when a value elsewhere in
the file is wrong (see ``Section.faults``). They pass over what single-value checks report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from config.fields import listed, minutes, quoted, rows, table
from config.positions import Path as KeyPath
from config.problems import Fault, nearest
from config.roster_rules import break_faults

Data = Mapping[str, Any]

# Read aloud or seen from afar these pass for digits.
LOOK_LIKE_DIGITS = frozenset("IOQSZ")
# These sound alike over a loudspeaker: one of them at most.
SOUND_ALIKE = frozenset("BDEGPTV")


_KEYS = {
    "zone": "id",
    "department": "code",
    "skill": "id",
    "window": "no",
    "item": "code",
    "bundle": "id",
    "clerk": "no",
    "kiosk": "id",
    "screen": "id",
    "priority": "id",
}

_UNIQUE = (*_KEYS.items(), ("zone", "letter"), ("kiosk", "no"))

# (table, key) -> the table whose key it must name
_REFERENCES = {
    ("skill", "zone"): "zone",
    ("window", "skills"): "skill",
    ("window", "zone"): "zone",
    ("item", "department"): "department",
    ("item", "skill"): "skill",
    ("bundle", "lead"): "department",
    ("bundle", "items"): "item",
    ("clerk", "window"): "window",
    ("clerk", "skills"): "skill",
    ("screen", "zone"): "zone",
    ("screen", "window"): "window",
}


def faults(data: Data) -> Iterator[Fault]:
    """Every contradiction in the hall's data, in the order of the rules below."""
    for rule in _RULES:
        yield from rule(data)


def _duplicates(data: Data) -> Iterator[Fault]:
    for kind, key in _UNIQUE:
        seen: dict[Any, int] = {}
        for n, row in rows(data, kind):
            value = row.get(key)
            if not isinstance(value, str | int):
                continue
            if value in seen:
                yield Fault(
                    (kind, n, key),
                    f"is {quoted([value])}, already used by {kind}[{seen[value] + 1}]",
                    f"Give every {kind} its own {key}.",
                )
            seen.setdefault(value, n)


def _references(data: Data) -> Iterator[Fault]:
    for (kind, key), target in _REFERENCES.items():
        known = _known(data, target)
        for n, row in rows(data, kind):
            for path, name in _names((kind, n, key), row.get(key), target):
                if name not in known:
                    yield _unknown(path, name, target, known)


def _duty_windows(data: Data) -> Iterator[Fault]:
    hall = table(data, "hall")
    known = _known(data, "window")
    duties: list[tuple[KeyPath, Data]] = [
        (("hall", name), table(hall, name)) for name in ("lunch_duty", "saturday")
    ]
    duties += [(("hall", "extended", n), row) for n, row in rows(hall, "extended")]
    for path, duty in duties:
        for element, name in _names((*path, "windows"), duty.get("windows"), "window"):
            if name not in known:
                yield _unknown(element, name, "window", known)


def _booked_skills(data: Data) -> Iterator[Fault]:
    known = _known(data, "skill")
    for name in table(table(data, "appointments"), "capacity"):
        if name not in known:
            yield _unknown(("appointments", "capacity", name), name, "skill", known)


def _translated_materials(data: Data) -> Iterator[Fault]:
    needed = {
        text
        for kind, key in (("item", "materials"), ("bundle", "materials_once"))
        for _, row in rows(data, kind)
        for text in _texts(row.get(key))
    }
    for name in table(data, "materials_en"):
        if name not in needed:
            guess = nearest(name, sorted(needed))
            hint = f'Did you mean "{guess}"? ' if guess else ""
            yield Fault(
                ("materials_en", name),
                "is needed by no item and no bundle",
                f"{hint}Write it as it stands there, or remove the line.",
            )


def _names(path: KeyPath, value: object, target: str) -> Iterator[tuple[KeyPath, str | int]]:
    """The names a reference key holds, alone or in a list; ``"all"`` skills name nothing."""
    if path[0] == "clerk" and value == "all":
        return
    kind = int if target == "window" else str
    if isinstance(value, kind):
        yield path, value
    for n, name in enumerate(listed(value)):
        if isinstance(name, kind):
            yield (*path, n), name


def _known(data: Data, kind: str) -> list[Any]:
    values = (row.get(_KEYS[kind]) for _, row in rows(data, kind))
    return [value for value in values if isinstance(value, str | int)]


def _unknown(path: KeyPath, name: str | int, target: str, known: list[Any]) -> Fault:
    guess = nearest(str(name), [str(value) for value in known])
    hint = f'Did you mean "{guess}"? ' if guess and isinstance(name, str) else ""
    return Fault(
        path,
        f"names {quoted([name])}, but there is no such {target}",
        f"{hint}Use the {_KEYS[target]} of one that is there, or add a [[{target}]].",
    )


def _items_have_windows(data: Data) -> Iterator[Fault]:
    served = {s for _, row in rows(data, "window") for s in _texts(row.get("skills"))}
    skills = _known(data, "skill")
    for n, row in rows(data, "item"):
        skill = row.get("skill")
        if isinstance(skill, str) and skill in skills and skill not in served:
            yield Fault(
                ("item", n, "skill"),
                f'is "{skill}", and no window can serve it',
                f'Add "{skill}" to the skills of a window.',
            )


def _item_times(data: Data) -> Iterator[Fault]:
    for n, row in rows(data, "item"):
        mean, p90 = row.get("minutes"), row.get("p90")
        if isinstance(mean, int) and isinstance(p90, int) and p90 < mean:
            yield Fault(
                ("item", n, "p90"),
                f"is {p90}, less than minutes = {mean}",
                "Nine in ten visits end within p90: write at least the mean.",
            )


def _repeats(data: Data) -> Iterator[Fault]:
    for kind, key in (("window", "skills"), ("bundle", "items"), ("clerk", "skills")):
        for n, row in rows(data, kind):
            values = listed(row.get(key))
            for m, value in enumerate(values):
                if value in values[:m]:
                    yield Fault((kind, n, key, m), f"repeats {quoted([value])}", "Keep it once.")


def _clerks_can_serve(data: Data) -> Iterator[Fault]:
    windows = {no: _texts(row.get("skills")) for no, row in _numbered_windows(data)}
    for n, row in rows(data, "clerk"):
        own, window = _texts(row.get("skills")), row.get("window")
        if own and isinstance(window, int) and not own & windows.get(window, own):
            yield Fault(
                ("clerk", n, "skills"),
                f"has nothing that window {window} does",
                "Give the clerk another window, or one of its skills.",
            )


def _numbered_windows(data: Data) -> Iterator[tuple[int, Data]]:
    for _, row in rows(data, "window"):
        if isinstance(no := row.get("no"), int):
            yield no, row


def _texts(value: object) -> set[str]:
    return {text for text in listed(value) if isinstance(text, str)}


def _letters(data: Data) -> Iterator[Fault]:
    prefixes = [(("skill", n, "prefix"), row.get("prefix")) for n, row in rows(data, "skill")]
    reserve = [
        (("series", "reserve", n), letter)
        for n, letter in enumerate(listed(table(data, "series").get("reserve")))
    ]
    taken: set[Any] = set()
    for path, letter in prefixes + reserve:
        if not isinstance(letter, str):
            continue
        if fault := _letter_fault(letter, path, taken):
            yield fault
        taken.add(letter)


def _letter_fault(letter: str, path: KeyPath, taken: set[Any]) -> Fault | None:
    if not (len(letter) == 1 and "A" <= letter <= "Z"):
        return Fault(path, f'is "{letter}", not one capital letter', 'Write one, as in "A".')
    if letter in LOOK_LIKE_DIGITS:
        return Fault(
            path, f'is "{letter}", which looks like a digit', "Take another than I, O, Q, S, Z."
        )
    alike = sorted((SOUND_ALIKE & taken) - {letter})
    if letter in SOUND_ALIKE and alike:
        return Fault(
            path,
            f'is "{letter}", which sounds like "{alike[0]}" when called',
            "Use at most one of B, D, E, G, P, T, V.",
        )
    if path[0] == "series" and letter in taken:
        return Fault(path, f'is "{letter}", already in use', "A reserve letter must be free.")
    return None


def _narrow_paper(data: Data) -> Iterator[Fault]:
    narrow = [row.get("id") for _, row in rows(data, "kiosk") if row.get("paper") == 58]
    if table(data, "series").get("digits") == 4 and narrow:
        yield Fault(
            ("series", "digits"),
            f"is 4, too wide for the 58 mm paper of kiosk {quoted(narrow)}",
            "Write 3, or give that kiosk 80 mm paper.",
        )


def _screen_targets(data: Data) -> Iterator[Fault]:
    for n, row in rows(data, "screen"):
        kind = row.get("kind")
        for key in ("zone", "window"):
            if kind == key and row.get(key) is None:
                yield Fault(
                    ("screen", n), f"shows a {key} but names none", f"Add {key} = ... to it."
                )
            if kind in ("hall", "zone", "window") and kind != key and row.get(key) is not None:
                yield Fault(
                    ("screen", n, key),
                    f'is set on a screen of kind "{kind}"',
                    f'Remove it, or write kind = "{key}".',
                )


def _priority_ages(data: Data) -> Iterator[Fault]:
    for n, row in rows(data, "priority"):
        by_age = row.get("evidence") == "card_age"
        if by_age and row.get("min_age") is None:
            yield Fault(
                ("priority", n), "is proven by age but has no min_age", "Add min_age = 60, say."
            )
        if not by_age and row.get("min_age") is not None:
            yield Fault(
                ("priority", n, "min_age"),
                f"is set, but the evidence is {quoted([row.get('evidence')])}",
                'Remove it, or write evidence = "card_age".',
            )


def _arrivals(data: Data) -> Iterator[Fault]:
    profile = table(data, "demand").get("arrival_profile")
    if not isinstance(profile, Mapping) or not profile:
        return
    for clock in profile:
        if minutes(clock) is None:
            yield Fault(
                ("demand", "arrival_profile", clock),
                "is not a time of day",
                'Write the start of each slot, as in "09:30".',
            )
    shares = [v for v in profile.values() if isinstance(v, int | float)]
    if len(shares) == len(profile) and abs(sum(shares) - 1) > 0.005:
        yield Fault(
            ("demand", "arrival_profile"),
            f"adds up to {sum(shares):.2f}",
            "The shares of the day must add up to 1.",
        )


_RULES: tuple[Callable[[Data], Iterator[Fault]], ...] = (
    _duplicates,
    _references,
    _duty_windows,
    _booked_skills,
    _translated_materials,
    break_faults,
    _items_have_windows,
    _item_times,
    _repeats,
    _clerks_can_serve,
    _letters,
    _narrow_paper,
    _screen_targets,
    _priority_ages,
    _arrivals,
)
