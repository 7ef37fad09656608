"""What a scanner may say: where a code begins and ends, and which codes are ours.  PURE.

A scanner sends the text of a code and then CR, LF or both; one that was set up
without an ending is understood by the silence behind it.  A frame is thrown away
whole when it is too long or holds anything but printable ASCII: what belongs to
a code of ours never does, and what is in other people's codes is not our affair.

A code of ours, of a number or of an appointment, is 6 of the letters of a short code, as
on the paper (7K3M2Q or 7K3M-2Q), or as the last part of an address: https://…/7K3M2Q.
Which of the two it is, the controller knows.
"""

from __future__ import annotations

import re

from controller.hall.numbering import CODE_LENGTH, CODE_LETTERS
from kiosk.readers.base import CodeRefused, CodeScanned
from kiosk.readers.wipe import overwrite

SHORTEST, LONGEST = CODE_LENGTH, 128
SAME_S = 2.0
"""A scanner goes on reading the code that is held before it: for so long it is the same."""
QUIET_S = 0.1
"""So much silence ends a frame that has no ending."""

_CODE = re.compile(f"[{CODE_LETTERS}]{{{CODE_LENGTH}}}")
_ADDRESS = re.compile(r"https?://[^/?#\s]+/(?:[^?#\s]*/)?(?P<code>[^/?#\s]+)/?", re.IGNORECASE)
_PRINTABLE = range(0x21, 0x7F)
_ENDINGS = b"\r\n"


class Frames:
    """Cuts what a line delivers into codes.

    `take` gives the next whole frame, None when there is none, and b"" for one that
    was thrown away.  `rejected` counts those.
    """

    def __init__(self) -> None:
        self._frame = bytearray()
        self._spoilt = False
        self._ready: list[bytes] = []
        self.rejected = 0

    @property
    def open(self) -> bool:
        """Whether a frame has begun and not ended."""
        return bool(self._frame) or self._spoilt

    def feed(self, data: bytes | bytearray | memoryview) -> None:
        """Append what was received."""
        for byte in data:
            if byte in _ENDINGS:
                self.quiet()
            elif byte not in _PRINTABLE or len(self._frame) == LONGEST:
                self._spoilt = True
            else:
                self._frame.append(byte)

    def quiet(self) -> None:
        """Nothing comes any more: what has come is a frame."""
        if not self.open:
            return
        sound = not self._spoilt and len(self._frame) >= SHORTEST
        self.rejected += not sound
        self._ready.append(bytes(self._frame) if sound else b"")
        overwrite(self._frame)
        self._frame.clear()
        self._spoilt = False

    def take(self) -> bytes | None:
        """The next frame."""
        return self._ready.pop(0) if self._ready else None


class Scans:
    """Turns frames into events; the same code twice within `SAME_S` is one scan."""

    def __init__(self) -> None:
        self._last: tuple[CodeScanned | CodeRefused, float] | None = None

    def event(self, frame: bytes, now: float) -> CodeScanned | CodeRefused | None:
        """What a frame means at this moment; None for a repetition."""
        meant = meaning_of(frame)
        same = self._last is not None and self._last[0] == meant and now - self._last[1] < SAME_S
        self._last = (meant, now)
        return None if same else meant


def meaning_of(frame: bytes) -> CodeScanned | CodeRefused:
    """A code of ours in its one written form, or a refusal that says nothing of it."""
    text = frame.decode("ascii", "replace")
    if address := _ADDRESS.fullmatch(text):
        text = address["code"]
    code = text.upper().replace("-", "")
    return CodeScanned(code) if _CODE.fullmatch(code) else CodeRefused()
