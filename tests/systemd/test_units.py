"""The units in systemd/, read by systemd itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SYSTEMD = Path(__file__).resolve().parents[2] / "systemd"
SERVICES = sorted(SYSTEMD.glob("*.service"))
# systemd's own exposure score times ten: 0 is sealed, 100 is bare.
WORST_EXPOSURE = 20

pytestmark = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True)


def installed(unit: Path, directory: Path) -> Path:
    """A copy of the unit whose /opt/jiaohao is an installation that exists."""
    python = directory / "opt/.venv/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to("/bin/true")
    (directory / "opt/jiaohao").symlink_to("/bin/true")
    copy = directory / unit.name
    copy.write_text(unit.read_text().replace("/opt/jiaohao", str(directory / "opt")))
    return copy


def test_the_controller_has_a_unit() -> None:
    assert "jiaohao-controller.service" in {unit.name for unit in SERVICES}


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_systemd_finds_nothing_to_complain_about(unit: Path, tmp_path: Path) -> None:
    result = analyze("verify", "--man=no", installed(unit, tmp_path))
    complaints = [line for line in result.stderr.splitlines() if unit.name in line]
    assert (result.returncode, complaints) == (0, []), result.stderr


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_unit_is_well_sealed(unit: Path) -> None:
    result = analyze("security", "--offline=true", f"--threshold={WORST_EXPOSURE}", unit)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_is_restarted_for_ever_and_watched(unit: Path) -> None:
    lines = set(unit.read_text().splitlines())
    assert {"StartLimitIntervalSec=0", "Restart=always", "Type=notify"} <= lines
    assert any(line.startswith("WatchdogSec=") for line in lines)


def test_the_account_of_the_services_can_be_made() -> None:
    command = ["systemd-sysusers", "--dry-run", SYSTEMD / "jiaohao.sysusers.conf"]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    users = {line for unit in SERVICES for line in unit.read_text().splitlines() if "User=" in line}
    assert users == {"User=jiaohao"}
