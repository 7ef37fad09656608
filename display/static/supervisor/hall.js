/** What the supervisor sees of the windows: pure functions of the board and the staff's list. */

/** The board's windows with their clerks, by number. */
export function windowsOf(board, staffed) {
  const clerks = new Map((staffed ?? []).map((w) => [w.no, w.clerk]));
  return (board?.windows ?? []).map((w) => ({ ...w, clerk: w.state === "closed" ? null : clerks.get(w.no) ?? null }))
    .sort((a, b) => a.no - b.no);
}

/** "closed" | "paused" | "called" | "serving" | "idle". */
export function stateOf(w) {
  if (w.number) return w.serving ? "serving" : "called";
  return w.state === "open" ? "idle" : w.state;
}

/** Colour and icon of each state. */
export const LOOKS = { idle: ["ok", "ok"], called: ["call", "bell"], serving: ["info", "people"], paused: ["off", "pause"], closed: ["off", "closed"] };

/** Whole minutes that the number in hand has been there, or null. */
export function minutesInHand(w, calls, now) {
  const call = w.number && calls.find((c) => c.window === w.no && c.number === w.number);
  return call ? Math.max(0, Math.floor((now - (call.arrived_at ?? call.last_called_at)) / 60_000)) : null;
}

/** {open, paused, closed, waiting}: the line above the table. */
export function totals(windows, waiting) {
  const of = (state) => windows.filter((w) => w.state === state).length;
  const people = Object.values(waiting ?? {}).reduce((sum, n) => sum + n, 0);
  return { open: of("open"), paused: of("paused"), closed: of("closed"), waiting: people };
}

/** The waiting tickets of which a window with these skills can do something, oldest first. */
export function callable(tickets, skills, items) {
  const skillOf = Object.fromEntries(items.map((item) => [item.code, item.skill]));
  const fits = (ticket) => ticket.items.some((item) => item.state === "open" && skills.includes(skillOf[item.code]));
  return tickets.filter(fits).sort((a, b) => a.seniority_at - b.seniority_at);
}
