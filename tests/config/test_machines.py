"""controller.toml, kiosk.toml and display.toml, alone and against the hall."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import (
    ConfigError,
    check,
    load_controller,
    load_display,
    load_kiosk,
)
from tests.config.minimal import DISPLAY, HALL, KIOSK, line_of, spoil, write


def told(directory: Path) -> list[str]:
    return [str(problem).removeprefix(f"{directory}/") for problem in check(directory)]


def test_an_empty_controller_file_means_this_machine_only(tmp_path: Path) -> None:
    server = load_controller(write(tmp_path, controller="")).server
    assert (server.host, server.port, server.engine) == ("127.0.0.1", 8080, "eventlet")
    assert server.state_dir == Path("/var/lib/jiaohao")
    assert server.allow_plain_lan is False


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "::", "hall.example"])
def test_plain_http_to_a_network_is_refused_with_the_reason(tmp_path: Path, host: str) -> None:
    write(tmp_path, controller=f'[server]\nport = 8080\nhost = "{host}"\n')
    assert told(tmp_path) == [
        f'controller.toml:3: server.host: is "{host}", so other machines could read and forge '
        "what is sent without TLS. Set certificate and key, or write allow_plain_lan = true to "
        'accept plain HTTP, or keep "127.0.0.1".'
    ]


@pytest.mark.parametrize(
    "more",
    ["allow_plain_lan = true", 'certificate = "/etc/jiaohao/hall.pem"\nkey = "/etc/jiaohao/k"'],
)
def test_a_network_is_served_with_a_certificate_or_knowingly_without(
    tmp_path: Path, more: str
) -> None:
    write(tmp_path, controller=f'[server]\nhost = "0.0.0.0"\n{more}\n')
    assert check(tmp_path) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_this_machine_needs_no_certificate(tmp_path: Path, host: str) -> None:
    assert check(write(tmp_path, controller=f'[server]\nhost = "{host}"\n')) == []


def test_a_certificate_without_its_key_is_refused(tmp_path: Path) -> None:
    write(tmp_path, controller='[server]\ncertificate = "hall.pem"\n')
    assert told(tmp_path) == [
        'controller.toml:2: server.certificate: has no key. Add key = "FILE.pem" beside it.'
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('engine = "tornado"', "engine: is \"tornado\". Write one of 'eventlet'"),
        ("port = 70000", "port: is 70000. Write 65535 or less."),
        ("state_dir = 5", "state_dir: is 5, not a path. Put it in double quotes."),
        ('screen_origins = ["*"]', 'screen_origins[1]: is "*", not a web address.'),
        (
            'screen_origins = ["http://screen:8090/page"]',
            'more than an origin. Write scheme, host and port only: "http://screen:8090".',
        ),
        ('hots = "127.0.0.1"', 'hots: is not a known key. Did you mean "host"?'),
    ],
)
def test_a_wrong_server_setting_is_told(tmp_path: Path, line: str, problem: str) -> None:
    write(tmp_path, controller=f"[server]\n{line}\n")
    (message,) = told(tmp_path)
    assert message.startswith("controller.toml:2: server.")
    assert problem in message


def test_a_kiosk_has_devices_only_where_they_are_named(tmp_path: Path) -> None:
    least = '[controller]\nurl = "http://127.0.0.1:8080/"\n[kiosk]\nid = "k"\nno = 1\nname = "甲"\n'
    kiosk = load_kiosk(write(tmp_path, kiosk=least))
    assert (kiosk.reader.kind, kiosk.printer.kind) == ("none", "none")
    assert kiosk.controller.url == "http://127.0.0.1:8080"
    assert (kiosk.idle.reset_s, kiosk.idle.elder_s, kiosk.idle.warning_s) == (30, 60, 10)


@pytest.mark.parametrize(
    ("old", "new", "snippet", "problem"),
    [
        (
            'port = "/dev/kiosk-idreader"\n',
            "",
            'kind = "sam-serial"',
            'reader.kind: is "sam-serial" but no port is set',
        ),
        (
            'host = "127.0.0.1"\n',
            "",
            'kind = "network"',
            'printer.kind: is "network" but no host is set',
        ),
        (
            'kind = "network"\n',
            'kind = "serial"\n',
            'kind = "serial"',
            'printer.kind: is "serial" but no device is set',
        ),
        (
            'kind = "network"\n',
            'kind = "usb"\nusb_id = "416:5011"\n',
            "usb_id",
            'printer.usb_id: is "416:5011"',
        ),
        (
            "reset_s = 30",
            "reset_s = 90",
            "reset_s",
            "idle.reset_s: makes large text end after 60 s, before the others' 90 s",
        ),
        (
            "reset_s = 30",
            "warning_s = 30",
            "warning_s",
            "idle.warning_s: leaves no time before the warning of 30 s",
        ),
        (
            "[idle]",
            '[page]\nhost = "0.0.0.0"\n[idle]',
            'host = "0.0.0.0"',
            'page.host: is "0.0.0.0", which other machines can reach',
        ),
        (
            "paper = 58",
            "paper = 57",
            "paper",
            "printer.paper: is 57. Write one of 80 or 58.",
        ),
        (
            'url = "http://127.0.0.1:8080"',
            'url = "127.0.0.1:8080"',
            "url",
            'controller.url: is "127.0.0.1:8080", not a web address',
        ),
    ],
)
def test_a_wrong_kiosk_setting_is_told(
    tmp_path: Path, old: str, new: str, snippet: str, problem: str
) -> None:
    text = spoil(KIOSK, old, new)
    (message,) = told(write(tmp_path, kiosk=text))
    assert message.startswith(f"kiosk.toml:{line_of(text, snippet)}: {problem}")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('zone = "main"', "", '5: screen.kind: is "zone" but no zone is named'),
        ('"zone"\n', '"hall"\n', '6: screen.zone: is set on a screen of kind "hall"'),
        ('zone = "main"', 'zone = "main"\nwindow = 1', "7: screen.window: is set on a screen"),
    ],
)
def test_a_wrong_screen_is_told(tmp_path: Path, old: str, new: str, problem: str) -> None:
    (message,) = told(write(tmp_path, display=spoil(DISPLAY, old, new)))
    assert message.startswith(f"display.toml:{problem}")


def test_a_screen_knows_what_it_shows(tmp_path: Path) -> None:
    display = load_display(write(tmp_path, display=DISPLAY))
    assert (display.screen.kind, display.screen.zone, display.screen.window) == (
        "zone",
        "main",
        None,
    )
    assert display.page.port == 8090


def test_files_that_agree_have_no_problems(tmp_path: Path) -> None:
    assert check(write(tmp_path, hall=HALL, controller="", kiosk=KIOSK, display=DISPLAY)) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('id = "kiosk-1"', 'id = "kiosk-7"', '5: kiosk.id: is "kiosk-7", which hall.toml does not'),
        ("no = 1", "no = 2", "6: kiosk.no: is 2, but hall.toml numbers this kiosk 1. Write 1"),
        ("paper = 58", "paper = 80", "16: printer.paper: is 80 mm, but hall.toml gives this kiosk"),
    ],
)
def test_a_kiosk_that_the_hall_does_not_know_is_told(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    (message,) = told(write(tmp_path, hall=HALL, kiosk=spoil(KIOSK, old, new)))
    assert message.startswith(f"kiosk.toml:{problem}")


def test_a_screen_of_a_zone_that_the_hall_does_not_have_is_told(tmp_path: Path) -> None:
    display = spoil(DISPLAY, '"main"', '"north"')
    (message,) = told(write(tmp_path, hall=HALL, display=display))
    assert message.startswith('display.toml:6: screen.zone: is "north", which hall.toml does not')


def test_the_problems_of_all_files_are_told_together(tmp_path: Path) -> None:
    write(
        tmp_path,
        hall=spoil(HALL, "digits = 3", "digits = 9"),
        controller="[server]\nport = -1\n",
        kiosk=spoil(KIOSK, "no = 1", "no = 0"),
        display=spoil(DISPLAY, '"zone"\n', '"wall"\n'),
    )
    assert [message.split(".toml")[0] for message in told(tmp_path)] == [
        "hall",
        "controller",
        "kiosk",
        "display",
    ]


def test_a_directory_without_any_file_is_told(tmp_path: Path) -> None:
    (problem,) = check(tmp_path)
    assert str(problem).startswith(
        f"{tmp_path}: holds none of hall.toml, calendar.toml, controller.toml"
    )
    (problem,) = check(tmp_path / "nowhere")
    assert str(problem).startswith(f"{tmp_path}/nowhere: is not a directory")


def test_every_line_of_an_error_is_one_problem(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_controller(write(tmp_path, controller='[server]\nport = -1\nengine = "x"\n'))
    assert [str(p) for p in caught.value.problems] == str(caught.value).splitlines()
    assert len(caught.value.problems) == 2
