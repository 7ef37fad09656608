"""Finds the ticket's font on this machine. Raises one typed error that names the package."""

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_KNOWN = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
)
_FAMILY = "Noto Sans CJK SC"
_PATTERN = f"{_FAMILY}:style=Bold"


class FontMissing(RuntimeError):
    """The ticket's font is not installed; the message names the Debian package."""

    def __init__(self) -> None:
        super().__init__(
            f"the font {_FAMILY} Bold was not found; install it: apt-get install fonts-noto-cjk"
        )


@lru_cache(maxsize=1)
def bold_font_path() -> Path:
    """The font file: a known Debian path, else what fontconfig says. Raises FontMissing."""
    for known in _KNOWN:
        if Path(known).is_file():
            return Path(known)
    found = _ask_fontconfig()
    if found is None:
        raise FontMissing
    return found


@lru_cache(maxsize=2)
def bold(size: float) -> ImageFont.FreeTypeFont:
    """The font at `size` dots per em. Raises FontMissing.

    Each open size maps the file anew and holds tables of its own, 2 to 5 MiB; to open one takes a
    millisecond or two, and painted glyphs are kept by who paints. So few are held open.
    """
    path, index = _face()
    return _opened(path, size, index)


@lru_cache(maxsize=1)
def _face() -> tuple[Path, int]:
    """The font file and which of the faces in it is ours. Raises FontMissing."""
    path = bold_font_path()
    for index in range(8):
        try:
            name, _ = _opened(path, 16, index).getname()
        except OSError:
            break
        if name == _FAMILY:
            return path, index
    raise FontMissing


def _opened(path: Path, size: float, index: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index=index, layout_engine=ImageFont.Layout.BASIC)


def _ask_fontconfig() -> Path | None:
    # fc-match always answers with some font; only one of the right family will do.
    tool = shutil.which("fc-match")
    if tool is None:
        return None
    answer = subprocess.run(
        [tool, "-f", "%{family}\n%{file}", _PATTERN],
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    ).stdout.splitlines()
    if len(answer) == 2 and _FAMILY in answer[0]:
        return Path(answer[1])
    return None
