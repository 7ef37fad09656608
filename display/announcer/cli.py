"""``jiaohao announcer``: speak the calls of a zone until told to stop."""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from pathlib import Path

import click

from config import ConfigError, load_announcer
from config.announcer import AnnouncerConfig, Speaker
from controller.sdnotify import Loop, Watchdog, notify
from display.announcer.announcer import Announcer, Habits
from display.announcer.claims import Claims
from display.announcer.hours import Loudness
from display.announcer.wishes import Wish
from display.enrolment import Enrolment, TokenFile, http_api
from display.feed import Feed
from display.voice.clips import Clips
from display.voice.phrases import Manner
from display.voice.player import Player
from display.voice.sink import AlsaSink, FileSink


@click.command("announcer")
@click.option(
    "--config",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    envvar="JIAOHAO_CONFIG",
    help="Directory with announcer.toml.",
)
@click.option(
    "--record",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Into a WAV file, written at the end, instead of a loudspeaker.",
)
def command(directory: Path, record: Path | None) -> None:
    """Speak the calls of the zones in announcer.toml.

    Prints a JSON line for everything it says, and how it ended (`at`: wall ms); on stderr the code
    that an administrator approves.  Ends on SIGTERM or SIGINT with status 0; a configuration that
    does not hold ends it with status 2.
    """
    try:
        config = load_announcer(directory)
    except ConfigError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    file = FileSink() if record else None
    service = Service(config, file)
    service.start()
    watchdog = Watchdog(service.loops)
    notify("READY=1")
    watchdog.start()
    service.enrolment.tell_code_until(
        stop, lambda said: click.echo(f"jiaohao announcer: {said}", err=True)
    )
    notify("STOPPING=1")
    watchdog.close()
    service.close()
    if file is not None and record is not None:
        file.write(record)


class Service:
    """An announcer with its enrolment and its feed."""

    def __init__(self, config: AnnouncerConfig, file: FileSink | None = None) -> None:
        given = config.announcer
        ca = Path(config.controller.ca) if config.controller.ca else None
        api = http_api(config.controller.url, ca)
        clips = Clips(given.clips)
        for complaint in clips.complaints:
            click.echo(f"jiaohao announcer: {complaint}", err=True)
        player = Player(clips, file or AlsaSink(given.device or ""))
        self.enrolment = Enrolment(
            api, TokenFile(given.state_dir), name_of(given), health=self._health
        )
        self._announcer = Announcer(
            Claims(api, self._token),
            player,
            habits_of(config),
            _note,
            whole=not clips.complaints,
        )
        room = "hall" if len(given.zones) > 1 else f"zone:{given.zones[0]}"
        self._feed = Feed(config.controller.url, room, self._token, self._announcer, ca)

    def start(self) -> None:
        """Enrol, follow the feed, speak."""
        self._announcer.start()
        self.enrolment.start()
        self._feed.start()

    def close(self) -> None:
        """Be silent and end."""
        self._announcer.close()
        self._feed.stop()
        self.enrolment.stop()

    def loops(self) -> list[Loop]:
        """What has to go round."""
        return [self.enrolment.turn.loop, self._feed.turn.loop, self._announcer.turn.loop]

    def _token(self) -> str | None:
        identity = self.enrolment.identity
        return identity.secret if identity is not None and identity.approved else None

    def _health(self) -> dict[str, str]:
        return {"voice": self._announcer.word}


def name_of(given: Speaker) -> str:
    """What an administrator sees it as."""
    return f"{'、'.join(given.zones)} 区语音"[:40]


def habits_of(config: AnnouncerConfig) -> Habits:
    """How it speaks, as configured."""
    given = config.announcer
    levels = tuple((level.hours, level.volume) for level in config.levels)
    return Habits(
        zones=frozenset(given.zones),
        manner=Manner(given.one, given.english, floors=bool(given.floors)),
        times=given.times,
        once_from=given.once_from,
        wanted_s=given.wanted_s,
        loudness=Loudness(given.volume, levels, given.silent or ()),
        floors=dict(given.floors),
    )


def _note(what: str, wish: Wish) -> None:
    told = {
        "what": what,
        "number": wish.number,
        "window": wish.window,
        "times": wish.times,
        "zones": wish.zones,
        "at": round(time.time() * 1000),
    }
    click.echo(json.dumps(told, ensure_ascii=False))
