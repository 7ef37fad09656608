"""The rules of the house, kept by machine: imports, libraries, words and sizes."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGES = ("controller", "kiosk", "display", "printers", "config")

# Packages that a kiosk or a proof may use alone: the standard library and themselves.
PURE = ("controller/hall", "controller/dispatch")
PURE_FILES = ("controller/__init__.py", "controller/sdnotify.py")

# A library is chosen once and imported in as few files as can be.
SOLE_USERS = {
    "eventlet": {"controller/engine.py"},
    "gevent": {"controller/engine.py"},
    "geventwebsocket": {"controller/engine.py"},
    "gpiozero": {"kiosk/panel/pins.py"},
    "holidays": {"controller/public_days.py"},
    "flask_socketio": {"controller/cli/bench/floor.py", "controller/web/live.py"},
    "smartcard": {"kiosk/readers/scard.py"},
    "websocket": {"display/line.py"},
    "sqlite_utils": {"controller/journal/schema.py", "controller/journal/sqlite.py"},
}
KIOSK_MAY_IMPORT = (
    "controller.hall.numbering",
    "controller.hall.visitor",
    "controller.sdnotify",
)

MANIFESTS = ("display/static/vendor/VENDORED.json", "tests/browser/vendor/VENDORED.json")
MOST_LINES = 400
# Longer on purpose, each with its reason.
MAY_BE_LONGER = {
    "tests/browser/kiosk_views.py": "data: a view of every state of the kiosk page",
    "tests/config/test_bad_hall.py": "a table: one row for each fault of a hall.toml",
}

# Written in pieces, so that this file does not hold what it looks for.
FORBIDDEN_WORDS = {
    "a package registry's host": re.compile(
        "|".join(
            re.escape(host)
            for host in (
                "pypi" + ".org",
                "python" + "hosted",
                "registry." + "npmjs",
                "unpkg" + ".com",
                "jsdelivr" + ".net",
                "piwheels" + ".org",
            )
        )
    ),
    "a path of one machine": re.compile(r"/(?:work|root|home/\w+)" + r"/(?:main|shared|\.)"),
    "an 18-digit number": re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])"),
}


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the repository that exist, by git; all its files without git."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True
    )
    if listing.returncode != 0:
        pytest.skip("the files are listed by git, and this is not a clone")
    paths = (REPOSITORY / name for name in listing.stdout.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def name_of(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def sources() -> Iterator[Path]:
    """The Python files of the product, without its tests."""
    return (p for p in tracked() if p.suffix == ".py" and name_of(p).startswith(PACKAGES))


def vendored(path: Path) -> bool:
    return "/vendor/" in name_of(path)


def text_of(path: Path) -> str | None:
    """The text of a file, None for one that is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def imports_of(path: Path) -> set[str]:
    """Every module a file imports by its full name, wherever in the file it stands."""
    found: set[str] = set()
    package = name_of(path).split("/")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, node.module] if node.module else above)
            found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return found


def run(*command: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=REPOSITORY,
        env={**os.environ, "COLUMNS": "120", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr


# --- imports -------------------------------------------------------------------


def test_imports_point_the_way_the_layout_says() -> None:
    run_contracts = "from importlinter.cli import lint_imports_command as c; c()"
    result = subprocess.run(
        [sys.executable, "-c", run_contracts, "--no-cache", "--no-logo"],
        cwd=REPOSITORY,
        env={**os.environ, "COLUMNS": "120"},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


def test_the_rules_of_the_hall_import_the_standard_library_only() -> None:
    pure = [p for p in sources() if name_of(p).startswith(PURE) or name_of(p) in PURE_FILES]
    assert len(pure) > len(PURE_FILES)
    foreign = {
        (name_of(path), module)
        for path in pure
        for module in imports_of(path)
        if module.partition(".")[0] not in sys.stdlib_module_names
        and not module.startswith(("controller.hall", "controller.dispatch"))
    }
    assert foreign == set()


@pytest.mark.parametrize("library", SOLE_USERS)
def test_a_library_is_known_to_one_file(library: str) -> None:
    users = {
        name_of(path)
        for path in sources()
        if library in {module.partition(".")[0] for module in imports_of(path)}
    }
    assert users <= SOLE_USERS[library]


def test_a_kiosk_knows_of_the_controller_only_numbering_visitor_and_watchdog() -> None:
    known = {
        (name_of(path), module)
        for path in sources()
        if name_of(path).startswith("kiosk/")
        for module in imports_of(path)
        if module.startswith("controller.") and module != "controller.hall"
    }
    strange = {(file, module) for file, module in known if not module.startswith(KIOSK_MAY_IMPORT)}
    assert strange == set()


# --- words ---------------------------------------------------------------------


@pytest.mark.parametrize("what", FORBIDDEN_WORDS)
def test_no_tracked_file_names(what: str) -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in tracked()
        if not vendored(path) and (text := text_of(path)) is not None
        for number, line in enumerate(text.splitlines(), start=1)
        if FORBIDDEN_WORDS[what].search(line) and "--hash=sha256:" not in line
    ]
    assert found == []


# --- the tools -----------------------------------------------------------------


def test_every_file_passes_the_linter() -> None:
    run("ruff", "check", "--quiet", ".")


def test_every_file_is_formatted() -> None:
    run("ruff", "format", "--check", "--quiet", ".")


def test_every_type_holds() -> None:
    run("mypy")


# --- what we carry and how long we write ------------------------------------------


@pytest.mark.parametrize("manifest", MANIFESTS)
def test_every_vendored_file_is_the_one_that_was_listed(manifest: str) -> None:
    listing = REPOSITORY / manifest
    if not listing.exists():
        pytest.skip(f"there is no {manifest} yet")
    listed = {entry["file"]: entry for entry in json.loads(listing.read_text())}
    for entry in listed.values():
        assert {"file", "name", "version", "licence", "sha256"} <= entry.keys()
    present = {
        path.relative_to(listing.parent).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in tracked()
        if listing.parent in path.parents and path != listing
    }
    libraries = {file for file in present if file.endswith((".js", ".mjs", ".css", ".woff2"))}
    assert {file: entry["sha256"] for file, entry in listed.items()} == {
        file: present.get(file) for file in listed
    }
    assert libraries <= listed.keys(), "vendored without an entry in the manifest"


def test_no_file_of_ours_is_too_long_to_read() -> None:
    written = (".py", ".js", ".mjs", ".css", ".html", ".sh")
    long = {
        name_of(path): lines
        for path in tracked()
        if path.suffix in written
        and not vendored(path)
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
        and name_of(path) not in MAY_BE_LONGER
    }
    assert long == {}
