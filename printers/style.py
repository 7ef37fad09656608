"""Sizes of the ticket in dots, one set per paper width. One design: only the figures differ."""

from dataclasses import dataclass

from printers.paper import Paper

CAP = 0.733  # height of a digit or capital, in em


@dataclass(frozen=True, slots=True)
class Style:
    """Text sizes in dots per em, gaps in dots. `digit` is the height of the number's digits."""

    margin: int
    top: int
    bottom: int
    body: int
    hall: int
    hall_tracking: float
    digit: int
    number_tracking: float
    number_above: int
    number_below: int
    number_margin: int
    what: int
    to: int
    to_gap: int
    rule_gap: int
    label: int
    unit: int
    figure: int
    sums_left: int
    sums_right: int
    late: int
    late_title: int
    scan_gap: int
    scan_title: int
    code: int
    qr_module: int
    qr_side: int
    law: int
    long_date: bool


_STYLES = {
    Paper.MM80: Style(
        margin=16, top=24, bottom=32, body=26, hall=38, hall_tracking=0.04,
        digit=152, number_tracking=0.0, number_above=30, number_below=28, number_margin=16,
        what=40, to=42, to_gap=16, rule_gap=22,
        label=26, unit=30, figure=56, sums_left=40, sums_right=24,
        late=27, late_title=30, scan_gap=24, scan_title=32, code=34, qr_module=6, qr_side=222,
        law=24, long_date=True,
    ),
    Paper.MM58: Style(
        margin=8, top=20, bottom=28, body=24, hall=32, hall_tracking=0.02,
        digit=121, number_tracking=-0.045, number_above=26, number_below=24, number_margin=0,
        what=34, to=32, to_gap=12, rule_gap=18,
        label=24, unit=26, figure=46, sums_left=18, sums_right=16,
        late=24, late_title=27, scan_gap=16, scan_title=26, code=26, qr_module=5, qr_side=185,
        law=22, long_date=False,
    ),
}  # fmt: skip


def style_for(paper: Paper) -> Style:
    """The sizes for this paper."""
    return _STYLES[paper]
