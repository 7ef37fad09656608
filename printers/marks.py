"""The top of every paper: a mark that it is no fresh original, and the hall. Pure."""

from printers.flow import Flow, baseline_in
from printers.metrics import width


def mark(flow: Flow, word: str, note: str) -> None:
    """White on black, before all else: a marked slip must not be taken for a fresh one."""
    size, body = flow.style.unit, flow.style.body
    wide, high = width(word, size) + size * 0.7, size * 1.45
    start = flow.left + (flow.room - wide - 14 - width(note, body)) / 2
    flow.plate(word, size, start, flow.y, wide, high)
    flow.put(note, body, start + wide + 14, flow.y + high / 2 + 0.38 * body)
    flow.y += high + 16


def hall_name(flow: Flow, name: str) -> None:
    """One line if it fits, else smaller and wrapped."""
    style = flow.style
    full = width(name, style.hall, style.hall_tracking)
    if full > flow.room:
        flow.lines(name, style.hall - 6, 1.2, center=True)
        return
    x = flow.left + (flow.room - full) / 2
    baseline = baseline_in(flow.y, style.hall, 1.2)
    flow.put(name, style.hall, x, baseline, tracking=style.hall_tracking)
    flow.y += style.hall * 1.2
