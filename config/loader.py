"""TOML file -> checked model, or every problem of the file with its line and its remedy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.fields import Section
from config.positions import Path as KeyPath
from config.positions import Positions
from config.problems import ConfigError, Fault, Problem, key_name, nearest

M = TypeVar("M", bound=Section)


def load(path: Path, model: type[M]) -> M:
    """Read the TOML file ``path`` as ``model``.

    Raises ConfigError with all problems of the file, in the order of its lines; a file that is
    no TOML has one. Nothing but ``path`` is read.
    """
    text = _read(path)
    data = _parse(path, text)
    faults: list[Fault] = []
    try:
        value = model.model_validate(data)
    except ValidationError as error:
        faults += value_faults(error, model)
    faults += _section_faults(model, data, ())
    if faults:
        raise ConfigError(_placed(path, Positions(text), faults))
    return value


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        problem, remedy = "is missing", "Write it; config/example has a small one to start from."
    except OSError as error:
        problem, remedy = f"cannot be read ({error.strerror})", "Check its permissions."
    except UnicodeDecodeError as error:
        problem, remedy = f"is not UTF-8 (byte {error.start + 1})", "Save it again as UTF-8."
    raise ConfigError([Problem(path, 0, "", problem, remedy)])


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([_broken_toml(path, text, str(error))]) from None


def _broken_toml(path: Path, text: str, message: str) -> Problem:
    match = re.search(r"\(at line (\d+), column (\d+)\)$", message)
    line = int(match[1]) if match else max(1, len(text.rstrip("\n").splitlines()))
    column = f", column {match[2]}" if match else ""
    problem = re.sub(r" \(at .*\)$", "", message)
    twice = re.search(r"overwrite|twice|redefine|mutate|[Dd]uplicate", message)
    remedy = (
        "A key or table stands twice: keep one; repeated tables are written [[name]]."
        if twice
        else "Check quotes, brackets and commas on this line and the one before."
    )
    told = f"is not valid TOML here{column}: {problem[:1].lower()}{problem[1:]}"
    return Problem(path, line, "", told, remedy)


def _placed(path: Path, positions: Positions, faults: Sequence[Fault]) -> list[Problem]:
    problems = {
        Problem(path, positions.line(f.path), key_name(f.path), f.problem, f.remedy) for f in faults
    }
    return sorted(problems, key=lambda p: (p.line, p.key, p.problem))


def _section_faults(model: type[BaseModel], data: object, path: KeyPath) -> Iterator[Fault]:
    """The rules between keys, of ``model`` and of every table inside it."""
    if isinstance(data, list):
        for n, row in enumerate(data):
            yield from _section_faults(model, row, (*path, n))
    if not isinstance(data, Mapping):
        return
    if issubclass(model, Section):
        for fault in model.faults(data):
            yield Fault((*path, *fault.path), fault.problem, fault.remedy)
    for key, inner in _tables_of(model).items():
        yield from _section_faults(inner, data.get(key), (*path, key))


def _tables_of(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """The keys of ``model`` that hold a table or an array of tables."""
    found = {}
    for name, field in model.model_fields.items():
        if inner := _model_in(field.annotation):
            found[field.alias or name] = inner
    return found


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        if inner := _model_in(argument):
            return inner
    return None


def value_faults(error: ValidationError, model: type[BaseModel]) -> Iterator[Fault]:
    """What is wrong with single values, told so that the reader can mend it."""
    details = error.errors(include_url=False)
    for detail in details:
        if detail["type"] == "faults":
            continue  # told with their own places by _section_faults
        if detail["type"] == "too_short" and _any_below(detail["loc"], details):
            continue  # it only counts the entries that are right
        yield _value_fault(detail, model)


def _any_below(path: KeyPath, details: Sequence[ErrorDetails]) -> bool:
    return any(d["loc"][: len(path)] == path and len(d["loc"]) > len(path) for d in details)


def _value_fault(detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    path: KeyPath = detail["loc"]
    context = detail.get("ctx", {})
    match detail["type"]:
        case "wrong":
            return Fault(path, context["problem"], context["remedy"])
        case "missing":
            return _missing(path)
        case "extra_forbidden":
            return _unknown_key(path, model)
        case kind:
            problem, remedy = _wrong_value(kind, detail["input"], context, detail["msg"])
            return Fault(path, problem, remedy)


def _missing(path: KeyPath) -> Fault:
    if len(path) >= 2 and isinstance(path[-1], int):
        return Fault(path, "is missing", "The list needs one more value.")
    return Fault(path, "is missing", f"Add {path[-1]} = ... to {_table_name(path[:-1])}.")


def _table_name(path: KeyPath) -> str:
    if not path:
        return "the file, or a table of that name"
    brackets = "[[{}]]" if isinstance(path[-1], int) else "[{}]"
    return "this " + brackets.format(".".join(str(p) for p in path if not isinstance(p, int)))


def _unknown_key(path: KeyPath, model: type[BaseModel]) -> Fault:
    known = _keys_at(model, path[:-1])
    guess = nearest(str(path[-1]), known)
    remedy = f'Did you mean "{guess}"?' if guess else f"Remove it; known are {', '.join(known)}."
    return Fault(path, "is not a known key", remedy)


def _keys_at(model: type[BaseModel], path: KeyPath) -> list[str]:
    for key in path:
        if isinstance(key, str):
            model = _tables_of(model)[key]
    return [field.alias or name for name, field in model.model_fields.items()]


def _wrong_value(
    kind: str, value: object, context: Mapping[str, Any], message: str
) -> tuple[str, str]:
    shown = _shown(value)
    if kind in _TYPES:
        what, remedy = _TYPES[kind]
        return f"is {shown}, not {what}", remedy
    if kind == "literal_error":
        return f"is {shown}", f"Write one of {context['expected']}."
    if kind in _LIMITS:
        return f"is {shown}", f"Write {_LIMITS[kind].format(**context)}."
    if kind in _LENGTHS:
        return _LENGTHS[kind][0].format(**context), _LENGTHS[kind][1].format(**context)
    if kind == "string_pattern_mismatch":
        return f"is {shown}", f"It must match {context['pattern']}."
    return f"is {shown}: {message[:1].lower()}{message[1:]}", "Write a value that fits."


_TYPES = {
    "string_type": ("text", "Put it in double quotes."),
    "int_type": ("a whole number", "Write digits without quotes, as in 3."),
    "int_from_float": ("a whole number", "Write digits without quotes, as in 3."),
    "float_type": ("a number", "Write digits without quotes, as in 0.5."),
    "bool_type": ("true or false", "Write true or false without quotes."),
    "tuple_type": ("a list", "Put the values in square brackets, as in [1, 2]."),
    "dict_type": ("a table", "Write key = value pairs under a [header]."),
    "model_type": ("a table", "Write its keys under a [header] of this name."),
    "date_type": ("a date", "Write it without quotes, as in 2026-01-01."),
    "path_type": ("a path", "Put it in double quotes."),
}
_LIMITS = {
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "greater_than": "more than {gt}",
    "less_than": "less than {lt}",
}
_LENGTHS = {
    "string_too_short": ("is empty or too short", "Write {min_length} or more characters."),
    "string_too_long": ("is too long", "Write {max_length} characters or fewer."),
    "too_short": ("has too few entries ({actual_length})", "Write {min_length} or more."),
    "too_long": ("has too many entries ({actual_length})", "Write {max_length} or fewer."),
}


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."
