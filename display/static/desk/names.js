/** Names of the catalogue and pieces of sentences, in the language of the page. */

/** Catalogues write brackets and commas half-width; Chinese screens show them full-width. */
export const wide = (text) =>
  (/[㐀-鿿]/.test(text) ? text.replace(/\s*\(/g, "（").replaceAll(")", "）").replaceAll(",", "，").replaceAll(";", "；") : text);

/** `named(thing, L)` → its English name on an English page if it has one, else its Chinese name. */
export const named = (thing, L, field = "name") =>
  (L.lang() === "en" && thing[`${field}_en`]) || wide(thing[field] ?? "");

/** 7K3M2Q as 7K3M-2Q, easier to read out. */
export const grouped = (code) => (code?.length === 6 ? `${code.slice(0, 4)}-${code.slice(4)}` : (code ?? ""));

/** What a ticket is for: its bundle, or its first item and how many more. */
export function matterOf(ticket, L) {
  if (ticket.bundle) return named(ticket, L, "bundle");
  const [first] = ticket.items;
  return ticket.items.length > 1 ? L.t("matter.more", { name: named(first, L), n: ticket.items.length - 1, all: ticket.items.length }) : named(first, L);
}

/** Whole minutes since an instant, none negative. */
export const minutesSince = (at, now) => Math.max(0, Math.floor((now - at) / 60_000));
