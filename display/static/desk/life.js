/**
 * What may be asked for in each state of a ticket, so that the desk offers nothing in vain; the
 * controller decides. PURE. What to do first stands first.
 */
const MAY = {
  waiting: ["why", "reprint", "grant", "move", "cancel"],
  offered: ["reprint", "cancel"],
  called: ["reprint", "cancel"],
  serving: ["reprint"],
  held: ["reprint", "cancel"],
  passed: ["return", "reprint", "grant", "move", "cancel"],
  returned: ["why", "reprint", "grant", "move", "cancel"],
  handed: ["reprint", "grant", "cancel"],
};
const ENDED = new Set(["finished", "cancelled", "dropped", "void"]);

/** The deeds for a ticket; one that is meant for a window may also be let go. */
export function actions({ state, target }) {
  const may = MAY[state] ?? [];
  return target && may.includes("move") ? may.flatMap((deed) => (deed === "move" ? ["move", "free"] : [deed])) : may;
}

/** Whether it is at no window, so that a low counter can still be chosen for it. */
export const bindable = (state) => Boolean(MAY[state]?.includes("move"));
export const ended = (state) => ENDED.has(state);

/** Looks of the states: chip and icon. */
export const LOOKS = {
  waiting: ["info", "clock"], offered: ["info", "bell"], called: ["call", "bell"], serving: ["ok", "people"],
  held: ["off", "pause"], passed: ["warn", "warning"], returned: ["info", "back"], handed: ["off", "transfer"],
  finished: ["ok", "ok"], cancelled: ["off", "cross"], dropped: ["off", "cross"], void: ["off", "cross"],
};

/** States one may list by, in the order of the menu. */
export const STATES = ["waiting", "called", "serving", "passed", "returned", "held", "handed", "offered"];

/** The refusals after which staff may give a number for a reason all the same. */
export const WAIVABLE = new Set([
  "ticketing-closed", "quota-exhausted", "too-many-waiting", "already-waiting", "daily-limit", "item-limit",
]);

/** What stands out about a ticket: [key, icon], in a fixed order. */
export function flags(ticket) {
  const found = [];
  if (ticket.class === "priority") found.push(["priority", "flag"]);
  if (ticket.class === "appointment" || ticket.slot_at) found.push(["appointment", "calendar"]);
  if (ticket.bundle) found.push(["bundle", "bundle"]);
  else if (ticket.items.length > 1) found.push(["several", "all"]);
  for (const need of ticket.needs) found.push([need, NEED_ICONS[need] ?? "help"]);
  if (ticket.print === "unproven") found.push(["unproven", "printer"]);
  if (ticket.target) found.push(["target", "transfer"]);
  return found;
}

export const NEED_ICONS = { low_counter: "wheelchair", help: "help", interpreter: "language", sign: "voice" };

/** Who waits longest stands first; whoever is ahead in line by the same wait keeps their place. */
export const longestFirst = (tickets) =>
  [...tickets].sort((a, b) => a.seniority_at - b.seniority_at || a.issued_at - b.issued_at);
