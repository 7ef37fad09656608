"""What the kiosk that runs on this machine says of its devices."""

from __future__ import annotations

from collections.abc import Mapping

import requests

from config.kiosk import KioskConfig

ASK_S = 3.0

Health = Mapping[str, str]


def health_of_the_running(config: KioskConfig) -> Health | None:
    """The words of its devices, None if this kiosk does not run.

    A running kiosk holds its devices for itself, so it is asked instead of them.
    """
    session = requests.Session()
    session.trust_env = False
    try:
        with session:
            answer = session.get(
                f"http://{config.page.host}:{config.page.port}/health", timeout=ASK_S
            ).json()
        if answer["kiosk"] != config.kiosk.no:
            return None
        return {str(part): str(word) for part, word in answer["health"].items()}
    except (requests.RequestException, OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
