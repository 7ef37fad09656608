"""What every staff page must pass: accessibility rules, 7:1 contrast, nothing cut off."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
#: WCAG 2.2 AA, and 1.4.6 (contrast 7:1) of AAA.
RUN = """
async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, {
    runOnly: { type: "tag", values: tags },
    rules: { "color-contrast-enhanced": { enabled: true } },
  });
  return found.violations.map((v) =>
    `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join(" | ")}`);
}
"""
#: Wider than the window, or text that its own box cuts off.
OVERFLOW = """
() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  const cut = [...document.querySelectorAll("button, p, h1, h2, dd, dt, td, th, small, .state")]
    .filter((e) => e.offsetParent && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
      && getComputedStyle(e).display !== "inline"
      && getComputedStyle(e).textOverflow !== "ellipsis")
    .map((e) => `${e.className || e.tagName}: ${e.textContent.trim().slice(0, 30)}`);
  return [...(wide > 0 ? [`page ${wide} px too wide`] : []), ...cut];
}
"""


def violations(page: Page) -> list[str]:
    """What axe finds, as sentences."""
    page.evaluate(AXE)
    return page.evaluate(RUN)  # type: ignore[no-any-return]


def overflows(page: Page) -> list[str]:
    """Boxes that are wider than they have room for."""
    return page.evaluate(OVERFLOW)  # type: ignore[no-any-return]
