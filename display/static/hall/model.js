/** What the hall display shows, as plain data. PURE: a function of board, stage, link and time. */
import { isSilent, shownCalls } from "../shared/board.js";
import { emergencyModel } from "../shared/emergency.js";
import { clock, hallDay } from "../shared/time.js";
import { noteModel } from "./notes.js";
import { onStage, PAGE_MS } from "./stage.js";
import { stripModel } from "./strip.js";

const FRESH_MS = 60 * 1000;
const RECENT_MS = 3 * 60 * 1000;

/**
 * @param {object} input {state, stage, link, now (controller ms), tick (monotonic ms), room, depth, letters, portrait,
 *   notices, evacuate, words}; words: {t(key, values)}; depth: rows of the list; letters: how many Chinese ones the
 *   strip is wide; notices, evacuate: what the keys at the screen say
 */
export function hallModel(input) {
  const { state, link, now, words } = input;
  const emergency = emergencyModel(input);
  if (emergency) return { kind: "emergency", emergency };
  const frame = { link: linkModel(link, words), stale: staleModel(input) };
  if (!state) return { ...frame, kind: "connecting" };
  const base = { ...frame, ...headModel(input), strip: stripModel({ ...input, plate }), note: noteModel(input) };
  if (isClosed(state, input.stage)) return { ...base, kind: "closed", opens: opensText(state, now, words) };
  const call = callModel(input);
  const hush = Boolean(call?.silent && call.fresh && !call.pages);   // nobody says it: it fills the screen
  return { ...base, kind: call ? "calls" : "empty", call, hush, list: listModel(input, call) };
}

function headModel({ state, now, room }) {
  const zone = room.startsWith("zone:") ? zoneOf(state, room.slice(5)) : null;
  return { name: zone ? state.hall.short_name ?? state.hall.name : state.hall.name, place: zone?.name ?? null, clock: clock(now, state.tz) };
}

const zoneOf = (state, id) => state.zones.find((zone) => zone.id === id) ?? { id, letter: id, cls: "x", name: "", arrow: null };
const plate = (zone) => ({ cls: zone.cls ?? "x", letter: zone.letter, word: zone.word ?? null });

function linkModel(link, words) {
  if (link.state === "live") return { lost: false, word: words.t("live") };
  if (link.state === "connecting" || link.silentMs === null) return { lost: true, word: words.t("connecting") };
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
      ...callWord(item.recall, isSilent(state, item.call.zone, clock(input.now, state.tz)), count > 1, words), pages: count > 1 ? { at: stage.at, count, word: words.t("page", { at: stage.at + 1, count }) } : null,
    };
  }
  const call = shownCalls(state)[0];
  return call ? { ...numberModel(input, call), key: `${call.id}:still`, seq: null, fresh: false, pulse: false, pages: null, ...stillWord(input, call) } : null;
}

function callWord(recall, silent, several, words) {
  const key = recall ? "recalled" : "calling";
  return { icon: silent ? "mute" : "bell", word: words.t(key), en: words.en(silent ? "silent" : key), look: silent && !several ? words.t("silent") : null };
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

function numberModel({ state, room, now }, call) {
  const wall = clock(now, state.tz);
  const zone = zoneOf(state, call.zone);
  const arrow = room === "hall" ? zone.arrow ?? null : null;
  return { id: call.id, number: call.number, window: call.window, zone: plate(zone), arrow, silent: isSilent(state, call.zone, wall) };
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
