/** What all wall screens share: marks for measurement, the burn-in shift, redrawing only on change. */
import { createRequest } from "./request.js";

const KEPT_MARKS = 100;
const HEALTH_MS = 2000;
const SHIFT_MS = 10 * 60 * 1000;
const SHIFTS = [[0, 0], [2, 0], [2, 2], [0, 2]];

/** After new calls were drawn: `data-shown-seq` on the root and a mark `call:SEQ`, in the next frame. */
export function markShown(seqs) {
  requestAnimationFrame(() => {
    for (const seq of seqs) {
      document.documentElement.dataset.shownSeq = String(seq);
      performance.mark(`call:${seq}`);
    }
    // Marks are kept by the browser for ever; a screen runs for weeks.
    const marks = performance.getEntriesByType("mark").filter((mark) => mark.name.startsWith("call:"));
    for (const mark of marks.slice(0, -KEPT_MARKS)) performance.clearMarks(mark.name);
  });
}

/** Moves the picture by 2 px every ten minutes, so that nothing burns in. */
export function startBurnInShift(element) {
  let step = 0;
  return setInterval(() => {
    step = (step + 1) % SHIFTS.length;
    const [x, y] = SHIFTS[step];
    element.style.translate = `${x}px ${y}px`;
  }, SHIFT_MS);
}

/** A drawer that calls `draw(model)` only when the model differs from the last one drawn. */
export function drawOnChange(draw) {
  let last = null;
  return (model) => {
    const text = JSON.stringify(model);
    if (text === last) return;
    last = text;
    draw(model);
  };
}

/** Tells the controller every two seconds that this screen lives. */
export function reportHealth(token) {
  const api = createRequest({ token, timeoutMs: HEALTH_MS });
  const report = () => api.post("/api/v1/devices/me/health", { health: { display: "ok" } }).catch(() => {});
  return setInterval(report, HEALTH_MS);
}
