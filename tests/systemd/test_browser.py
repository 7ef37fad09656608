"""The browser of a kiosk: how it is started, and what its policy lets it do."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Playwright

from tests.conftest import QUIET
from tests.kiosk.fake_controller import FakeController
from tests.kiosk.heard import until
from tests.ports import free_port
from tests.systemd.test_units import BROWSERS, SYSTEMD, settings

SCRIPT = SYSTEMD / "browser"
POLICIES = {role: SYSTEMD / role / "browser-policy.json" for role in ("kiosk", "display")}
FOR_TESTS_ONLY = {"--no-sandbox", "--disable-gpu"}
CHROMIUM = Path("/usr/bin/chromium")


# --- the script ----------------------------------------------------------------------------------


@pytest.fixture
def served() -> Iterator[str]:
    """A page that is there."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def tools(folder: Path, cage_help: str) -> Path:
    """A cage that says how it was called, a Chromium, and the rest of the system."""
    bin_ = folder / "bin"
    bin_.mkdir()
    cage = f'#!/bin/sh\n[ "$1" = -h ] && echo "{cage_help}" && exit\nprintf "%s\\n" "$@"\n'
    for name, text in (("cage", cage), ("chromium", "#!/bin/sh\n")):
        (bin_ / name).write_text(text)
        (bin_ / name).chmod(0o755)
    return bin_


def started(folder: Path, url: str, *, rotate: str = "", cage_help: str = "-s") -> list[str]:
    """The arguments that cage is called with."""
    bin_ = tools(folder, cage_help)
    environment = {
        "PATH": f"{bin_}:/usr/bin:/bin",
        "RUNTIME_DIRECTORY": str(folder / "run"),
        **({"JIAOHAO_ROTATE": rotate} if rotate else {}),
    }
    done = subprocess.run(
        [SCRIPT, url], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_chromium_is_started_as_the_browser_tests_start_it_and_for_a_kiosk(
    tmp_path: Path, served: str
) -> None:
    command = started(tmp_path, served)
    assert command[:3] == ["-d", "--", str(tmp_path / "bin/chromium")]
    flags = set(command[3:])
    assert command[-1] == served
    assert set(QUIET) - FOR_TESTS_ONLY <= flags
    assert not FOR_TESTS_ONLY & flags
    assert flags >= {
        "--kiosk",
        "--ozone-platform=wayland",
        "--noerrdialogs",
        "--disable-infobars",
        "--password-store=basic",
        "--disable-pinch",
        "--overscroll-history-navigation=0",
        "--disable-session-crashed-bubble",
        "--autoplay-policy=no-user-gesture-required",
        f"--user-data-dir={tmp_path}/run/profile",
    }


def test_consoles_cannot_be_switched_to(tmp_path: Path, served: str) -> None:
    """T13: cage's -s would allow it."""
    assert "-s" not in started(tmp_path, served)[:2]


@pytest.mark.parametrize(("rotate", "turns"), [("90", 1), ("180", 2), ("270", 3), ("360", 0)])
def test_the_picture_is_turned_by_a_cage_that_can(
    tmp_path: Path, served: str, rotate: str, turns: int
) -> None:
    command = started(tmp_path, served, rotate=rotate, cage_help="-r Rotate the output")
    assert command[: command.index("--")] == ["-d", *["-r"] * turns]


def test_the_picture_is_turned_by_a_client_of_a_cage_that_cannot(
    tmp_path: Path, served: str
) -> None:
    command = started(tmp_path, served, rotate="90")
    inside = "\n".join(command[command.index("--") + 1 :])
    assert inside.startswith("sh\n-c\n")
    assert 'wlr-randr --output "$output" --transform "$turn"' in inside
    assert f"sh\n90\n{tmp_path}/bin/chromium\n--kiosk" in inside


def test_the_browser_waits_until_the_page_is_served(tmp_path: Path) -> None:
    """Chromium would show an error of its own, and look again ever more seldom."""
    port = free_port()
    bin_ = tools(tmp_path, "-s")
    environment = {"PATH": f"{bin_}:/usr/bin:/bin", "RUNTIME_DIRECTORY": str(tmp_path)}
    with subprocess.Popen(
        [SCRIPT, f"http://127.0.0.1:{port}/"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == f"browser: waiting for http://127.0.0.1:{port}/\n"
        assert process.poll() is None
        with socket.create_server(("127.0.0.1", port)):
            said, _ = process.communicate(timeout=30)
        assert said.endswith(f"http://127.0.0.1:{port}/\n")


def test_a_machine_without_a_browser_says_so(tmp_path: Path, served: str) -> None:
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    for name in ("bash", "sleep"):
        (bin_ / name).symlink_to(shutil.which(name) or name)
    environment = {"PATH": str(bin_), "RUNTIME_DIRECTORY": str(tmp_path)}
    done = subprocess.run(["bash", SCRIPT, served], env=environment, capture_output=True, text=True)
    assert (done.returncode, "not installed" in done.stderr) == (1, True)


# --- the policy ----------------------------------------------------------------------------------


def policy(role: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(POLICIES[role].read_text())
    return found


@pytest.mark.parametrize("unit", BROWSERS, ids=lambda unit: unit.name)
def test_the_only_origin_is_that_of_the_page(unit: Path) -> None:
    role = unit.stem.split("-")[1]
    url = settings(unit)["ExecStart"][0].split()[-1]
    assert policy(role)["URLAllowlist"] == [url.rstrip("/")]
    assert policy(role)["URLBlocklist"][0] == "*"


def test_both_policies_say_the_same_but_for_the_origin() -> None:
    kiosk, display = (policy(role) | {"URLAllowlist": []} for role in POLICIES)
    assert kiosk == display


def test_what_a_kiosk_must_not_do_is_forbidden() -> None:
    """T13"""
    assert (
        policy("kiosk").items()
        >= {
            "DeveloperToolsAvailability": 2,
            "DownloadRestrictions": 3,
            "IncognitoModeAvailability": 1,
            "PrintingEnabled": False,
            "TranslateEnabled": False,
            "AllowFileSelectionDialogs": False,
            "RemoteDebuggingAllowed": False,
            "PasswordManagerEnabled": False,
            "BrowserSignin": 0,
        }.items()
    )


@contextmanager
def browsing(playwright: Playwright, folder: Path, rules: dict[str, Any]) -> Iterator[Page]:
    """A page of a real Chromium under these rules: /etc/chromium in a namespace of its own."""
    if not CHROMIUM.exists() or shutil.which("unshare") is None:
        pytest.skip("Chromium or unshare is not installed")
    unshare = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    probe = [*unshare, "mount", "-t", "tmpfs", "tmpfs", "/etc/chromium"]
    if subprocess.run(probe, capture_output=True).returncode != 0:
        pytest.skip("no mount namespaces here, or no /etc/chromium")
    (folder / "rules.json").write_text(json.dumps(rules))
    script = """
      mount -t tmpfs tmpfs /etc/chromium && mkdir -p /etc/chromium/policies/managed &&
      cp "$1" /etc/chromium/policies/managed/ && shift && exec "$@"
    """
    profile = folder / "profile"
    flags = [*QUIET, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}"]
    with subprocess.Popen(
        [
            *unshare,
            "sh",
            "-c",
            script,
            "sh",
            folder / "rules.json",
            CHROMIUM,
            *flags,
            "about:blank",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            door = profile / "DevToolsActivePort"
            until(lambda: door.exists() and len(door.read_text().split()) == 2, "the browser")
            port, path = door.read_text().split()
            browser = playwright.chromium.connect_over_cdp(f"ws://127.0.0.1:{port}{path}")
            yield browser.contexts[0].new_page()
            browser.close()
        finally:
            process.terminate()


ROWS = """() => {
  const found = [];
  const walk = (node) => {
    if (node.tagName === "POLICY-ROW") {
      const say = (part) => node.shadowRoot.querySelector(part)?.innerText.trim();
      found.push([say(".name"), say(".messages")]);
    }
    const inside = node.shadowRoot?.children ?? [];
    for (const child of [...(node.children ?? []), ...inside]) walk(child);
  };
  walk(document.body);
  return found;
}"""


@pytest.mark.browser
def test_chromium_knows_every_key_of_the_policy_and_finds_its_value_good(
    playwright: Playwright, tmp_path: Path
) -> None:
    rules = policy("kiosk")
    # what would keep the test from looking; their own test is the next one
    shut = {"URLBlocklist", "URLAllowlist", "RemoteDebuggingAllowed", "DeveloperToolsAvailability"}
    open_ = {key: value for key, value in rules.items() if key not in shut}
    with browsing(playwright, tmp_path, open_ | {"NoSuchRuleAtAll": True}) as page:
        page.goto("chrome://policy")
        page.wait_for_function(f"({ROWS})().length > 10")
        known = dict(page.evaluate(ROWS))
    assert known.pop("NoSuchRuleAtAll") != "OK", "a key that nobody knows would be told"
    assert {key: known.get(key) for key in open_} == dict.fromkeys(open_, "OK")
    assert shut <= known.keys()


@pytest.mark.browser
def test_the_page_opens_and_nothing_else_does(playwright: Playwright, tmp_path: Path) -> None:
    """T13"""
    shut = ("RemoteDebuggingAllowed", "DeveloperToolsAvailability")
    rules = {key: value for key, value in policy("kiosk").items() if key not in shut}
    with FakeController() as own, FakeController() as other:
        rules["URLAllowlist"] = [own.url]
        with browsing(playwright, tmp_path, rules) as page:
            assert page.goto(f"{own.url}/") is not None
            for address in (
                f"{other.url}/",
                "file:///etc/passwd",
                "chrome://settings",
                "chrome://version",
                f"view-source:{own.url}/",
                "data:text/html,hi",
                "https://example.com/",
            ):
                assert (address, blocked(page, address)) == (address, True)


def blocked(page: Page, address: str) -> bool:
    """Whether the policy is why an address does not open."""
    fresh = page.context.new_page()
    try:
        fresh.goto(address)
    except Error as error:
        return bool(re.search("ERR_BLOCKED_BY_ADMINISTRATOR", str(error)))
    finally:
        fresh.close()
    return False
