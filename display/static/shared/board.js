/**
 * The board: what a screen knows, folded from a snapshot and events. PURE: no clock, no page.
 * Entities in events are whole, so folding is replacing. Unknown types change nothing.
 */

export const MOST_CALLS = 40;
export const PASSED_FOR_MS = 10 * 60 * 1000;
export const WAIT_FRESH_MS = 30 * 1000;

/** A state from a snapshot. Calls passed before the snapshot count from when they were last called. */
export function fromSnapshot(snapshot) {
  const calls = (snapshot.calls ?? []).map((call) => ({ ...call, passed_at: passedAt(call, null, call.last_called_at) }));
  return { ...snapshot, tickets: {}, calls: newestFirst(calls) };
}

/** The state after one event. The old state is left as it was. */
export function apply(state, event) {
  const next = { ...state, seq: event.seq ?? state.seq, at: event.at ?? state.at };
  if (event.ticket) next.tickets = keepRecent(state.tickets ?? {}, event.ticket);
  if (event.call) next.calls = withCall(state.calls, event.call, event.at);
  if (event.window) next.windows = withWindow(state.windows, event.window);
  if (event.waiting) next.waiting = { ...state.waiting, ...event.waiting };
  if (event.queues) next.queues = { ...state.queues, ...event.queues };
  if (event.notices) next.notices = event.notices;
  if ("emergency" in event) next.emergency = event.emergency;
  return next;
}

/** The calls in an events message that a screen must announce: it heard them live, above its snapshot. */
export const announcements = (events) =>
  events
    .filter((event) => event.call && (event.type === "ticket.called" || event.type === "ticket.recalled"))
    .map((event) => ({ seq: event.seq, recall: event.type === "ticket.recalled", call: event.call }));

/** Calls to list: neither passed nor gone, newest first. */
export const shownCalls = (state) =>
  (state.calls ?? []).filter((call) => call.state !== "passed" && call.state !== "gone");

/** Numbers passed in the last ten minutes, newest first. */
export const passedCalls = (state, now) =>
  (state.calls ?? []).filter((call) => call.state === "passed" && now - call.passed_at < PASSED_FOR_MS);

/** The waits by zone that may be shown: none that were last known to hold more than 30 s ago. */
export const freshWaits = (state, now) =>
  (state.waits && now - state.waits.at <= WAIT_FRESH_MS ? state.waits.zones : {});

/** The texts to show beside calls: none after its time. */
export const standingNotices = (state, now) =>
  (state.notices ?? []).filter((notice) => notice.until === null || now < notice.until).map((notice) => notice.text);

/** The emergency that fills the screen, or null. It ends by itself, also when nobody can be asked. */
export const standingEmergency = (state, now) => (state?.emergency && now < state.emergency.until ? state.emergency : null);

/** Whether calls to a zone are not spoken at this time of day, "12:05". */
export const isSilent = (state, zone, wall) =>
  (state.zones.find(({ id }) => id === zone)?.silent ?? []).some(([from, to]) => from <= wall && wall < to);

function withCall(calls, call, at) {
  const before = calls.find((known) => known.id === call.id);
  const others = calls.filter((known) => known.id !== call.id);
  return newestFirst([...others, { ...call, passed_at: passedAt(call, before, at) }]);
}

function passedAt(call, before, at) {
  if (call.state !== "passed") return null;
  return call.passed_at ?? (before?.state === "passed" ? before.passed_at : at);
}

function newestFirst(calls) {
  const order = (a, b) => b.last_called_at - a.last_called_at || b.id - a.id;
  return [...calls].sort(order).slice(0, MOST_CALLS);
}

function withWindow(windows, window) {
  const known = windows.some((one) => one.no === window.no);
  return known ? windows.map((one) => (one.no === window.no ? { ...one, ...window } : one)) : [...windows, window];
}

function keepRecent(tickets, ticket) {
  const entries = Object.entries(tickets).filter(([id]) => id !== ticket.id);
  return Object.fromEntries([...entries, [ticket.id, ticket]].slice(-MOST_CALLS));
}
