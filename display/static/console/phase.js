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

/** "closed" | "paused" | "called" | "serving" | "idle" for a CONSOLE of the protocol. */
export function phaseOf(view) {
  const state = view.ticket?.state;
  if (state === "called" || state === "serving") return state;
  return view.window.state === "open" ? "idle" : view.window.state;
}

/** Whole seconds from `now` until `at` (both ms), 0 when it has passed or is unknown. */
export function secondsUntil(at, now) {
  return at ? Math.max(0, Math.ceil((at - now) / 1000)) : 0;
}

/**
 * The keys that exist, in the order they are drawn.
 * Each is {key, deed, label, look, wait}: look "next" is the key to press now, "on" works,
 * "dim" refuses; wait is the number of seconds until it works, or 0.
 */
export function keysOf(view, now, { overlay = false, offline = false } = {}) {
  const phase = phaseOf(view);
  const ticket = view.ticket;
  const recallWait = phase === "called" ? secondsUntil(ticket.recall_from, now) : 0;
  const passWait = phase === "called" ? secondsUntil(ticket.pass_from, now) : 0;
  const mayRecall = phase === "called" && ticket.recalls_left > 0;
  const keys = [
    key("F1", "call", "call", phase === "idle" && "next"),
    key("F2", "recall", "recall", mayRecall && !recallWait && "on", mayRecall ? recallWait : 0),
    key("F3", "arrive", "arrive", phase === "called" && "next"),
    key("F4", "finish", "finish", phase === "serving" && "next"),
    key("F8", "pass", "pass", phase === "called" && !passWait && "on", passWait),
    phase === "paused"
      ? key("F9", "resume", "resume", "next")
      : key("F9", "pause", "pause", phase === "idle" && "on"),
    key("Esc", "back", "back", overlay && "on"),
  ];
  return offline ? keys.map((k) => ({ ...k, look: "dim" })) : keys;
}

function key(name, deed, label, look, wait = 0) {
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
