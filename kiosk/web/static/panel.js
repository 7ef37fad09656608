/** The panel in millimetres: targets and text are sized by it, never by the browser's zoom. */

const MM_PER_INCH = 25.4;
const DRAWN_FOR = 21.5; // inches, 1080p

/** Sets `--px-per-mm` and `data-room` (how much of the design has room beside each other).
 * In a window smaller than a panel, on a desk or in training, the picture is just smaller. */
export function measure(inches, root = document.documentElement, win = window) {
  const long = Math.max(win.innerWidth, win.innerHeight);
  const short = Math.min(win.innerWidth, win.innerHeight);
  const panel = long >= 1920 && short >= 1080;
  const pxPerMm = panel ? Math.hypot(long, short) / ((inches || DRAWN_FOR) * MM_PER_INCH) : null;
  if (panel) root.style.setProperty("--px-per-mm", pxPerMm.toFixed(3));
  else root.style.removeProperty("--px-per-mm");
  root.dataset.room = roomOf(scale(pxPerMm, root));
}

/** As frame.css: 5 mm of ink, 7 mm in large text. */
function scale(pxPerMm, root) {
  const large = root.dataset.text === "large";
  const mm = pxPerMm ?? 4.03;
  return large ? Math.max(1.34, mm * 0.31703) : Math.max(1, mm * 0.22645);
}

const roomOf = (factor) => (factor < 1.2 ? "wide" : factor < 1.6 ? "snug" : "tight");
