"""The command set of the virtual printer: bytes in, paper and answers out.

Strict on purpose: an unknown command or an undecodable character raises CommandError instead
of printing rubbish, so that a test notices what a real printer would put on paper.
Chinese mode is on at power-up; text is GB18030, of which ordinary firmware prints one and
two byte forms only. Commands: Epson ESC/POS reference; FS & . C ! - W S for Chinese.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

from printers.virtual_paper import LINE, PaperError, Roll

_DLE, _ESC, _FS, _GS = 0x10, 0x1B, 0x1C, 0x1D
_LEVELS = {48: ERROR_CORRECT_L, 49: ERROR_CORRECT_M, 50: ERROR_CORRECT_Q, 51: ERROR_CORRECT_H}
_REALTIME = (b"\x10\x04", b"\x10\x05", b"\x10\x14")
# Parameters after the two command bytes; those with a length of their own are not here.
_FIXED = {
    _ESC: {b"@": 0, b"a": 1, b"!": 1, b"E": 1, b"G": 1, b"t": 1, b"M": 1, b"-": 1,
           b"2": 0, b"3": 1, b"d": 1, b"J": 1, b"p": 3},
    _FS: {b"&": 0, b".": 0, b"C": 1, b"!": 1, b"-": 1, b"W": 1, b"S": 2},
    _GS: {b"!": 1, b"B": 1, b"H": 1, b"h": 1, b"w": 1, b"f": 1, b"L": 2, b"W": 2, b"a": 1,
          b"r": 1},
}  # fmt: skip


class CommandError(Exception):
    """The stream holds something that this printer does not know."""


class _More(Exception):
    """The command is not complete yet."""


@dataclass(slots=True)
class Interpreter:
    """Reads a stream piece by piece.

    `answer(kind, n)` is called for DLE EOT n ("eot"), GS r n ("queued") and GS a n ("watch");
    `cut` gets the finished picture. `paused`, asked before each command, makes it stop there;
    the next `feed` goes on.
    """

    roll: Roll
    answer: Callable[[str, int], None]
    cut: Callable[[Image.Image], None]
    paused: Callable[[], bool] = lambda: False
    barcodes: list[bytes] = field(default_factory=list)
    _bytes: bytes = b""
    _at: int = 0
    _chinese: bool = True
    _qr_data: str = ""
    _qr_module: int = 3
    _qr_level: int = ERROR_CORRECT_L

    def feed(self, data: bytes) -> None:
        """Interpret as far as commands are complete. Raises CommandError, PaperError."""
        self._bytes += data
        while self._bytes and not self.paused():
            self._at = 0
            try:
                self._step()
            except _More:
                return
            self._bytes = self._bytes[self._at :]

    def forget(self) -> None:
        """Drop what was not interpreted."""
        self._bytes = b""

    def _take(self, count: int) -> bytes:
        end = self._at + count
        if end > len(self._bytes):
            raise _More
        taken = self._bytes[self._at : end]
        self._at = end
        return taken

    def _byte(self) -> int:
        return self._take(1)[0]

    def _word(self) -> int:
        return int.from_bytes(self._take(2), "little")

    def _step(self) -> None:
        first = self._byte()
        if first in (_ESC, _FS, _GS):
            self._command(first)
        elif first == _DLE:
            self._realtime()
        elif first == 0x0A:
            self.roll.line_feed()
        elif first == 0x09:
            self.roll.tab()
        elif first >= 0x20:
            self._character(first)
        elif first not in (0x00, 0x0D):
            raise CommandError(f"unknown control byte {first:02x}")

    def _realtime(self) -> None:
        kind = self._byte()
        if kind == 0x04:
            what = self._byte()
            if what > 4:
                raise CommandError(f"DLE EOT {what} is not a status query")
            if what:
                self.answer("eot", what)
        elif kind == 0x05:
            self._byte()
        elif kind == 0x14:
            self._take(3)
        elif kind == _DLE:
            self._at -= 1  # the one before was torn
        elif kind:  # zeros end a torn command
            raise CommandError(f"unknown real-time command 10 {kind:02x}")

    def _character(self, first: int) -> None:
        if first < 0x80:
            self.roll.character(chr(first))
            return
        if not self._chinese:
            raise CommandError(f"byte {first:02x} outside Chinese mode")
        second = self._byte()
        if 0x30 <= second <= 0x39:
            raise CommandError("a four-byte GB18030 character; the firmware has no glyph for it")
        try:
            self.roll.character(bytes((first, second)).decode("gb18030"))
        except UnicodeDecodeError as error:
            raise CommandError(f"{first:02x} {second:02x} is not GB18030") from error

    def _command(self, family: int) -> None:
        name = self._take(1)
        if name == b"\0":
            return  # ignored: zeros end a torn command
        if name in _FIXED[family]:
            values = self._take(_FIXED[family][name])
            self._fixed(family, name, values)
        elif (family, name) == (_GS, b"V"):
            self._cut()
        elif (family, name) == (_GS, b"v"):
            self._raster()
        elif (family, name) == (_GS, b"k"):
            self._barcode()
        elif (family, name) == (_GS, b"("):
            self._function()
        else:
            raise CommandError(f"unknown command {family:02x} {name.hex()}")

    def _fixed(self, family: int, name: bytes, values: bytes) -> None:
        roll, first = self.roll, values[0] if values else 0
        match (family, name):
            case (0x1B, b"@"):
                roll.reset()
                self._chinese = True
            case (0x1B, b"a"):
                roll.restyle(align=first % 48)
            case (0x1B, b"!"):
                roll.restyle(wide=1 + (first >> 5 & 1), high=1 + (first >> 4 & 1))
            case (0x1B, b"-") | (0x1C, b"-"):
                roll.restyle(underline=bool(first % 48))
            case (0x1B, b"2"):
                roll.spacing = LINE
            case (0x1B, b"3"):
                roll.spacing = first
            case (0x1B, b"d"):
                roll.feed(first * roll.spacing)
            case (0x1B, b"J"):
                roll.feed(first)
            case (0x1C, b"&"):
                self._chinese = True
            case (0x1C, b"."):
                self._chinese = False
            case (0x1C, b"!"):
                roll.restyle(wide=1 + (first >> 2 & 1), high=1 + (first >> 3 & 1))
            case (0x1C, b"W"):
                roll.restyle(wide=1 + first % 48, high=1 + first % 48)
            case (0x1D, b"!"):
                roll.restyle(wide=1 + (first >> 4), high=1 + (first & 7))
            case (0x1D, b"B"):
                roll.restyle(white_on_black=bool(first & 1))
            case (0x1D, b"r"):
                self.answer("queued", first)
            case (0x1D, b"a"):
                self.answer("watch", first)
            case _:
                pass  # changes nothing that this paper shows

    def _cut(self) -> None:
        mode = self._byte()
        if mode in (65, 66):
            self.roll.feed(self._byte())
        elif mode not in (0, 1, 48, 49):
            raise CommandError(f"GS V {mode} is not a cut")
        self.cut(self.roll.cut())

    def _raster(self) -> None:
        if self._take(1) != b"0":
            raise CommandError("GS v must be GS v 0")
        mode, width_bytes, rows = self._byte(), self._word(), self._word()
        data = self._take(width_bytes * rows)
        if any(pair in data for pair in _REALTIME):
            raise CommandError("the picture holds a real-time command, which a printer obeys")
        try:
            self.roll.raster(width_bytes, rows, data, 1 + (mode & 1), 1 + (mode >> 1 & 1))
        except PaperError as error:
            raise CommandError(str(error)) from error

    def _barcode(self) -> None:
        kind = self._byte()
        if kind >= 65:
            self.barcodes.append(self._take(self._byte()))
            return
        data = b""
        while (char := self._take(1)) != b"\0":
            data += char
        self.barcodes.append(data)

    def _function(self) -> None:
        family = self._take(1)
        values = self._take(self._word())
        if family == b"k" and values[:1] == b"1":
            self._qr(values[1], values[2:])
        elif family != b"L":
            raise CommandError(f"unknown function GS ( {family!r}")
        else:
            raise CommandError("GS ( L pictures are not painted; send GS v 0")

    def _qr(self, function: int, values: bytes) -> None:
        match function:
            case 65:
                pass  # model
            case 67:
                self._qr_module = values[0]
            case 69:
                self._qr_level = _LEVELS[values[0]]
            case 80:
                self._qr_data = values[1:].decode("utf-8")
            case 81:
                self.roll.code(self._qr_data, self._qr_module, self._qr_level)
            case _:
                raise CommandError(f"unknown QR function {function}")
