"""Independent eyes: reads text with tesseract (Debian packages tesseract-ocr, -chi-sim)."""

import os
import subprocess
from pathlib import Path

from PIL import Image

_BORDER = 20
# The height of a line at which tesseract was trained to read.
_LINE = 40


# The characters of a ticket's number: a hall gives no series the letters that look like digits.
NUMBERS = "ABCDEFGHJKLMNPRTUVWXY0123456789"


def read_line(picture: Image.Image, folder: Path, only: str = "") -> str:
    """The one line of text on the picture, without blanks, dashes of all kinds as "-".

    `only`: the characters that may occur.
    """
    line = picture.convert("L")
    scale = _LINE / line.height
    small = line.resize((round(line.width * scale), _LINE), Image.Resampling.LANCZOS)
    sheet = Image.new("L", (small.width + 2 * _BORDER, _LINE + 2 * _BORDER), 255)
    sheet.paste(small, (_BORDER, _BORDER))
    file = folder / "line.png"
    sheet.save(file)
    among = ("-c", f"tessedit_char_whitelist={only}") if only else ()
    answer = subprocess.run(
        ["tesseract", str(file), "-", "-l", "chi_sim", "--psm", "7", "--dpi", "150", *among],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )
    return "".join(answer.stdout.split()).replace("–", "-").replace("—", "-")
