"""``jiaohao voice``: make the clips, check them, listen to one call."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from display.voice.build import CannotSpeak, build
from display.voice.catalogue import wanted
from display.voice.clips import ClipMissing, Clips
from display.voice.phrases import Called, Manner, call_phrase
from display.voice.player import Player
from display.voice.sink import AlsaSink, Ended, FileSink, Sink

FOLDER = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))


@click.group("voice")
def command() -> None:
    """The clips that the hall is spoken with: a folder of WAV files, one for each word."""


@command.command("build")
@FOLDER
def build_clips(folder: Path) -> None:
    """Make a placeholder for every clip that the hall has not recorded itself.

    Run it again after an update: recordings are left alone, clips that we made are made anew.
    """
    try:
        built = build(folder)
    except CannotSpeak as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror}") from error
    click.echo(f"{len(built.made)} clips made, {len(built.kept)} recordings left alone")


@command.command("check")
@FOLDER
def check_clips(folder: Path) -> None:
    """Name every clip that is missing or cannot be played; status 1 if there is one."""
    found = Clips(folder).complaints
    for complaint in found:
        click.echo(str(complaint), err=True)
    click.echo(f"{len(wanted()) - len(found)} of {len(wanted())} clips are in order")
    sys.exit(1 if found else 0)


@command.command("list")
def list_clips() -> None:
    """What to record: the file's name and what is said."""
    for one in wanted():
        click.echo(f"{one.id}.wav\t{one.text or '(two notes)'}")


@command.command("say")
@FOLDER
@click.argument("number")
@click.argument("window", type=click.IntRange(1, 999))
@click.option("--device", default="", help="As `aplay -L` names it; the system's own if not given.")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="Into a WAV file.")
@click.option("--english", is_flag=True, help="With the English line.")
@click.option("--yi", is_flag=True, help="Say 1 as yī instead of yāo.")
def say_call(
    folder: Path, number: str, window: int, device: str, to: Path | None, english: bool, yi: bool
) -> None:
    """Say the call of a NUMBER to a WINDOW, as the hall would hear it."""
    file = FileSink(pace=0.0) if to else None
    sink: Sink = file or AlsaSink(device)
    try:
        phrase = call_phrase(Called(number.upper(), window), Manner("yi" if yi else "yao", english))
        ended = Player(Clips(folder), sink).say(phrase, times=2, chime=True)
    except ClipMissing as error:
        raise click.ClickException(
            f"{error}.wav is missing: run `jiaohao voice build {folder}`"
        ) from None
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if ended is Ended.NO_SOUND:
        raise click.ClickException(sink.trouble)
    if to is not None and file is not None:
        file.write(to)
