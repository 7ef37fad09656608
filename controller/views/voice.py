"""Calls that nobody may have heard, as alarms for staff (law 6)."""

from collections.abc import Iterable, Iterator

from controller.announcements import Announcements
from controller.catalogue import Catalogue
from controller.hall.instants import Instant
from controller.views.board import Board, Call
from controller.views.wire import Json, ms


def voice_alarms_json(
    board: Board, catalogue: Catalogue, said: Announcements, now: Instant
) -> Iterator[Json]:
    """ALARM of docs/protocol.md: one for each call that is in doubt."""
    for call, zones in said.doubtful(board.calls.values(), now):
        yield _alarm(board, catalogue, call, zones)


def _alarm(board: Board, catalogue: Catalogue, call: Call, zones: Iterable[str]) -> Json:
    ticket = board.tickets[call.ticket]
    skill = ticket.items[(ticket.planned or (0,))[0]].skill
    places = [catalogue.zones_json[zone] for zone in zones]
    zh = "、".join(str(place["name"]) for place in places)
    en = ", ".join(str(place["name_en"]) for place in places)
    return {
        "kind": "voice",
        "skill": skill,
        "name": catalogue.skills[skill].name,
        "name_en": catalogue.skills[skill].name_en,
        "level": "alarm",
        "waiting": board.lines.count(skill),
        "oldest_at": ms(call.last_called_at),
        "windows": [call.window],
        "ticket": call.ticket,
        "sentence": {
            "zh": f"{call.number} 到 {call.window} 号窗口：{zh}可能没有听到语音，请重呼。",
            "en": f"{call.number} to window {call.window} may not have been heard in {en}: "
            "call it again.",
        },
    }
