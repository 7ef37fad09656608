"""The pages of the screens: static, self-contained, under a strict policy."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from display.pages import STATIC, screens_blueprint

TEST_VENDOR = Path(__file__).parents[1] / "browser/vendor"
OURS = [path for path in STATIC.rglob("*") if path.is_file() and "vendor" not in path.parts]


@pytest.fixture
def client() -> FlaskClient:
    app = Flask("test", static_folder=None)
    app.register_blueprint(screens_blueprint())
    return app.test_client()


@pytest.mark.parametrize(
    "address", ["/screens/hall", "/screens/zone/B", "/screens/zone/一楼", "/screens/window/5"]
)
def test_a_screen_page_is_served_under_the_policy(client: FlaskClient, address: str) -> None:
    answer = client.get(address, buffered=True)
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'")
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", ["/static/../pages.py", "/static/%2e%2e/pages.py", "/static/x"])
def test_nothing_outside_the_static_files_is_served(client: FlaskClient, address: str) -> None:
    assert client.get(address, buffered=True).status_code == 404


def test_modules_are_served_as_scripts(client: FlaskClient) -> None:
    answer = client.get("/static/shared/live.js", buffered=True)
    assert answer.mimetype in ("text/javascript", "application/javascript")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_sizes_for_a_panel_are_answered(client: FlaskClient) -> None:
    query = "panel=65&distance=8&width=1920&height=1080"
    css = client.get(f"/screens/legibility.json?{query}", buffered=True).get_json()["css"]
    assert css["--rows"] == "5"
    assert css["--glyph-row"] == "107px"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("panel=32&distance=12&width=1920&height=1080", "unreadable"),
        ("panel=55", "invalid"),
        ("panel=x&distance=8&width=1920&height=1080", "invalid"),
        ("panel=55&distance=inf&width=1920&height=1080", "invalid"),
        ("panel=55&distance=8&width=inf&height=1080", "invalid"),
        ("panel=nan&distance=8&width=1920&height=1080", "invalid"),
    ],
)
def test_a_panel_that_cannot_be_is_a_problem(client: FlaskClient, query: str, code: str) -> None:
    answer = client.get(f"/screens/legibility.json?{query}", buffered=True)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["code"] == code


@pytest.mark.parametrize("page", [p for p in OURS if p.suffix == ".html"], ids=lambda p: p.name)
def test_a_page_has_no_script_or_style_inside(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert "<style" not in text
    assert not re.search(r"\s(?:style|on\w+)=", text)


@pytest.mark.parametrize("path", OURS, ids=lambda p: str(p.relative_to(STATIC)))
def test_no_file_reaches_outside_the_hall(path: Path) -> None:
    if path.suffix not in (".html", ".css", ".js", ".json", ".svg"):
        return
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://", text)


@pytest.mark.parametrize("folder", [STATIC / "vendor", TEST_VENDOR], ids=["pages", "tests"])
def test_every_vendored_file_is_listed_with_its_digest_and_licence(folder: Path) -> None:
    entries = json.loads((folder / "VENDORED.json").read_text(encoding="utf-8"))
    licences = {name for entry in entries for name in entry["licence_file"]}
    for entry in entries:
        digest = hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest()
        assert digest == entry["sha256"], entry["file"]
        assert all(entry[key] for key in ("name", "version", "licence"))
    listed = {entry["file"] for entry in entries} | licences | {"VENDORED.json"}
    assert {path.name for path in folder.iterdir()} == listed


def test_what_a_page_imports_is_there() -> None:
    for module in (path for path in OURS if path.suffix == ".js"):
        for name in re.findall(r'from\s+"(\.[^"]+)"', module.read_text(encoding="utf-8")):
            assert (module.parent / name).resolve().is_file(), f"{module.name} imports {name}"


@pytest.mark.parametrize("page", ["hall", "window"])
def test_every_english_word_has_a_chinese_one(page: str) -> None:
    words = {
        lang: json.loads((STATIC / page / f"i18n/{lang}.json").read_text(encoding="utf-8"))
        for lang in ("zh", "en")
    }
    assert set(words["en"]) <= set(words["zh"])
