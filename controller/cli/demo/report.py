"""What a running demo tells: its addresses and tokens, for scripts and for its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from controller.cli.demo.accounts import GUIDE, SUPERVISOR
from controller.cli.demo.cards import DOCUMENTS, RACK

if TYPE_CHECKING:
    from controller.cli.demo.hall import DemoHall

Json = dict[str, Any]


def ready_json(hall: DemoHall) -> Json:
    """The object that ``jiaohao demo --json`` prints once everything answers."""
    return {
        "urls": urls_of(hall),
        "ports": hall.ports,
        "tokens": {
            "operator": hall.operator,
            "kiosk": hall.kiosk,
            "screen": hall.memory.screen,
            "clerks": {
                staff_no: {
                    "token": hall.memory.sessions[staff_no],
                    "window": window,
                    "password": hall.memory.password,
                }
                for staff_no, window in list(hall.clerks.items())
                if staff_no in hall.memory.sessions
            },
        },
        "journal": str(hall.state.journal),
        "state": str(hall.state.root),
        "printer": {"host": hall.devices.printer.host, "port": hall.ports["printer"]},
        "reader": str(hall.state.reader),
        "scanner": str(hall.state.scanner),
        "pids": hall.pids,
        "busy": hall.busy.json() if hall.busy else None,
        "index_api": {
            "busy": f"{hall.index_url}busy",
            "lay": f"{hall.index_url}cards/{{id}}/lay",
            "lift": f"{hall.index_url}cards/lift",
            "paper": f"{hall.index_url}paper",
            "printer": f"{hall.index_url}printer",
            "scan": f"{hall.index_url}codes/{{kind}}/scan",
            "state": f"{hall.index_url}state",
            "weather": f"{hall.index_url}weather",
        },
    }


def hall_json(hall: DemoHall, admin: str) -> Json:
    """What the index page shows and does not change."""
    urls = urls_of(hall)
    return {
        "name": hall.config.hall.name,
        "name_en": hall.config.hall.name_en,
        "urls": urls,
        "password": hall.memory.password,
        "admin": admin,
        "supervisor": SUPERVISOR,
        "guide": GUIDE,
        "zones": [
            {
                "id": zone.id,
                "letter": zone.letter,
                "name": zone.name,
                "name_en": zone.name_en,
                "url": urls["zones"][zone.id],
            }
            for zone in hall.config.zones
        ],
        "windows": [
            {
                "no": window.no,
                "name": window.name,
                "name_en": window.name_en,
                "screen": urls["windows"][str(window.no)],
                "console": urls["consoles"][str(window.no)],
            }
            for window in hall.config.windows
        ],
    }


def rack_json(why_no_chips: str | None) -> Json:
    """The cards, those for the chip reader only where there is one."""
    shown = RACK if why_no_chips is None else DOCUMENTS
    cards = [
        {
            "id": card.id,
            "name": card.name,
            "note": card.note,
            "note_en": card.note_en,
            "chip": card.chip is not None,
        }
        for card in shown
    ]
    return {"cards": cards, "no_chips": why_no_chips}


def urls_of(hall: DemoHall) -> Json:
    """Every page by what it is; screens with their panel as configured and the token that opens
    them."""
    base = hall.controller_url
    token = f"#token={hall.memory.screen}"
    windows, own = [window.no for window in hall.config.windows], hall.memory.windows
    panels = {
        screen.zone or screen.kind: f"?panel={screen.panel_in:g}&distance={screen.distance_m:g}"
        for screen in hall.config.screens
        if screen.kind in ("hall", "zone")
    }
    return {
        "index": hall.index_url,
        "controller": base,
        "kiosk": hall.kiosk_url,
        "hall": f"{base}/screens/hall{panels.get('hall', '')}{token}",
        "zones": {
            zone.id: f"{base}/screens/zone/{quote(zone.id, safe='')}"
            f"{panels.get(zone.id, '')}{token}"
            for zone in hall.config.zones
        },
        "windows": {
            str(no): f"{base}/screens/window/{no}#token={own.get(str(no), hall.memory.screen)}"
            for no in windows
        },
        "consoles": {str(no): f"{base}/console" for no in windows},
        "admin": f"{base}/admin",
        "why": f"{base}/why",
        "desk": f"{base}/desk",
        "supervisor": f"{base}/supervisor",
    }
