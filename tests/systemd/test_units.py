"""The units in systemd/, read by systemd itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from config import EXAMPLE as CONFIG_EXAMPLE
from config import DisplayConfig, load

REPOSITORY = Path(__file__).resolve().parents[2]
SYSTEMD = REPOSITORY / "systemd"
SERVICES = sorted(SYSTEMD.glob("*.service"))
BROWSERS = [unit for unit in SERVICES if unit.stem.endswith("-browser")]
AGENTS = [unit for unit in SERVICES if unit not in BROWSERS]
# systemd's own exposure score times ten: 0 is sealed, 100 is bare. A browser needs namespaces for
# its own sandbox and memory that it may write and run.
WORST_EXPOSURE = {**dict.fromkeys(AGENTS, 20), **dict.fromkeys(BROWSERS, 50)}

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True)


def settings(unit: Path) -> dict[str, list[str]]:
    """What a unit sets, each key with all its values in order."""
    found: dict[str, list[str]] = {}
    for line in unit.read_text(encoding="utf-8").splitlines():
        key, sign, value = line.partition("=")
        if sign and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def installed(unit: Path, directory: Path) -> Path:
    """A copy of the unit whose /opt/jiaohao is an installation that exists."""
    python = directory / "opt/.venv/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to("/bin/true")
    (directory / "opt/jiaohao").symlink_to("/bin/true")
    (directory / "opt/systemd").symlink_to(SYSTEMD)
    copy = directory / unit.name
    copy.write_text(unit.read_text().replace("/opt/jiaohao", str(directory / "opt")))
    return copy


def test_every_role_has_its_units() -> None:
    assert {unit.name for unit in SERVICES} == {
        "jiaohao-controller.service",
        "jiaohao-kiosk.service",
        "jiaohao-kiosk-browser.service",
        "jiaohao-display.service",
        "jiaohao-display-browser.service",
        "jiaohao-announcer.service",
        "jiaohao-keypad.service",
    }


@needs_systemd
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_systemd_finds_nothing_to_complain_about(unit: Path, tmp_path: Path) -> None:
    result = analyze("verify", "--man=no", installed(unit, tmp_path))
    complaints = [line for line in result.stderr.splitlines() if unit.name in line]
    assert (result.returncode, complaints) == (0, []), result.stderr


@needs_systemd
def test_systemd_reads_the_mount_of_the_writable_partition(tmp_path: Path) -> None:
    copy = tmp_path / r"var-lib-jiaohao\x2dkiosk.mount"
    shutil.copy(SYSTEMD / "kiosk/state.mount", copy)
    result = analyze("verify", "--man=no", copy)
    complaints = [line for line in result.stderr.splitlines() if copy.name in line]
    assert complaints == [], result.stderr
    (where,) = settings(copy)["Where"]
    escaped = subprocess.run(
        ["systemd-escape", "-p", "--suffix=mount", where], capture_output=True, text=True
    )
    assert escaped.stdout.strip() == copy.name
    assert settings(SYSTEMD / "jiaohao-kiosk.service")["RequiresMountsFor"] == [where]


@needs_systemd
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_unit_is_well_sealed(unit: Path) -> None:
    result = analyze("security", "--offline=true", f"--threshold={WORST_EXPOSURE[unit]}", unit)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_is_restarted_for_ever(unit: Path) -> None:
    found = settings(unit)
    assert found["StartLimitIntervalSec"] == ["0"]
    assert found["Restart"] == ["always"]


@pytest.mark.parametrize("unit", AGENTS, ids=lambda unit: unit.name)
def test_a_service_of_ours_says_that_it_is_ready_and_is_watched(unit: Path) -> None:
    found = settings(unit)
    assert found["Type"] == ["notify"]
    assert found["WatchdogSec"] == ["20"]


@pytest.mark.parametrize("unit", AGENTS, ids=lambda unit: unit.name)
def test_a_service_may_write_in_one_directory(unit: Path) -> None:
    found = settings(unit)
    assert len(found["StateDirectory"]) == 1
    assert found["ProtectSystem"] == ["strict"]
    assert not found.keys() & {"ReadWritePaths", "CacheDirectory", "LogsDirectory", "BindPaths"}


def test_a_kiosk_reaches_its_devices_and_no_others() -> None:
    found = settings(SYSTEMD / "jiaohao-kiosk.service")
    assert found["DevicePolicy"] == ["closed"]
    kinds = {value.removesuffix(" rw") for value in found["DeviceAllow"]}
    assert kinds == {
        *("char-ttyUSB", "char-ttyACM", "char-ttyAMA", "char-ttyS"),  # readers, scanner, printer
        *("char-usb_device", "char-usb"),  # a USB printer by libusb or by usblp
        "char-gpiochip",
        "char-alsa",
    }


def test_a_screen_reaches_the_devices_of_its_window_and_an_announcer_its_loudspeaker() -> None:
    screen = settings(SYSTEMD / "jiaohao-display.service")
    kinds = {value.removesuffix(" rw") for value in screen["DeviceAllow"]}
    assert kinds == {
        *("char-ttyUSB", "char-ttyACM", "char-ttyAMA", "char-ttyS"),  # the LED strip, a printer
        *("char-usb_device", "char-usb"),
    }
    assert settings(SYSTEMD / "jiaohao-announcer.service")["DeviceAllow"] == ["char-alsa rw"]
    assert "m jiaohao-announcer audio" in (SYSTEMD / "jiaohao-announcer.sysusers.conf").read_text()


def test_a_screen_s_agent_may_restart_its_own_browser() -> None:
    rule = (SYSTEMD / "display/50-jiaohao-browser.rules").read_text()
    command = load(CONFIG_EXAMPLE / "display.toml", DisplayConfig).browser
    assert command is not None
    unit, account = command.restart[-1], settings(SYSTEMD / "jiaohao-display.service")["User"][0]
    assert (SYSTEMD / unit).exists()
    for part in (f'"{unit}"', '"restart"', f'"{account}"', "manage-units"):
        assert part in rule


@pytest.mark.parametrize("name", ["jiaohao-kiosk", "jiaohao-kiosk-browser"])
def test_nothing_that_was_read_from_a_card_is_left_behind_by_a_crash(name: str) -> None:
    found = settings(SYSTEMD / f"{name}.service")
    assert (found["LimitCORE"], found["MemorySwapMax"]) == (["0"], ["0"])


@pytest.mark.parametrize("unit", BROWSERS, ids=lambda unit: unit.name)
def test_the_browser_has_the_first_console_and_a_profile_in_memory(unit: Path) -> None:
    found = settings(unit)
    assert found["TTYPath"] == ["/dev/tty1"]
    assert found["Conflicts"] == ["getty@tty1.service"]
    assert found["RuntimeDirectory"] == ["jiaohao-browser"]
    assert found["Environment"] == ["HOME=/run/jiaohao-browser"]
    assert "StateDirectory" not in found
    assert "RuntimeDirectoryPreserve" not in found, "it is new at each start"
    agent = unit.name.replace("-browser", "")
    assert agent in found["After"][0], "which says when its page is served"


def test_the_browser_does_not_run_as_what_reads_cards() -> None:
    users = {unit.stem: settings(unit)["User"] for unit in SERVICES}
    assert users["jiaohao-kiosk-browser"] != users["jiaohao-kiosk"]


@pytest.mark.skipif(shutil.which("systemd-sysusers") is None, reason="no systemd-sysusers")
def test_the_accounts_of_the_services_can_be_made() -> None:
    made = set()
    for file in SYSTEMD.glob("*.sysusers.conf"):
        command = ["systemd-sysusers", "--dry-run", file]
        result = subprocess.run(command, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
        lines = file.read_text().splitlines()
        made |= {line.split()[1] for line in lines if line.startswith("u ")}
    assert made == {user for unit in SERVICES for user in settings(unit)["User"]}


def test_the_kiosks_account_is_in_the_groups_of_its_devices() -> None:
    lines = (SYSTEMD / "jiaohao-kiosk.sysusers.conf").read_text().splitlines()
    groups = {line.split()[2] for line in lines if line.startswith("m jiaohao-kiosk ")}
    assert groups == {"dialout", "gpio", "lp", "audio"}


def test_a_smart_card_service_that_hangs_goes_down_with_the_kiosk() -> None:
    found = settings(SYSTEMD / "kiosk/pcscd.conf")
    assert found["PartOf"] == ["jiaohao-kiosk.service"]
    assert found["StartLimitIntervalSec"] == ["0"]


def test_the_machine_restarts_when_systemd_hangs_and_writes_no_logs() -> None:
    assert settings(SYSTEMD / "kiosk/watchdog.conf")["RuntimeWatchdogSec"] == ["10s"]
    assert settings(SYSTEMD / "kiosk/journald.conf")["Storage"] == ["volatile"]


def test_no_key_leads_out_of_the_screen() -> None:
    """T13"""
    login = settings(SYSTEMD / "kiosk/logind.conf")
    assert (login["NAutoVTs"], login["ReserveVT"]) == (["0"], ["0"])
    assert login["HandlePowerKey"] == ["ignore"]
    assert "kernel.sysrq = 0" in (SYSTEMD / "kiosk/sysctl.conf").read_text()
