"""An independent eye: reads codes with zbarimg (Debian package zbar-tools)."""

import subprocess
from pathlib import Path

from PIL import Image


def read_codes(picture: Image.Image, folder: Path) -> list[str]:
    """What zbarimg finds on the picture, laid on white paper as a camera would see it."""
    sheet = Image.new("L", (picture.width + 64, picture.height + 64), 255)
    sheet.paste(picture.convert("L"), (32, 32))
    file = folder / "ticket.png"
    sheet.save(file)
    answer = subprocess.run(
        ["zbarimg", "--quiet", "--raw", str(file)], capture_output=True, text=True, timeout=30
    )
    return answer.stdout.split()
