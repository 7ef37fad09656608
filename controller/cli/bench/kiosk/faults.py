"""Random printer faults, each number of which must have an end."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.trial import random_faults

KIOSKS = 4
"""So many at once: they wait for printers most of the time."""


def faults(runs: int, seed: int) -> dict[str, int]:
    """Print `runs` numbers with a fault each: "runs", "printed", "shown", "void", "unaccounted"."""
    shares = [len(range(n, runs, KIOSKS)) for n in range(KIOSKS)]
    found: Counter[str] = Counter()
    with TemporaryDirectory(prefix="jiaohao-") as directory:

        def one(n: int) -> dict[str, int]:
            return random_faults(Path(directory) / str(n), shares[n], seed + n)

        with ThreadPoolExecutor(KIOSKS) as pool:
            for result in pool.map(one, [n for n in range(KIOSKS) if shares[n]]):
                found.update(result)
    keys = ("runs", "printed", "shown", "void", "unaccounted")
    return {key: found[key] for key in keys}
