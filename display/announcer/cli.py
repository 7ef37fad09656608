"""``jiaohao announcer``: speak the calls of a zone until told to stop."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from config import load_announcer
from config.announcer import AnnouncerConfig, Speaker
from controller.sdnotify import Loop
from display.announcer.announcer import Announcer, Habits
from display.announcer.claims import Claims
from display.announcer.hours import Loudness
from display.announcer.wishes import Wish
from display.command import config_option, loaded, run
from display.enrolment import Enrolment, TokenFile, http_api
from display.feed import Feed
from display.voice.clips import Clips
from display.voice.phrases import Manner
from display.voice.player import Player
from display.voice.sink import AlsaSink, FileSink


@click.command("announcer")
@config_option("announcer.toml")
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
    config = loaded(load_announcer, directory)
    file = FileSink() if record else None
    run(
        lambda: Service(config, file),
        lambda said: click.echo(f"jiaohao announcer: {said}", err=True),
    )
    if file is not None and record is not None:
        file.write(record)


class Service:
    """An announcer with its enrolment and its feed."""

    def __init__(self, config: AnnouncerConfig, file: FileSink | None = None) -> None:
        given = config.announcer
        ca = config.controller.ca
        api = http_api(config.controller.url, ca)
        clips = Clips(given.clips)
        for complaint in clips.complaints:
            click.echo(f"jiaohao announcer: {complaint}", err=True)
        player = Player(clips, file or AlsaSink(given.device or ""))
        self.enrolment = Enrolment(
            api, TokenFile(given.state_dir), name_of(given), health=self._health
        )
        self._announcer = Announcer(
            Claims(api, lambda: self.enrolment.token),
            player,
            habits_of(config),
            _note,
            whole=not clips.complaints,
        )
        room = "hall" if len(given.zones) > 1 else f"zone:{given.zones[0]}"
        self._feed = Feed(
            config.controller.url, room, lambda: self.enrolment.token, self._announcer, ca
        )

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
