/** Sizes for this panel: asked of the calculator behind the page when the address names a panel. */
import { createRequest } from "../shared/request.js";

const DEFAULT_ROWS = 4;
const DEFAULT_AUX_PX = 49;
const INK = 0.92;              // the height of a Chinese character's ink in its font size

/**
 * `?panel=65&distance=8` → CSS variables on the root. Without them the sizes of hall.css hold: 55" at 8 m.
 * Resolves to why such a panel cannot be read from there, {panel, distance, detail}; null when it can.
 */
export async function applyLegibility() {
  const asked = new URLSearchParams(location.search);
  if (!asked.has("panel") || !asked.has("distance")) return null;
  const query = new URLSearchParams({
    panel: asked.get("panel"), distance: asked.get("distance"), width: innerWidth, height: innerHeight,
  });
  try {
    const { css } = await createRequest().get(`/screens/legibility.json?${query}`);
    for (const [name, value] of Object.entries(css)) document.documentElement.style.setProperty(name, value);
    return null;
  } catch ({ code, message: detail }) {
    const refused = code === "unreadable" || code === "invalid";   // else nobody could be asked just now
    return refused ? { panel: asked.get("panel"), distance: asked.get("distance"), detail } : null;
  }
}

const figure = (name, otherwise) => Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue(name), 10) || otherwise;

/** Rows of the list; the banner of a stale board takes the place of one. */
export function listDepth(isStale) {
  const rows = figure("--rows", DEFAULT_ROWS);
  return Math.max(1, isStale ? rows - 1 : rows);
}

/** How many Chinese letters of a supporting line the screen is wide. */
export const stripLetters = () => innerWidth / (figure("--glyph-aux", DEFAULT_AUX_PX) / INK);
