"""The rules of udev and polkit, asked by what reads them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.systemd.test_units import SYSTEMD

UDEV = SYSTEMD / "kiosk/70-jiaohao-kiosk.rules"
POLKIT = SYSTEMD / "kiosk/50-jiaohao-pcsc.rules"
SOCKET_NAME = SYSTEMD / "kiosk/socket-name"
ITEM = re.compile(
    r"(ACTION|SUBSYSTEM|KERNEL|ENV\{\w+\}|PROGRAM)(==|!=)\"[^\"]*\""
    r"|(SYMLINK|GROUP|MODE|ENV\{\w+\}|IMPORT\{\w+\})(\+?=)\"[^\"]+\""
    r"|(LABEL|GOTO)=\"\w+\""
)


def rules() -> list[list[str]]:
    """Each rule as its items."""
    lines = UDEV.read_text().splitlines()
    found = [line for line in lines if line and not line.startswith("#")]
    return [line.split(", ") for line in found]


def test_every_item_of_a_rule_is_one_that_udev_knows() -> None:
    assert [item for rule in rules() for item in rule if not ITEM.fullmatch(item)] == []


def test_udev_finds_nothing_wrong() -> None:
    tool = shutil.which("udevadm")
    if tool is None or _version(tool) < 254:
        pytest.skip("udevadm verify came with systemd 254")
    result = subprocess.run(
        [tool, "verify", "--resolve-names=never", UDEV], capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout + result.stderr


def _version(tool: str) -> int:
    said = subprocess.run([tool, "--version"], capture_output=True, text=True).stdout
    return int(re.match(r"\d*", said)[0] or 0)  # type: ignore[index]


def test_every_jump_has_a_goal() -> None:
    text = UDEV.read_text()
    assert set(re.findall(r'GOTO="(\w+)"', text)) == set(re.findall(r'LABEL="(\w+)"', text))


def test_nobody_else_talks_to_a_serial_port_and_no_keyboard_reaches_the_screen() -> None:
    """T13"""
    (modem,) = [rule for rule in rules() if 'ENV{ID_MM_DEVICE_IGNORE}="1"' in rule]
    assert 'SUBSYSTEM=="tty"' in modem
    (keys,) = [rule for rule in rules() if 'ENV{LIBINPUT_IGNORE_DEVICE}="1"' in rule]
    assert {'ENV{ID_INPUT_KEY}=="1"', 'ENV{ID_INPUT_TOUCHSCREEN}!="1"'} <= set(keys)


# --- which device hangs at which socket ----------------------------------------------------------

PATH = "platform-xhci-hcd.0-usb-0:1:1.0"


def name_of(map_: Path, path: str) -> tuple[int, str]:
    done = subprocess.run([SOCKET_NAME, map_, path], capture_output=True, text=True)
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (f"idreader {PATH}\nscanner platform-other\n", "idreader\n"),
        (f"# a remark\n\n  scanner   {PATH}\n", "scanner\n"),
        (f"first {PATH}\nsecond {PATH}\n", "first\n"),
        (f"printer {PATH}", "printer\n"),  # no line end: some editors leave none
        ("", ""),
        (f"#idreader {PATH}\n", ""),
        (f"../../etc/passwd {PATH}\n", ""),
        (f"Reader {PATH}\n", ""),
        (f"idreader {PATH} more\n", ""),
        (f"idreader {PATH}x\n", ""),
    ],
)
def test_a_socket_is_found_in_the_map(tmp_path: Path, lines: str, said: str) -> None:
    map_ = tmp_path / "sockets"
    map_.write_text(lines)
    assert name_of(map_, PATH) == (0 if said else 1, said)


def test_a_machine_without_a_map_names_nothing(tmp_path: Path) -> None:
    assert name_of(tmp_path / "none", PATH) == (1, "")


def test_the_example_of_a_map_names_what_the_example_of_a_kiosk_opens() -> None:
    example = (SYSTEMD / "kiosk/sockets.example").read_text()
    kiosk = (SYSTEMD.parent / "config/example/kiosk.toml").read_text()
    for name in re.findall(r"^#(\w+) +platform", example, re.MULTILINE):
        assert f"/dev/kiosk-{name}" in kiosk + example


# --- polkit --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "user", "answer"),
    [
        ("org.debian.pcsc-lite.access_pcsc", "jiaohao-kiosk", "yes"),
        ("org.debian.pcsc-lite.access_card", "jiaohao-kiosk", "yes"),
        ("org.debian.pcsc-lite.access_pcsc", "jiaohao-browser", None),
        ("org.freedesktop.login1.reboot", "jiaohao-kiosk", None),
    ],
)
def test_polkit_lets_the_kiosks_account_read_cards_and_nothing_more(
    chromium: Browser, action: str, user: str, answer: str | None
) -> None:
    rule = POLKIT.read_text()
    script = f"""([action, user]) => {{
      const rules = [];
      const polkit = {{ Result: {{ YES: "yes" }}, addRule: (rule) => rules.push(rule) }};
      {rule}
      return rules.map((rule) => rule({{ id: action }}, {{ user }}) ?? null);
    }}"""
    page = chromium.new_page()
    assert page.evaluate(script, [action, user]) == [answer]
    page.close()


def test_the_documentation_shows_the_rule_as_it_is() -> None:
    page = (SYSTEMD.parent / "docs/readers.md").read_text(encoding="utf-8")
    code = "\n".join(f"  {line}" for line in POLKIT.read_text().splitlines()[1:])
    assert code in page
