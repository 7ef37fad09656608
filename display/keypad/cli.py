"""``jiaohao keypad``: a window's key-pad presses the console's keys, until told to stop."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from config import load_keypad
from config.keypad import KeypadConfig
from config.keypad import Pad as Wanted
from controller.sdnotify import Loop
from display.command import config_option, loaded, run
from display.enrolment import Enrolment, TokenFile, http_api
from display.feed import Feed
from display.keypad.desk import Json, KeyDesk
from display.keypad.keys import NUMBER_PAD, SPOKEN, meanings
from display.keypad.pads import InputPad, LinePad, Pad
from display.wire import open_wire


@click.command("keypad")
@config_option("keypad.toml")
def command(directory: Path) -> None:
    """Have the key-pad of keypad.toml press the keys of its window.

    Prints the code that an administrator approves, and when the pad is gone.  Ends on SIGTERM or
    SIGINT with status 0; a configuration that does not hold ends it with status 2.
    """
    config = loaded(load_keypad, directory)
    run(lambda: Service(config), lambda said: click.echo(f"jiaohao keypad: {said}"))


class Service:
    """A key-pad with its enrolment and its feed."""

    def __init__(self, config: KeypadConfig) -> None:
        given, url = config.keypad, str(config.controller.url)
        ca = config.controller.ca
        room = f"window:{given.window}"
        self._path = f"/api/v1/windows/{given.window}/key"
        self.enrolment = Enrolment(
            http_api(url, ca),
            TokenFile(given.state_dir),
            f"{given.window} 号窗口按键盘",
            room=room,
            health=lambda: {"keypad": str(self._desk.word)},
            kind="keypad",
        )
        delivered = NUMBER_PAD if given.input else SPOKEN
        self._desk = KeyDesk(
            given.window,
            partial(open_pad, given),
            meanings(delivered, {str(deed): names for deed, names in given.keys.items()}),
            given.guard_ms / 1000,
            self._ask,
            lambda said: click.echo(f"jiaohao keypad: {said}", err=True),
        )
        self._feed = Feed(url, room, lambda: self.enrolment.token, self._desk, ca)

    def start(self) -> None:
        """Enrol, follow the window, hear the pad."""
        self.enrolment.start()
        self._desk.start()
        self._feed.start()

    def close(self) -> None:
        """Let go of all."""
        self._feed.stop()
        self._desk.close()
        self.enrolment.stop()

    def loops(self) -> list[Loop]:
        """What has to go round."""
        return [self.enrolment.turn.loop, self._feed.turn.loop, self._desk.turn.loop]

    def _ask(self, body: Json) -> tuple[int, Json] | None:
        return self.enrolment.ask("POST", self._path, body)


def open_pad(given: Wanted) -> Pad:
    """The configured pad. Raises `Gone`."""
    return InputPad(Path(given.input)) if given.input else LinePad(open_wire(given))
