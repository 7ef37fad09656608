"""`./jiaohao` on machines in every state, with the system's tools played by scripts.

The front door is copied into an empty repository and finds nothing on its PATH but
the tools a minimal Debian has and the scripts below, which write down each call.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
REAL_TOOLS = "cat dirname env flock mktemp mv readlink rm sed sh sha256sum sleep mkdir cp kill true"

# A Python that builds an environment by copying itself, and logs what it is asked.
PYTHON = """#!/bin/sh
case "$*" in
  *ensurepip,*) echo "$0"; exit 0 ;;
  "-m venv"*)
    for dir; do :; done
    rm -rf "$dir"; mkdir -p "$dir/bin"; cp "$0" "$dir/bin/python" ;;
  "-m pip --version") exit 0 ;;
  "-P -m controller.cli"*) shift 3; echo "cwd=$PWD args=$*"; exit 0 ;;
esac
echo "python $*" >>"$CALLS"
case "$*" in "-m pip install"*) eval "$ON_PIP" ;; esac
"""
DPKG_QUERY = """#!/bin/sh
echo "dpkg-query" >>"$CALLS"
shift 3
for package; do
  case " $ABSENT " in *" $package "*) ;; *) echo "ii  $package " ;; esac
done
"""
APT_GET = """#!/bin/sh
echo "apt-get $*" >>"$CALLS"
eval "$ON_APT"
"""
SUDO = """#!/bin/sh
echo "sudo $*" >>"$CALLS"
[ "$1" != -n ] || shift
exec "$@"
"""


@dataclass
class Machine:
    """A machine with a fresh copy of the front door and nothing installed by it."""

    repository: Path
    tools: Path
    calls_file: Path
    settings: dict[str, str] = field(default_factory=dict)

    def add_tool(self, name: str, script: str) -> None:
        tool = self.tools / name
        tool.write_text(script)
        tool.chmod(0o755)

    def environment(self) -> dict[str, str]:
        return {
            "PATH": str(self.tools),
            "CALLS": str(self.calls_file),
            "ABSENT": "",
            "ON_PIP": ":",
            "ON_APT": ":",
            **self.settings,
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [self.repository / "jiaohao", *arguments],
            env=self.environment(),
            cwd=self.repository.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=30)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def calls(self) -> list[str]:
        """What the tools were asked since the last time this was read."""
        if not self.calls_file.exists():
            return []
        lines = self.calls_file.read_text().splitlines()
        self.calls_file.unlink()
        return lines


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    repository = tmp_path / "house"
    repository.mkdir()
    shutil.copy2(REPOSITORY / "jiaohao", repository)
    shutil.copytree(REPOSITORY / "requirements", repository / "requirements")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in REAL_TOOLS.split():
        found = shutil.which(name, path="/usr/bin:/bin")
        assert found, f"this test needs {name}"
        (tools / name).symlink_to(found)
    made = Machine(repository, tools, tmp_path / "calls")
    made.add_tool("python3", PYTHON)
    made.add_tool("dpkg-query", DPKG_QUERY)
    made.add_tool("apt-get", APT_GET)
    made.add_tool("id", "#!/bin/sh\necho 0\n")
    return made


def become_ordinary_user(machine: Machine) -> None:
    machine.add_tool("id", "#!/bin/sh\necho 1000\n")


def asked(calls: list[str], program: str) -> list[str]:
    return [call for call in calls if call.startswith(program)]


def until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def test_the_first_start_says_what_it_installs_and_then_runs_the_command(machine: Machine) -> None:
    result = machine.run("serve", "--config", "somewhere")
    assert result.returncode == 0
    assert result.stdout == f"cwd={machine.repository.parent} args=serve --config somewhere\n"
    assert result.stderr.splitlines() == [
        f"jiaohao: building the Python environment in {machine.repository}/.venv",
        "jiaohao: installing Python packages: requirements/controller.txt",
    ]


def test_a_later_start_calls_no_installer_at_all(machine: Machine) -> None:
    machine.run("serve")
    machine.calls()
    result = machine.run("serve")
    assert (result.returncode, result.stderr) == (0, "")
    assert machine.calls() == []


def test_packages_are_taken_by_hash_only(machine: Machine) -> None:
    machine.run("kiosk")
    (install,) = asked(machine.calls(), "python -m pip install")
    assert "--require-hashes" in install
    assert install.endswith(f"-r {machine.repository}/requirements/kiosk.txt")


@pytest.mark.parametrize(
    ("command", "lock"),
    [
        ("--help", "base"),
        ("serve", "controller"),
        ("staff", "controller"),
        ("device", "controller"),
        ("journal", "controller"),
        ("config", "controller"),
        ("simulate", "controller"),
        ("roster", "controller"),
        ("forecast", "controller"),
        ("kiosk", "kiosk"),
        ("display", "display"),
        ("demo", "demo"),
        ("bench", "demo"),
        ("test", "test"),
    ],
)
def test_each_command_installs_the_list_of_its_role(
    machine: Machine, command: str, lock: str
) -> None:
    machine.run(command)
    (install,) = asked(machine.calls(), "python -m pip install")
    assert install.endswith(f"/requirements/{lock}.txt")


def test_a_changed_list_is_installed_by_the_next_start(machine: Machine) -> None:
    machine.run("serve")
    machine.calls()
    with (machine.repository / "requirements/controller.txt").open("a") as lock:
        lock.write("# one more\n")
    machine.run("serve")
    calls = machine.calls()
    assert len(asked(calls, "python -m pip install")) == 1
    assert not asked(calls, "python -m venv"), "the environment itself was sound"


def test_what_the_demo_installed_also_serves_its_roles(machine: Machine) -> None:
    machine.run("demo")
    machine.calls()
    for command in ("serve", "kiosk", "display", "--help"):
        machine.run(command)
    assert machine.calls() == []


def test_what_the_tests_installed_serves_every_role(machine: Machine) -> None:
    machine.run("test")
    machine.calls()
    for command in ("demo", "bench", "serve", "kiosk", "display", "--help"):
        machine.run(command)
    assert machine.calls() == []


def test_the_bench_of_a_machine_that_has_the_demo_gets_its_packages(machine: Machine) -> None:
    machine.run("demo")
    machine.calls()
    machine.settings["ABSENT"] = "libfaketime"
    machine.run("bench")
    (install,) = asked(machine.calls(), "apt-get")
    assert install.endswith("install --no-install-recommends libfaketime")


def test_a_missing_package_without_root_prints_the_apt_line_and_exits_2(machine: Machine) -> None:
    become_ordinary_user(machine)
    machine.settings["ABSENT"] = "fonts-noto-cjk"
    result = machine.run("kiosk")
    assert result.returncode == 2
    assert result.stdout == ""
    assert "apt-get install --no-install-recommends fonts-noto-cjk\n" in result.stderr
    assert machine.calls() == ["dpkg-query"]


def test_a_user_who_may_not_use_sudo_gets_the_apt_line_too(machine: Machine) -> None:
    become_ordinary_user(machine)
    machine.add_tool("sudo", "#!/bin/sh\nexit 1\n")
    machine.settings["ABSENT"] = "fonts-noto-cjk"
    result = machine.run("kiosk")
    assert result.returncode == 2
    assert "as root, run: apt-get install" in result.stderr
    assert not asked(machine.calls(), "apt-get")


def test_a_sudo_user_has_the_missing_packages_installed(machine: Machine) -> None:
    become_ordinary_user(machine)
    machine.add_tool("sudo", SUDO)
    machine.settings["ABSENT"] = "fonts-noto-cjk"
    result = machine.run("kiosk")
    assert result.returncode == 0
    assert "jiaohao: installing Debian packages: fonts-noto-cjk\n" in result.stderr
    calls = machine.calls()
    assert "sudo -n env DEBIAN_FRONTEND=noninteractive" in calls[2]
    assert len(asked(calls, "apt-get")) == 1


def test_root_installs_only_what_is_missing_and_refreshes_no_lists(machine: Machine) -> None:
    machine.settings["ABSENT"] = "chromium fonts-noto-cjk"
    assert machine.run("test").returncode == 0
    (install,) = asked(machine.calls(), "apt-get")
    assert install.endswith("install --no-install-recommends fonts-noto-cjk chromium")


def test_package_lists_are_refreshed_when_apt_does_not_know_a_package(machine: Machine) -> None:
    machine.settings["ABSENT"] = "chromium"
    known = machine.repository / "lists-are-fresh"
    machine.settings["ON_APT"] = (
        f'case "$*" in *update) : >{known} ;; *) [ -e {known} ] || exit 100 ;; esac'
    )
    assert machine.run("test").returncode == 0
    verbs = [call.split()[4] for call in asked(machine.calls(), "apt-get")]
    assert verbs == ["install", "update", "install"]


def test_a_failure_of_apt_is_shown_with_its_own_words(machine: Machine) -> None:
    machine.settings |= {"ABSENT": "git", "ON_APT": "echo E: the disk is full; exit 100"}
    result = machine.run("test")
    assert result.returncode == 2
    assert "E: the disk is full" in result.stderr
    assert not asked(machine.calls(), "python -m pip")


def test_debian_s_python_is_not_asked_for_where_another_works(machine: Machine) -> None:
    machine.settings["ABSENT"] = "python3 python3-venv"
    assert machine.run("--help").returncode == 0
    assert not asked(machine.calls(), "apt-get")


def test_a_python_name_without_a_version_behind_it_is_passed_over(machine: Machine) -> None:
    machine.add_tool("python3", "#!/bin/sh\nexit 127\n")
    machine.add_tool("python3.12", PYTHON)
    assert machine.run("--help").returncode == 0


def test_a_machine_without_any_python_installs_debian_s(machine: Machine) -> None:
    (machine.tools / "python3").unlink()
    machine.add_tool("later", PYTHON)
    machine.settings |= {
        "ABSENT": "python3 python3-venv",
        "JIAOHAO_PYTHON": "python3",
        "ON_APT": f"cp {machine.tools}/later {machine.tools}/python3",
    }
    assert machine.run("--help").returncode == 0
    assert asked(machine.calls(), "apt-get")[0].endswith("python3 python3-venv")


def test_an_installation_that_was_killed_is_built_anew(machine: Machine) -> None:
    machine.settings["ON_PIP"] = "kill -9 $PPID"
    assert machine.run("serve").returncode == -9
    machine.settings["ON_PIP"] = ":"
    machine.calls()
    assert machine.run("serve").returncode == 0
    assert len(asked(machine.calls(), "python -m venv --clear")) == 1
    assert not (machine.repository / ".venv/unfinished").exists()


def test_packages_that_cannot_be_had_exit_2_and_the_next_start_tries_again(
    machine: Machine,
) -> None:
    machine.settings["ON_PIP"] = "echo no network >&2; exit 1"
    result = machine.run("serve")
    assert result.returncode == 2
    assert "no network" in result.stderr
    machine.settings["ON_PIP"] = ":"
    assert machine.run("serve").returncode == 0


def test_a_role_that_cannot_be_installed_leaves_the_others_working(machine: Machine) -> None:
    machine.run("serve")
    machine.settings["ON_PIP"] = "exit 1"
    assert machine.run("kiosk").returncode == 2
    result = machine.run("serve")
    assert (result.returncode, result.stderr) == (0, "")


def test_an_environment_whose_python_is_gone_is_built_anew(machine: Machine) -> None:
    machine.run("serve")
    python = machine.repository / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/nowhere/python3.11")
    assert machine.run("serve").returncode == 0


def test_two_starts_at_once_install_once(machine: Machine) -> None:
    go = machine.repository / "go"
    machine.settings["ON_PIP"] = f"until [ -e {go} ] || ! [ -e $CALLS ]; do sleep 0.02; done"
    calls = machine.calls_file
    with machine.start("serve") as first, machine.start("serve") as second:
        try:
            until(lambda: calls.exists() and "pip install" in calls.read_text())
            until(lambda: waits_for_the_lock(first.pid) or waits_for_the_lock(second.pid))
        finally:
            go.touch()
        for process in (first, second):
            out, _ = process.communicate(timeout=30)
            assert (process.returncode, out.endswith("args=serve\n")) == (0, True)
    assert len(asked(machine.calls(), "python -m pip install")) == 1


def waits_for_the_lock(pid: int) -> bool:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return any(Path(f"/proc/{child}/comm").read_text() == "flock\n" for child in children)
    except FileNotFoundError:  # a child that has ended meanwhile
        return False


def test_it_may_be_called_through_a_symbolic_link(machine: Machine, tmp_path: Path) -> None:
    link = tmp_path / "tools" / "jiaohao"
    link.symlink_to(machine.repository / "jiaohao")
    result = subprocess.run(
        [link, "--help"], env=machine.environment(), cwd="/", capture_output=True, text=True
    )
    assert (result.returncode, result.stdout) == (0, "cwd=/ args=--help\n")
    assert (machine.repository / ".venv/satisfied-base").exists()


@pytest.mark.parametrize("checker", [["dash", "-n"], ["shellcheck"]])
def test_the_script_is_plain_posix_shell(checker: list[str]) -> None:
    if shutil.which(checker[0]) is None:
        pytest.skip(f"{checker[0]} is not installed")
    for script in ("jiaohao", "requirements/lock"):
        subprocess.run([*checker, REPOSITORY / script], check=True)


@pytest.mark.long
def test_a_fresh_clone_builds_its_own_environment(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", REPOSITORY, clone], check=True)
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    result = subprocess.run(
        [clone / "jiaohao", "--help"], env=environment, cwd="/", capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    assert "Commands:" in result.stdout
