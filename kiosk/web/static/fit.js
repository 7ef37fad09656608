/** A screen never scrolls and never clips. When a catalogue's words need more room than the panel
 * has, everything but the smallest text and the targets becomes smaller: `--f`, from 1 to LEAST.
 * On the way what only helps gives way (`data-fit="1 2"`, see modes.css). */

const STEPS = 24;
const LEAST = 0.3;
const GIVE_WAY = [0.8, 0.62, 0.5, 0.4, 0.37];

/** Finds the largest factor at which `main` has room for all of it. */
export function fit(main) {
  let [small, large] = [0, STEPS];
  set(main, STEPS);
  if (fits(main)) return;
  while (large - small > 1) {
    const middle = (small + large) >> 1;
    set(main, middle);
    if (fits(main)) small = middle;
    else large = middle;
  }
  set(main, small);
}

function set(main, step) {
  const factor = LEAST + ((1 - LEAST) * step) / STEPS;
  main.style.setProperty("--f", factor.toFixed(3));
  main.dataset.fit = GIVE_WAY.map((below, i) => (factor < below ? i + 1 : "")).filter(Boolean).join(" ");
}

/** Every box lies within the box around it and leaves some of its edge free, and no line is wider
 * than its box. (scrollHeight would not do: a Chinese line's ink box is taller than its line.) */
function fits(main) {
  const edges = new Map();
  for (const el of main.querySelectorAll("*")) {
    if (el instanceof SVGElement) continue;
    const style = getComputedStyle(el);
    if (style.display === "inline" || style.display === "contents") continue;
    const box = el.getBoundingClientRect();
    if (!box.width) continue;
    if (el.scrollWidth > el.clientWidth + 2) return false;
    const { top, right, bottom } = edgesAround(el, main, edges);
    if (box.bottom > bottom || box.right > right || box.top < top) return false;
  }
  return true;
}

const LEAVES = 0.5; // of the padding, in a crowd

function edgesAround(el, main, known) {
  const around = boxAround(el, main);
  if (!known.has(around)) {
    const { top, right, bottom } = around.getBoundingClientRect();
    const { paddingTop, paddingBottom } = getComputedStyle(around);
    const above = parseFloat(paddingTop) * LEAVES;
    const below = parseFloat(paddingBottom) * LEAVES;
    known.set(around, { top: top + above - 1, right: right + 1, bottom: bottom - below + 1 });
  }
  return known.get(around);
}

function boxAround(el, main) {
  let at = el.parentElement;
  while (at !== main && getComputedStyle(at).display === "inline") at = at.parentElement;
  return at;
}
