"""Windows that call for the supervisor and to which nobody goes yet, as ALARM of
docs/protocol.md."""

from controller.catalogue import Catalogue
from controller.hall.model import Hall
from controller.views.wire import Json, ms


def helps_json(hall: Hall, catalogue: Catalogue) -> list[Json]:
    """The one that calls longest first."""
    calling = [
        (w.help.asked_at, w.no)
        for w in hall.windows.values()
        if w.help is not None and w.help.by is None
    ]
    return [_alarm(catalogue, at, no) for at, no in sorted(calling)]


def _alarm(catalogue: Catalogue, at: int, no: int) -> Json:
    words = catalogue.windows[no]
    return {
        "kind": "help",
        "skill": None,
        "name": words.name,
        "name_en": words.name_en,
        "level": "alarm",
        "waiting": 0,
        "oldest_at": ms(at),
        "windows": [no],
        "sentence": {
            "zh": f"{no} 号窗口呼叫值班长，还没有人应答。",
            "en": f"Window {no} calls for a supervisor, and nobody has answered.",
        },
    }
