"""A short run of the bench's offline part, with real processes, card, paper and cable."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.controller.web.process import REPOSITORY

SCRIPT = """
import dataclasses, json
from controller.cli.bench.kiosk.offline import run
print(json.dumps(dataclasses.asdict(run(seconds=6, tickets=6))))
"""


@pytest.mark.long
def test_fr_23_numbers_given_while_cut_off_are_neither_lost_nor_doubled_nor_overtaken() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=REPOSITORY, capture_output=True, text=True, timeout=110
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures == {"tickets": 6, "lost": 0, "doubled": 0, "out_of_order": 0}
