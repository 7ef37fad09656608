"""A scanner without hardware, on a real pseudo-terminal; it ships with the product."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.readers.virtual_port import VirtualPort


@dataclass
class Misbehaviour:
    """Switches, all off."""

    ending: bytes = b"\r\n"
    """Sent behind every code; b"" is a scanner that was set up without one."""
    garbage: bytes = b""
    """Sent before every code."""
    repeats: int = 0
    """How often more a code is sent that is held before the scanner."""
    one_by_one: bool = False
    """Every byte by itself, as a slow line delivers them."""
    babble: bytes = b""
    """Sent instead of the code: what a wrong baud rate makes of it."""


class VirtualScanner:
    """A scanner at `.port`, a path that pyserial opens like any serial port.

    with VirtualScanner() as scanner:
        scanner.scan("7K3M2Q")
    """

    def __init__(self, link: str | None = None) -> None:
        self.bad = Misbehaviour()
        self._line = VirtualPort(lambda heard: None, link)
        self._line.plug()

    def __enter__(self) -> VirtualScanner:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def port(self) -> str:
        """What to give to pyserial."""
        return self._line.path

    def scan(self, text: str) -> None:
        """Hold a code before the scanner."""
        code = self.bad.babble or text.encode("utf-8")
        for _ in range(1 + self.bad.repeats):
            whole = self.bad.garbage + code + self.bad.ending
            for part in (
                [whole[i : i + 1] for i in range(len(whole))] if self.bad.one_by_one else [whole]
            ):
                self._line.send(part)

    def plug(self) -> None:
        """Appear as a serial port."""
        self._line.plug()

    def unplug(self) -> None:
        """Vanish: whoever has the port open gets an error."""
        self._line.unplug()

    def close(self) -> None:
        """Unplug for good."""
        self._line.close()
