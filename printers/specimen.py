"""A page that tries a printer: edges, sizes, rare characters. Nobody can queue with it."""

from datetime import datetime

from printers.flow import Flow
from printers.page import Page
from printers.paper import Layout, Paper
from printers.raster import paint
from printers.style import style_for

_SAMPLES = ("0123456789 ABCDEF", "政务服务中心 叫号 窗口", "䶮 㛃 𫖯 喆 · 長 ñ é")


def specimen(paper: Paper, device: str, now: datetime) -> Page:
    """The test page of a device. Raises FontMissing."""
    return Page(paint(layout_specimen(paper, device, now)))


def layout_specimen(paper: Paper, device: str, now: datetime) -> Layout:
    """A frame as wide as the paper prints, and text in the sizes of a ticket."""
    flow = Flow(paper, style_for(paper))
    style = flow.style
    flow.y = style.top
    top = flow.y
    flow.y += 16
    flow.lines("打印测试", style.figure, 1.3, center=True)
    flow.lines("Printer test", style.what, 1.3, center=True)
    flow.y += 8
    for sample in _SAMPLES:
        flow.lines(sample, style.scan_title, 1.4, center=True)
    flow.lines("四边的线都应看得见，纸应切断。", style.late, 1.5, center=True)
    flow.lines("All four lines show, and the paper is cut.", style.body, 1.5, center=True)
    flow.y += 8
    flow.lines(f"{device} {now:%Y-%m-%d %H:%M:%S}", style.body, 1.4, center=True)
    flow.lines("这不是号票。 This is no ticket.", style.body, 1.4, center=True)
    flow.y += 16
    flow.frame(0, top, paper.dots, flow.y - top)
    return flow.done()
