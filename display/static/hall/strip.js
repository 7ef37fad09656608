/** The strip under the calls: people waiting, and what a newcomer is expected to wait. PURE. */
import { freshWaits } from "../shared/board.js";
import { waitText } from "../shared/waits.js";

const PAGE_MS = 10000;
// Widths in Chinese letters, measured on Noto Sans CJK Bold, as those of display/legibility.py are.
const DIGIT = 0.592;
const OTHER = { " ": 0.24, "–": 0.52 };
const PLATE = 1.58;            // with the space behind it; each letter more of a word takes one more
const LABEL = { landscape: 4, portrait: 2 };
const GAP = { landscape: 0.75, portrait: 0.6 };
const MARGINS = 2.1;

/**
 * Parts that stand side by side: {label, cells: [{zone, text, en}], single}. A zone's own screen shows people and wait
 * at once; the hall's has no room for both and turns pages. `single`: a column of cells, for want of room for two.
 */
export function stripModel(input) {
  const { state, room, tick, plate } = input;
  const own = room.startsWith("zone:") ? room.slice(5) : null;
  const zones = state.zones.filter((zone) => !own || zone.id === own);
  const people = { label: "waiting", cells: zones.map((zone) => ({ zone: plate(zone), text: String(state.waiting?.[zone.id] ?? 0) })) };
  const waits = waitPages(input, zones);
  if (own) return [people, ...waits.map((part) => ({ ...part, cells: part.cells.map((cell) => ({ ...cell, zone: null })) }))];
  const pages = [people, ...waits];
  return [pages[Math.floor(tick / PAGE_MS) % pages.length]];
}

/** The zones whose wait is known, as many on each page as fit, spread evenly. */
function waitPages({ state, now, letters, portrait, words, plate }, zones) {
  const waits = freshWaits(state, now);
  const cells = zones.filter((zone) => waits[zone.id]).map((zone) => ({
    zone: plate(zone), text: waitText(words.t, waits[zone.id]), en: waitText(words.en, waits[zone.id]),
  }));
  const room = letters - MARGINS;
  const single = portrait && !fits([widest(cells), widest(cells)], room, "portrait");
  const few = single ? 2 : 4;
  let pages = portrait ? Math.ceil(cells.length / few) : 1;
  while (!portrait && pages < cells.length && !spread(cells, pages).every((page) => fits(page.map(widthOf), room, "landscape"))) pages += 1;
  return spread(cells, cells.length && pages).map((page) => ({ label: "expected", cells: page, single }));
}

const spread = (all, pages) =>
  Array.from({ length: pages }, (_, page) => all.filter((_, n) => Math.floor((n * pages) / all.length) === page));

const fits = (widths, room, shape) => widths.reduce((sum, width) => sum + width + GAP[shape], LABEL[shape]) <= room;
const widest = (cells) => Math.max(0, ...cells.map(widthOf));

const widthOf = ({ zone, text }) => PLATE + (zone.word ? zone.word.length - 1 : 0) + lettersWide(text);
const letterWidth = (letter) => (/[0-9A-Za-z]/.test(letter) ? DIGIT : OTHER[letter] ?? 1);

/** How many Chinese letters wide a text is. */
export const lettersWide = (text) => [...text].reduce((sum, letter) => sum + letterWidth(letter), 0);
