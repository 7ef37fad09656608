"""Why decisions fell, on the wire: the last calls with their reasons, what keeps a ticket waiting,
and the skills that lack windows. No persons."""

from controller.catalogue import Catalogue
from controller.dispatch.because import at_window, details, headline
from controller.dispatch.reason import sentence
from controller.dispatch.why import AtWindow, Rival, Why
from controller.hall.instants import SECOND
from controller.hall.model import WindowState
from controller.views.board import Decision
from controller.views.wire import Json, ms


def decision_json(catalogue: Catalogue, d: Decision) -> Json:
    """DECISION of docs/protocol.md."""
    return {
        "seq": d.seq,
        "at": ms(d.at),
        "ticket": d.ticket,
        "number": d.number,
        "window": d.window,
        "class": d.cls,
        "waited_s": d.waited // SECOND,
        "items": [
            {"code": s, "name": catalogue.items[s].name, "name_en": catalogue.items[s].name_en}
            for s in d.services
        ],
        "reason": sentence(d.reason),
    }


def why_json(catalogue: Catalogue, why: Why) -> Json:
    """WHY of docs/protocol.md."""
    t = why.ticket

    def named(skill: str) -> tuple[str, str]:
        words = catalogue.skills[skill]
        return words.name, words.name_en

    return {
        "ticket": t.id,
        "number": t.number,
        "state": t.state,
        "class": t.cls,
        "waited_s": why.waited // SECOND,
        "early_s": -(-why.early // SECOND),
        "same_before": why.same_before,
        "answer": why.answer,
        "sentence": headline(why, named),
        "details": details(why, named),
        "missing": [{"id": s, "name": named(s)[0], "name_en": named(s)[1]} for s in why.missing],
        "windows": [_window(w) for w in why.windows],
    }


def _window(w: AtWindow) -> Json:
    state = str(w.state) if w.state is not WindowState.OPEN else ("busy" if w.in_hand else "free")
    return {
        "no": w.no,
        "state": state,
        "until": ms(w.until),
        "number": w.in_hand,
        "since": ms(w.since),
        "called_before": _rival(w.before),
        "next": _rival(w.next),
        "mine": w.state is WindowState.OPEN and w.next is None,
        "sentence": at_window(w),
    }


def _rival(rival: Rival | None) -> Json | None:
    if rival is None:
        return None
    return {"ticket": rival.ticket, "number": rival.number, "causes": list(rival.causes)}
