"""systemd/install puts everything where a machine looks for it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from config import load_announcer, load_display, load_keypad, load_kiosk
from tests.systemd.test_units import REPOSITORY, SYSTEMD, settings

INSTALL = SYSTEMD / "install"
SCRIPTS = [INSTALL, SYSTEMD / "browser", SYSTEMD / "kiosk/socket-name"]


def install(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([INSTALL, *arguments], capture_output=True, text=True)


def put(role: str, root: Path) -> set[str]:
    """Install below a root; the paths that are there then."""
    result = install(role, "--root", root)
    assert result.returncode == 0, result.stderr
    return {f"/{path.relative_to(root)}" for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("role", ["kiosk", "display"])
def test_a_machine_with_a_screen_gets_all_that_belongs_to_it(role: str, tmp_path: Path) -> None:
    files = put(role, tmp_path)
    screen = tmp_path / f"etc/systemd/system/jiaohao-{role}-browser.service"
    agent = tmp_path / f"etc/systemd/system/jiaohao-{role}.service"
    (pam,) = settings(screen)["PAMName"]
    users = settings(screen)["User"] + settings(agent)["User"]
    assert files >= {
        f"/etc/pam.d/{pam}",
        f"/etc/jiaohao/{role}.toml",
        "/etc/chromium/policies/managed/jiaohao.json",
        "/etc/systemd/system.conf.d/jiaohao.conf",
        "/etc/systemd/journald.conf.d/jiaohao.conf",
        "/etc/systemd/logind.conf.d/jiaohao.conf",
        "/etc/sysctl.d/70-jiaohao.conf",
        *(f"/usr/lib/sysusers.d/{user}.conf" for user in users),
    }


def test_a_kiosk_gets_its_devices_too(tmp_path: Path) -> None:
    assert put("kiosk", tmp_path) >= {
        "/etc/udev/rules.d/70-jiaohao-kiosk.rules",
        "/etc/polkit-1/rules.d/50-jiaohao-pcsc.rules",
        "/etc/systemd/system/pcscd.service.d/jiaohao.conf",
        "/usr/lib/tmpfiles.d/jiaohao-kiosk.conf",
        "/etc/jiaohao/sockets",
    }
    names = {path.name for path in (tmp_path / "etc/systemd/system").iterdir()}
    assert r"var-lib-jiaohao\x2dkiosk.mount" not in names, "only with the partition"
    assert put("kiosk-state", tmp_path) >= {r"/etc/systemd/system/var-lib-jiaohao\x2dkiosk.mount"}


def test_the_controller_gets_its_unit_its_account_and_an_example(tmp_path: Path) -> None:
    assert put("controller", tmp_path) == {
        "/etc/systemd/system/jiaohao-controller.service",
        "/usr/lib/sysusers.d/jiaohao.conf",
        "/etc/jiaohao/hall.toml",
        "/etc/jiaohao/calendar.toml",
        "/etc/jiaohao/controller.toml",
    }


def test_an_announcer_stands_alone_or_beside_a_screen(tmp_path: Path) -> None:
    assert put("announcer", tmp_path) == {
        "/etc/systemd/system/jiaohao-announcer.service",
        "/usr/lib/sysusers.d/jiaohao-announcer.conf",
        "/etc/jiaohao/announcer.toml",
    }
    assert load_announcer(tmp_path / "etc/jiaohao").announcer.zones == ("A",)
    files = put("display", tmp_path)
    assert "/etc/polkit-1/rules.d/50-jiaohao-browser.rules" in files


def test_a_key_pad_gets_its_unit_and_a_configuration_that_holds(tmp_path: Path) -> None:
    assert put("keypad", tmp_path) == {
        "/etc/systemd/system/jiaohao-keypad.service",
        "/usr/lib/sysusers.d/jiaohao-keypad.conf",
        "/etc/jiaohao/keypad.toml",
    }
    assert load_keypad(tmp_path / "etc/jiaohao").keypad.window == 1


def test_what_it_puts_there_to_be_edited_can_be_read(tmp_path: Path) -> None:
    put("kiosk", tmp_path)
    put("display", tmp_path)
    kiosk = load_kiosk(tmp_path / "etc/jiaohao")
    display = load_display(tmp_path / "etc/jiaohao")
    for role, port in (("kiosk", kiosk.page.port), ("display", display.page.port)):
        unit = settings(SYSTEMD / f"jiaohao-{role}-browser.service")
        assert unit["ExecStart"][0].endswith(f" http://127.0.0.1:{port}/")


def test_a_second_time_it_leaves_alone_what_was_edited(tmp_path: Path) -> None:
    put("kiosk", tmp_path)
    toml, rules = tmp_path / "etc/jiaohao/kiosk.toml", tmp_path / "etc/jiaohao/sockets"
    toml.write_text("mine")
    rules.write_text("mine")
    unit = tmp_path / "etc/systemd/system/jiaohao-kiosk.service"
    unit.write_text("of an earlier version")
    put("kiosk", tmp_path)
    assert (toml.read_text(), rules.read_text()) == ("mine", "mine")
    assert unit.read_text() == (SYSTEMD / unit.name).read_text()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [((), "name a role"), (("toaster",), "name a role"), (("kiosk", "--fast"), "unknown option")],
)
def test_a_call_that_makes_no_sense_is_told(arguments: tuple[str, ...], says: str) -> None:
    result = install(*arguments)
    assert (result.returncode, says in result.stderr) == (2, True)


def test_a_repository_elsewhere_is_not_installed_for_real() -> None:
    if Path("/opt/jiaohao") == REPOSITORY:
        pytest.skip("this is the place")
    result = install("kiosk")
    assert result.returncode == 2
    assert "/opt/jiaohao" in result.stderr or "as root" in result.stderr


@pytest.mark.skipif(shutil.which("systemd-tmpfiles") is None, reason="no systemd-tmpfiles")
@pytest.mark.skipif(os.geteuid() != 0, reason="makes directories for another account")
def test_systemd_makes_the_accounts_and_the_state_directory(tmp_path: Path) -> None:
    put("kiosk", tmp_path)
    for tool, *arguments in (("systemd-sysusers",), ("systemd-tmpfiles", "--create")):
        done = subprocess.run(
            [tool, f"--root={tmp_path}", *arguments], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    passwd = (tmp_path / "etc/passwd").read_text()
    uid = next(int(line.split(":")[2]) for line in passwd.splitlines() if "jiaohao-kiosk" in line)
    state = (tmp_path / "var/lib/jiaohao-kiosk").stat()
    assert (state.st_uid, state.st_mode & 0o777) == (uid, 0o700)
    members = (tmp_path / "etc/group").read_text()
    for group in ("dialout", "gpio", "lp", "audio"):
        (line,) = [line for line in members.splitlines() if line.startswith(f"{group}:")]
        assert line.endswith("jiaohao-kiosk") or "jiaohao-kiosk," in line


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_linter_finds_nothing_in_the_scripts(script: Path) -> None:
    result = subprocess.run(["shellcheck", script], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_can_be_run(script: Path) -> None:
    assert os.access(script, os.X_OK)
