/** What the hall display shows, as plain data. PURE: a function of board, stage, link and time. */
import { passedCalls, shownCalls } from "../shared/board.js";
import { clock, hallDay } from "../shared/time.js";
import { onStage, PAGE_MS } from "./stage.js";
import { stripModel } from "./strip.js";

const NOTE_MS = 10000;
const FRESH_MS = 60 * 1000;
const RECENT_MS = 3 * 60 * 1000;

/**
 * @param {object} input {state, stage, link, now (controller ms), tick (monotonic ms), room, depth, letters, portrait, words}
 *   words: {t(key, values)}; depth: rows of the list; letters: how many Chinese ones the strip is wide
 */
export function hallModel(input) {
  const { state, link, now, words } = input;
  const frame = { link: linkModel(link, words), stale: staleModel(input) };
  if (!state) return { ...frame, kind: "connecting" };
  const base = { ...frame, ...headModel(input), strip: stripModel({ ...input, plate }), note: noteModel(input) };
  if (isClosed(state, input.stage)) return { ...base, kind: "closed", opens: opensText(state, now, words) };
  const call = callModel(input);
  return { ...base, kind: call ? "calls" : "empty", call, list: listModel(input, call) };
}

function headModel({ state, now, room }) {
  const zone = room.startsWith("zone:") ? zoneOf(state, room.slice(5)) : null;
  return { name: zone ? state.hall.short_name ?? state.hall.name : state.hall.name, place: zone?.name ?? null, clock: clock(now, state.tz) };
}

const zoneOf = (state, id) => state.zones.find((zone) => zone.id === id) ?? { id, letter: id, cls: "x", name: "", arrow: null };
const plate = (zone) => ({ cls: zone.cls ?? "x", letter: zone.letter, word: zone.word ?? null });

function linkModel(link, words) {
  if (link.state === "live") return { lost: false, word: words.t("live") };
  if (link.state === "connecting") return { lost: true, word: words.t("connecting") };
  return { lost: true, word: words.t("lost", { n: Math.floor(link.silentMs / 1000) }) };
}

function staleModel({ link, state, words }) {
  if (link.state !== "stale_banner") return null;
  return { since: words.t("calls_of", { time: clock(link.heardAt, state?.tz) }) };
}

function isClosed(state, stage) {
  const waiting = Object.values(state.waiting ?? {}).reduce((sum, n) => sum + n, 0);
  const called = state.calls.some((call) => call.state === "called");
  return !state.hall_open && !called && !onStage(stage) && waiting === 0;
}

function opensText(state, now, words) {
  if (!state.opens_at) return null;
  const sameDay = hallDay(state.opens_at, state.tz) === hallDay(now, state.tz);
  return words.t(sameDay ? "opens_today" : "opens_later", {
    time: clock(state.opens_at, state.tz),
    day: hallDay(state.opens_at, state.tz).slice(5).replace("-", " 月 ") + " 日",
  });
}

function callModel(input) {
  const { state, stage, words } = input;
  const item = onStage(stage);
  // While the board may be old nothing is shown as new.
  if (item && !staleModel(input)) {
    const count = stage.items.length;
    return {
      ...numberModel(input, item.call),
      key: `${item.call.id}:${item.call.times}:${item.turns}`, seq: item.seq, fresh: true, pulse: item.turns === 1,
      word: words.t(item.recall ? "recalled" : "calling"), en: words.say("en", item.recall ? "recalled" : "calling"),
      icon: "bell", pages: count > 1 ? { at: stage.at, count, word: words.t("page", { at: stage.at + 1, count }) } : null,
    };
  }
  const call = shownCalls(state)[0];
  return call ? { ...numberModel(input, call), key: `${call.id}:still`, seq: null, fresh: false, pulse: false, pages: null, ...stillWord(input, call) } : null;
}

function stillWord(input, call) {
  const { state, words } = input;
  if (staleModel(input)) {
    const time = clock(call.last_called_at, state.tz);
    return { icon: "clock", word: words.t("called_at", { time }), en: words.say("en", "called_at", { time }) };
  }
  const key = { called: "go", serving: "serving" }[call.state] ?? "latest";
  return { icon: key === "latest" ? "clock" : "people", word: words.t(key), en: words.say("en", key) };
}

function numberModel({ state, room }, call) {
  const zone = zoneOf(state, call.zone);
  const arrow = room === "hall" ? zone.arrow ?? null : null;
  return { id: call.id, number: call.number, window: call.window, zone: plate(zone), arrow };
}

/** Newest first. Nobody who is called stays hidden: when they do not fit, the list turns pages. */
function listModel(input, big) {
  const { state, stage, now, tick, depth } = input;
  const calls = shownCalls(state).filter((call) => call.id !== big?.id);
  const last = calls.findLastIndex((call) => call.state === "called");
  const pages = Math.max(1, Math.ceil((last + 1) / depth));
  const page = Math.floor(Math.max(0, tick - stage.heard) / PAGE_MS) % pages;
  const rows = calls.slice(page * depth, (page + 1) * depth).map((call) => ({
    ...numberModel(input, call), age: staleModel(input) ? "old" : ageOf(now - call.last_called_at),
  }));
  return { rows, pages, page };
}

const ageOf = (ms) => (ms < FRESH_MS ? "now" : ms < RECENT_MS ? "mid" : "old");

/** Notices, paused windows and passed numbers, one static page every ten seconds. */
function noteModel({ state, now, tick, portrait, words }) {
  const passed = passedCalls(state, now).map((call) => call.number);
  const pausedNotes = state.windows.filter((window) => window.state === "paused").map((window) => pausedText(window, state.tz, words));
  const texts = [...(state.notices ?? []), ...pausedNotes];
  const step = Math.floor(tick / NOTE_MS);
  const shown = portrait ? 3 : 2;
  const late = pageOf(passed, shown, step);
  if (!portrait) return { text: texts.length ? texts[step % texts.length] : null, late };
  const turns = [...texts.map((text) => ({ text, late: [] })), ...(late.length ? [{ text: null, late }] : [])];
  return turns.length ? turns[step % turns.length] : { text: null, late: [] };
}

function pausedText(window, tz, words) {
  const until = window.until ? clock(window.until, tz) : null;
  return words.t(until ? "window_paused_until" : "window_paused", { no: window.no, time: until });
}

function pageOf(all, size, step) {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const at = step % pages;
  return all.slice(at * size, (at + 1) * size);
}
