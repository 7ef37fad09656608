"""``display.toml``: the agent beside one call screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from config.fields import Directory, Identifier, LoopbackHost, Port, Section, Url
from config.problems import Fault


class Controller(Section):
    """``[controller]``: where it listens, and whose certificates are believed."""

    url: Url
    ca: Directory | None = None


class Page(Section):
    """``[page]``: the screen's page, for this machine's own browser."""

    host: LoopbackHost = "127.0.0.1"
    port: Port = 8090


class Screen(Section):
    """``[screen]``: what it shows; ``zone`` and ``window`` as in ``hall.toml``."""

    kind: Literal["hall", "zone", "window"]
    zone: Identifier | None = None
    window: Annotated[int, Field(ge=1, le=999)] | None = None

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """A zone screen names its zone, a window screen its window, and nothing else."""
        kind = data.get("kind")
        for key in ("zone", "window"):
            if kind == key and data.get(key) is None:
                yield Fault(
                    ("kind",), f'is "{key}" but no {key} is named', f"Add {key} = ... below it."
                )
            if kind in ("hall", "zone", "window") and kind != key and data.get(key) is not None:
                yield Fault(
                    (key,),
                    f'is set on a screen of kind "{kind}"',
                    f'Remove it, or write kind = "{key}".',
                )


class Agent(Section):
    """``[display]``: the agent itself."""

    state_dir: Directory = Path("/var/lib/jiaohao-display")


class DisplayConfig(Section):
    """The whole of ``display.toml``."""

    controller: Controller
    screen: Screen
    page: Page = Page()
    display: Agent = Agent()
