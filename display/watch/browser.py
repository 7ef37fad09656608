"""Who shows the page and how it is begun anew: a unit of systemd, or the agent's own program."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Sequence
from typing import Protocol

from config import DisplayConfig

COMMAND_S = 20.0
END_S = 5.0


class Browser(Protocol):
    """What shows the page."""

    def start(self) -> None:
        """Show it, if that is the agent's to do."""

    def ended(self) -> bool:
        """Whether it is known to show nothing any more."""

    def restart(self) -> str | None:
        """Begin anew. Returns in a bounded time; what went wrong, None if nothing did."""

    def stop(self) -> None:
        """The agent ends; with it what it started."""


class UnitBrowser:
    """A browser that a service manager runs, begun anew by a command."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)

    def start(self) -> None:
        return

    def ended(self) -> bool:
        return False

    def restart(self) -> str | None:
        try:
            done = subprocess.run(
                self._command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=COMMAND_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"{self._command[0]}: {error}"
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip()
            return f"{self._command[0]} ended with status {done.returncode}: {said}"
        return None

    def stop(self) -> None:
        return


class OwnBrowser:
    """A program that the agent starts in a session of its own, and ends by its own number."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The number of the program that runs, None without one."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        with contextlib.suppress(OSError):  # told when it is found ended, and tried again
            self._begin()

    def ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def restart(self) -> str | None:
        self.stop()
        try:
            self._begin()
        except OSError as error:
            return f"{self._command[0]}: {error.strerror}"
        return None

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        # A browser is many processes. The session is ours, so the group has its leader's number.
        _tell(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(END_S)
        _tell(process.pid, signal.SIGKILL)
        process.wait(END_S)

    def _begin(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def _tell(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)


def browser_of(config: DisplayConfig) -> Browser | None:
    """As ``[browser]`` says; None where somebody else looks after it."""
    given = config.browser
    if given is None:
        return None
    return OwnBrowser(given.start) if given.start else UnitBrowser(given.restart)
