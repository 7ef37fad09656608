"""Announcers over a real feed, with the controller's own rule of claims and a loudspeaker that is
kept in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

import requests

from controller.announcements import Announcements, Sounding
from controller.cli.demo.cable import Cable
from controller.views.board import Call
from display.announcer.announcer import Announcer, Habits
from display.announcer.claims import CLAIM, Claims
from display.announcer.wishes import Wish
from display.feed import Feed
from display.voice.clips import Clips
from display.voice.player import Player
from display.voice.sink import FileSink, Sink
from tests.browser.fake_controller import TOKEN, FakeController
from tests.browser.screens import wait

PACE = 0.01
"""A hundred times as fast as in a hall."""
Json = dict[str, Any]


class Desk:
    """The controller's claims: the real rule over the fake controller's calls."""

    def __init__(self, controller: FakeController) -> None:
        self.said = Announcements()
        self._controller, self._lock = controller, threading.Lock()
        self._answers: dict[str, Json] = {}
        self.away = False
        self.lose_answers = 0

    def api(self, device: str) -> Callable[..., tuple[int, Json]]:
        def call(method: str, path: str, token: str | None, body: Json | None) -> tuple[int, Json]:
            assert body is not None
            with self._lock:
                if self.away:
                    raise requests.ConnectionError
                status, answer = self._do(device, path, body)
                if self.lose_answers:
                    self.lose_answers -= 1
                    raise requests.ConnectionError
                return status, answer

        return call

    def _do(self, device: str, path: str, body: Json) -> tuple[int, Json]:
        given = self._answers.get(body["request_id"])
        if given is not None:
            return 200, given
        wanted = Sounding(body["call"], body["times"], body["zone"])
        if path != CLAIM:
            row = self.said.confirm(wanted, device, body["outcome"])
            if row is None:
                return 404, {}
            self.said.apply(row)
            return 200, {"outcome": row.outcome}
        calls = [_call(c) for c in self._controller.board.calls.values()]
        found = self.said.claim(calls, wanted, device, "2026-11-23", 0)
        if found.row is not None:
            self.said.apply(found.row)
        before = found.before
        answer = {
            "granted": found.row is not None,
            "why": found.why,
            "mine": before is not None and before.device == device,
            "outcome": (before.outcome or None) if before else None,
        }
        self._answers[body["request_id"]] = answer
        return 200, answer

    def outcomes(self) -> dict[str, str]:
        return {key: row.outcome for key, row in self.said.rows.items()}


def _call(call: Json) -> Call:
    return Call(**{f.name: call[f.name] for f in fields(Call)})


@dataclass
class Speaker:
    """One announcer and what it told."""

    announcer: Announcer
    feed: Feed
    sink: Sink
    notes: list[tuple[str, str]] = field(default_factory=list)

    def said(self) -> list[str]:
        return [number for what, number in self.notes if what == "said"]

    def began(self) -> list[str]:
        return [number for what, number in self.notes if what == "say"]

    def close(self) -> None:
        self.announcer.close()
        self.feed.stop()


class Booth:
    """A hall's feed behind a cable, and the announcers that hear it."""

    def __init__(self, controller: FakeController, cable: Cable, clips: Clips) -> None:
        self.controller, self.cable, self.clips = controller, cable, clips
        self.desk = Desk(controller)
        self.speakers: list[Speaker] = []

    def speaker(
        self,
        device: str = "s-1",
        zone: str = "B",
        sink: Sink | None = None,
        habits: Habits | None = None,
    ) -> Speaker:
        """A running announcer that has joined its zone."""
        loud = sink or FileSink(pace=PACE)
        notes: list[tuple[str, str]] = []

        def note(what: str, wish: Wish) -> None:
            notes.append((what, f"{wish.number}×{wish.times}" if wish.times > 1 else wish.number))

        announcer = Announcer(
            Claims(self.desk.api(device), lambda: TOKEN),
            Player(self.clips, loud),
            habits or Habits(frozenset({zone})),
            note,
            whole=not self.clips.complaints,
        )
        feed = Feed(self.cable.url, f"zone:{zone}", lambda: TOKEN, announcer)
        made = Speaker(announcer, feed, loud, notes)
        self.speakers.append(made)
        announcer.start()
        feed.start()
        wait(lambda: feed.live, "the zone")
        return made

    def close(self) -> None:
        for speaker in self.speakers:
            speaker.close()
