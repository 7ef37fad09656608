"""The lists in requirements/: whole, agreeing, and no longer than the code asks for."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
REQUIREMENTS = REPOSITORY / "requirements"
ROLES = sorted(path.stem for path in REQUIREMENTS.glob("*.in"))
OURS = {"controller", "kiosk", "display", "printers", "config", "tests"}

# Whose list has to name what a package of ours imports.
LISTS_OF = {
    "controller": ("controller",),
    "kiosk": ("kiosk",),
    "printers": ("kiosk", "display"),
    "display": ("display",),
    "config": ("controller", "kiosk", "display"),
    "controller/cli/demo": ("demo",),
    "controller/cli/bench": ("demo",),
}
# Not imported by us, and needed all the same.
UNSEEN = {
    "click": "the command `jiaohao`, through which every role starts",
    "gevent-websocket": "Flask-SocketIO's WebSocket on gevent",
    "simple-websocket": "Flask-SocketIO's WebSocket on threads",
    "tzdata": "the time zones of a machine that has none",
}

# Part of another library that is in the list, and spoken to by name.
FOLLOWS = {"jinja2", "markupsafe", "pydantic-core", "werkzeug"}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def distribution(requirement: str) -> str:
    """The library a requirement is about, without extras and versions."""
    return canonical(re.split(r"[\[<>=!~ ;]", requirement)[0])


def named_in(role: str) -> set[str]:
    """The libraries that a role's list asks for, with those of the lists it includes."""
    lines = (REQUIREMENTS / f"{role}.in").read_text().splitlines()
    included = [line.split()[1].removesuffix(".in") for line in lines if line.startswith("-r ")]
    own = {distribution(line) for line in lines if line and not line.startswith(("#", "-"))}
    return own.union(*(named_in(other) for other in included))


def imported_by(package: str) -> set[str]:
    """The distributions whose modules a package of ours imports, its other roles left out."""
    modules: set[str] = set()
    inner = [REPOSITORY / other for other in LISTS_OF if other.startswith(f"{package}/")]
    for path in (REPOSITORY / package).rglob("*.py"):
        if any(other in path.parents for other in inner):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
    beside = {path.stem for path in (REPOSITORY / "tests").rglob("*.py")}
    foreign = modules - OURS - beside - sys.stdlib_module_names
    known = packages_distributions()
    return {canonical(known[module][0]) if module in known else module for module in foreign}


@pytest.mark.parametrize("package", LISTS_OF)
def test_what_a_package_imports_is_in_the_list_of_its_role(package: str) -> None:
    for role in LISTS_OF[package]:
        assert imported_by(package) <= named_in(role) | FOLLOWS, role


@pytest.mark.parametrize("role", ["controller", "kiosk", "display"])
def test_a_list_names_nothing_that_nobody_imports(role: str) -> None:
    imported = set().union(*(imported_by(p) for p, roles in LISTS_OF.items() if role in roles))
    assert named_in(role) - imported - UNSEEN.keys() == set()


@pytest.mark.parametrize("role", ["controller", "kiosk", "display"])
def test_the_project_declares_what_the_list_of_a_role_names(role: str) -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    declared = project["dependencies"] + project["optional-dependencies"][role]
    assert {distribution(line) for line in declared} == named_in(role)


def test_what_the_tests_import_is_locked() -> None:
    assert imported_by("tests") <= locked("test").keys()


@pytest.mark.parametrize("role", ROLES)
def test_a_lock_holds_hashes_and_names_no_place(role: str) -> None:
    text = (REQUIREMENTS / f"{role}.txt").read_text()
    assert not re.search(r"https?:|file:|--index|--extra-index|--find-links|^/", text, re.M)
    pins = re.findall(r"^[a-z0-9][\w.-]*(?:\[[\w,]+\])?==.*\\$", text, re.M)
    assert len(pins) == len(re.findall(r"^[a-z0-9]", text, re.M)) > 0


@pytest.mark.parametrize("role", ROLES)
def test_a_lock_holds_all_that_its_list_asks_for(role: str) -> None:
    assert named_in(role) <= locked(role).keys()


def locked(role: str) -> dict[str, str]:
    text = (REQUIREMENTS / f"{role}.txt").read_text()
    found = re.findall(r"^([a-z0-9][\w.-]*)(?:\[[\w,]+\])?==(\S+)", text, re.M)
    return {canonical(name): version for name, version in found}


def test_every_role_has_the_same_version_of_a_library() -> None:
    versions: dict[str, set[str]] = {}
    for role in ROLES:
        for name, version in locked(role).items():
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_lists_of_debian_packages_hold_one_name_a_line() -> None:
    for path in REQUIREMENTS.glob("apt/*.txt"):
        for line in path.read_text().splitlines():
            assert re.fullmatch(r"#.*|[a-z0-9][a-z0-9.+-]+", line), f"{path.name}: {line}"
