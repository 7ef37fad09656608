"""The day's forecast work, split over the windows that can do it so that none has far the most.

The split minimises the sum of squared loads, which evens loads as far as skills allow and gives
work to fast hands first. Each service in turn takes its share back and pours it again over its
windows like water (the exact minimum for one service); a few rounds come close to the optimum.
"""

from collections.abc import Mapping, Sequence

ROUNDS = 12

Shares = dict[str, dict[int, float]]


def split(
    demand: Mapping[str, float], minutes: Mapping[str, Mapping[int, float]], rounds: int = ROUNDS
) -> Shares:
    """Shares of each service by window, summing to 1.

    `demand`: items of each service. `minutes`: by service, the time of one item at each capable
    window. A service without demand still gets a split, as if it had a little.
    """
    load: dict[int, float] = {}
    shares: Shares = {}
    scarce_first = sorted((s for s in demand if minutes.get(s)), key=lambda s: (len(minutes[s]), s))
    for _ in range(rounds):
        for service in scarce_first:
            items, times = max(demand[service], 1e-3), minutes[service]
            for w, share in shares.get(service, {}).items():
                load[w] -= share * items * times[w]
            new = _pour(items, times, load)
            for w, share in new.items():
                load[w] = load.get(w, 0.0) + share * items * times[w]
            shares[service] = new
    return shares


def _pour(items: float, times: Mapping[int, float], load: Mapping[int, float]) -> dict[int, float]:
    """Minimise the sum of (load + time × x)² over x ≥ 0 with sum `items`; x / items by window."""
    if len(times) == 1:
        return dict.fromkeys(times, 1.0)
    # x_w = (level / t² - load / t) where level > load × t; raise the level until it holds `items`.
    by_start = sorted(times, key=lambda w: (load.get(w, 0.0) * times[w], w))
    level = _level(items, by_start, times, load)
    poured = {}
    for w in by_start:
        x = level / times[w] ** 2 - load.get(w, 0.0) / times[w]
        if x > 1e-9 * items:
            poured[w] = x / items
    total = sum(poured.values())
    return {w: x / total for w, x in poured.items()}


def _level(
    items: float,
    by_start: Sequence[int],
    times: Mapping[int, float],
    load: Mapping[int, float],
) -> float:
    width = base = level = 0.0
    for n, w in enumerate(by_start):
        width += 1 / times[w] ** 2
        base += load.get(w, 0.0) / times[w]
        level = (items + base) / width
        if n + 1 == len(by_start):
            break
        following = by_start[n + 1]
        if level <= load.get(following, 0.0) * times[following]:
            break
    return level
