/** The line at the foot: notices, paused windows and passed numbers, one static page every ten seconds. PURE. */
import { passedCalls, standingNotices } from "../shared/board.js";
import { clock } from "../shared/time.js";
import { lettersWide } from "./strip.js";

export const NOTE_MS = 10000;
const MOST_LETTERS = 30;       // three a second are read with ease
// What stands beside the text, in Chinese letters of it: margins and sign; the passed numbers with their words.
const BESIDE = 4;
const PASSED = 16;
const BREAK_AFTER = "，。；！？";
const MARKS = /[，。；：、！？）]/;
const WHOLE = /[0-9A-Za-z 、（]/;  // a number keeps its measure word, a word its letters, a list its parts

/** {text, late, off}. `off`: notices were taken off this screen by its own key. In portrait, and beside a long text, the passed numbers have a turn of their own. */
export function noteModel(input) {
  const { state, now, tick, portrait, words } = input;
  const passed = passedCalls(state, now).map((call) => call.number);
  const late = pageOf(passed, portrait ? 3 : 2, Math.floor(tick / NOTE_MS));
  const room = Math.floor(input.letters) - BESIDE;
  const texts = [...(input.notices ? standingNotices(state, now) : []), ...pausedTexts(state, words)];
  const off = !input.notices && texts.length === 0;
  if (off) texts.push(words.t("notices_off"));
  const turns = texts.flatMap((text) =>
    pagesOf(text, Math.min(MOST_LETTERS, room)).map((page) => ({ text: page, late: !portrait && lettersWide(page) <= room - PASSED ? late : [], off })));
  if (late.length && !(turns.length && turns.every((turn) => turn.late.length))) turns.push({ text: null, late, off: false });
  return turns.length ? turns[Math.floor(tick / NOTE_MS) % turns.length] : { text: null, late: [], off: false };
}

/** A text in pages at most so many Chinese letters wide, alike in length, each ending where the sense allows. */
export function pagesOf(text, most) {
  const letters = [...text];
  const pages = [];
  for (let count = Math.ceil(lettersWide(letters) / most); letters.length; count -= 1) {
    const width = lettersWide(letters);
    const end = width <= most && count <= 1 ? letters.length : breakNear(letters, width / Math.max(1, count), most);
    pages.push(letters.splice(0, end).join("").trim());
  }
  for (const n of pages.keys()) if (n < pages.length - 1) pages[n] = pages[n].replace(/[，、；：]$/, "");
  return pages.length > 1 ? pages.map((page, n) => `${page}（${n + 1}/${pages.length}）`) : pages;
}

/** After how many letters to turn the page: after a mark near the even share, else between two Chinese letters. */
function breakNear(letters, even, most) {
  const upTo = (width) => letters.findIndex((_, n) => lettersWide(letters.slice(0, n + 1)) > width);
  const last = upTo(most) < 0 ? letters.length : Math.max(1, upTo(most));
  const wanted = Math.min(last, Math.max(1, upTo(even) < 0 ? last : upTo(even)));
  const near = (good) => {
    for (let off = 0; off <= wanted / 2; off += 1) {
      for (const end of [wanted - off, wanted + off]) if (end > 0 && end <= last && good(end)) return end;
    }
    return null;
  };
  const mark = (end) => BREAK_AFTER.includes(letters[end - 1]);
  const between = (end) => !WHOLE.test(letters[end - 1]) && !WHOLE.test(letters[end] ?? "") && !MARKS.test(letters[end] ?? "");
  return near(mark) ?? near(between) ?? wanted;
}

function pausedTexts(state, words) {
  return state.windows.filter((window) => window.state === "paused").map((window) => {
    const until = window.until ? clock(window.until, state.tz) : null;
    return words.t(until ? "window_paused_until" : "window_paused", { no: window.no, time: until });
  });
}

function pageOf(all, size, step) {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const at = step % pages;
  return all.slice(at * size, (at + 1) * size);
}
