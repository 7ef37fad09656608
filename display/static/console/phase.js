/** What the console shows and which keys work: pure functions of the window's state. */

/** The results of finishing an item, in the order of the digits 1 to 5. */
export const RESULTS = ["done", "accepted", "supplement", "refused", "referred"];

/** The reasons for a pause, in the order of the digits 1 to 5, with the minutes first offered. */
export const REASONS = [
  { id: "rest", minutes: 10 },
  { id: "meal", minutes: 60 },
  { id: "meeting", minutes: 30 },
  { id: "fault", minutes: 15 },
  { id: "other", minutes: 10 },
];

/** The reasons for giving a number up, in the order of the digits 1 to 4. */
export const DROPS = ["absent", "left", "mismatch", "wish"];
/** Those for which nobody has to be waited for. */
const DROPPED_AT_ONCE = new Set(["mismatch", "wish"]);

/**
 * "closed" | "paused" | "offered" | "called" | "arrived" | "serving" | "idle" for a CONSOLE of the
 * protocol. "arrived": the person is here and the work has not begun, where the hall tells them apart.
 */
export function phaseOf(view) {
  const { ticket, window: w } = view;
  if (ticket?.state === "called") return "called";
  if (ticket?.state === "serving") return ticket.started ? "serving" : "arrived";
  if (w.state !== "open") return w.state;
  return view.offer ? "offered" : "idle";
}

/** Whole seconds from `now` until `at` (both ms), 0 when it has passed or is unknown. */
export function secondsUntil(at, now) {
  return at ? Math.max(0, Math.ceil((at - now) / 1000)) : 0;
}

/** Whole minutes from `now` until `at`, 0 when it has passed. */
export const minutesUntil = (at, now) => Math.ceil(secondsUntil(at, now) / 60);

/** The seconds for which the last key may still be taken back, 0 when there is nothing to take back. */
export function undoLeft(view, now) {
  return view.undo && view.window.state === "open" ? secondsUntil(view.undo.until, now) : 0;
}

/** How long it is told who is on the way, ms. */
const COMING_MS = 120_000;

/** The call for the supervisor: {word: "called" | "coming" | null, by}. */
export function helpOf(view, now) {
  const { help } = view.window;
  if (!help) return { word: null };
  if (!help.by) return { word: "called" };
  return now - help.taken_at < COMING_MS ? { word: "coming", by: help.by } : { word: null };
}

/** Whether a number may be given up for this reason now; `held`: it is not in hand but held. */
export function mayDrop(view, reason, now, held = false) {
  if (DROPPED_AT_ONCE.has(reason)) return true;
  if (held) return false;
  const { state, pass_from: from } = view.ticket;
  return state === "called" ? secondsUntil(from, now) === 0 : reason !== "absent";
}

/**
 * The keys that exist, in the order they are drawn.
 * Each is {key, deed, label, look, wait}: look "next" is the key to press now, "on" works,
 * "dim" refuses; wait is the number of seconds until it works, or for which it works, or 0.
 */
export function keysOf(view, now, { overlay = false, offline = false } = {}) {
  const phase = phaseOf(view);
  const inHand = Boolean(view.ticket);
  const keys = [
    key("F1", "call", phase === "offered" ? "callNow" : "call", (phase === "idle" || phase === "offered") && "next"),
    recallKey(view, phase, now),
    phase === "arrived"
      ? key("F3", "start", "start", "next")
      : key("F3", "arrive", "arrive", phase === "called" && "next"),
    key("F4", "finish", "finish", phase === "serving" && "next"),
    view.incoming.length > 0
      ? key("F6", "incoming", "incoming", phase !== "closed" && "on")
      : key("F6", "transfer", "transfer", inHand && "on"),
    holdKey(view, phase),
    passKey(view, phase, now),
    phase === "paused"
      ? key("F9", "resume", "resume", "next")
      : key("F9", "pause", "pause", (phase === "idle" || phase === "offered") && "on"),
    key("F10", "drop", "drop", inHand && "on"),
    backKey(view, overlay, now),
    helpKey(view, phase),
  ];
  return offline ? keys.map((k) => ({ ...k, look: "dim" })) : keys;
}

function recallKey({ ticket }, phase, now) {
  if (phase !== "called" || ticket.recalls_left === 0) return key("F2", "recall", "recall");
  const wait = secondsUntil(ticket.recall_from, now);
  return key("F2", "recall", "recall", !wait && "on", wait);
}

/** F7 holds who is in hand; with nobody in hand it calls back who is held. */
function holdKey(view, phase) {
  if (view.ticket) return key("F7", "hold", "hold", view.held.length < view.hold_limit && "on");
  if (view.held.length === 0) return key("F7", "hold", "hold");
  return key("F7", "held", "callBack", phase !== "paused" && phase !== "closed" && "on");
}

/** F8 passes who does not come; with a number on offer it keeps the offer back. */
function passKey({ ticket }, phase, now) {
  if (phase === "offered") return key("F8", "decline", "decline", "on");
  const wait = phase === "called" ? secondsUntil(ticket.pass_from, now) : 0;
  return key("F8", "pass", "pass", phase === "called" && !wait && "on", wait);
}

/** F12 calls for the supervisor, once until somebody answers. */
function helpKey(view, phase) {
  const calling = view.window.help && !view.window.help.by;
  return key("F12", "help", calling ? "helpCalled" : "help", !calling && phase !== "closed" && "on");
}

/** Esc closes what is open; when nothing is, it takes the last key back. */
function backKey(view, overlay, now) {
  const left = overlay ? 0 : undoLeft(view, now);
  return left ? key("Esc", "undo", "undo", "on", left) : key("Esc", "back", "back", overlay && "on");
}

function key(name, deed, label, look = false, wait = 0) {
  return { key: name, deed, label, look: look || "dim", wait };
}

/** The counts of the skills this window has: [{id, name, waiting, oldest_at}]. */
export function loadOf(view, queues) {
  return view.skills.map((skill) => ({
    ...skill,
    waiting: queues?.[skill.id]?.waiting ?? 0,
    oldest_at: queues?.[skill.id]?.oldest_at ?? null,
  }));
}

/** The share of the bar that is filled, and where its p90 mark stands, in percent. */
export function serviceBar(elapsedMs, p90Min) {
  const mark = 88;
  const share = p90Min ? (elapsedMs / (p90Min * 60_000)) * mark : 0;
  return { fill: Math.min(100, Math.max(0, share)), mark };
}
