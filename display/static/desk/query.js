/** What was typed: a number, a short code, or words for an item. PURE. */

const clean = (text) => text.toUpperCase().replace(/[\s-]/g, "");

/**
 * `readQuery("r46", 3)` → {number: "R046"}; `"7k3m-2q"` and the address in a slip's QR code →
 * {code: "7K3M2Q"}; a bare `"46"` → {tail: "46"}; else null.
 */
export function readQuery(text, digits = 3) {
  const typed = clean(text.split("/").at(-1) ?? "");
  const number = typed.match(/^([A-Z])(\d+)$/);
  if (number && number[2].length <= digits) return { number: number[1] + number[2].padStart(digits, "0") };
  if (/^[0-9A-Z]{6}$/.test(typed)) return { code: typed };
  if (/^\d+$/.test(typed) && typed.length <= digits) return { tail: typed };
  return null;
}

/** The tickets of a list that what was typed so far may mean. */
export function narrowed(tickets, text) {
  const typed = clean(text);
  if (!typed) return tickets;
  const asked = readQuery(text);
  const exact = tickets.filter((ticket) => ticket.number === asked?.number);
  if (exact.length) return exact;
  return tickets.filter((ticket) => ticket.number.includes(typed) || ticket.code?.startsWith(typed)
    || ticket.items.some((item) => item.name.includes(text.trim())));
}

/** How well an item or bundle fits: 0 not at all; letters are first letters of the Pinyin or of English words. */
export function fits(entry, text) {
  const typed = text.trim().toLowerCase();
  if (!typed) return 0;
  if (entry.code?.toLowerCase() === typed || entry.initials.startsWith(typed)) return 3;
  if (entry.name.includes(text.trim()) || entry.name_en.toLowerCase().includes(typed)) return 2;
  return entry.initials.includes(typed) ? 1 : 0;
}

/** The entries that fit, the best first, otherwise in their order. */
export const found = (entries, text) =>
  entries.map((entry) => [fits(entry, text), entry]).filter(([score]) => score > 0)
    .sort(([a], [b]) => b - a).map(([, entry]) => entry);

/** "9:05" and "0905" → "09:05"; null for what is no time of a day. */
export function readTime(text) {
  const [, hour, minute] = text.trim().match(/^(\d{1,2})[:：.]?(\d{2})$/) ?? [];
  return Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, "0")}:${minute}` : null;
}

/** The instant of "09:05" on the hall's wall, which is `wall` ("10:42") at `now`; null if that is still to come. */
export function instantOf(time, wall, now) {
  const minutes = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  const ago = minutes(wall) - minutes(time);
  return ago < 0 ? null : now - (now % 60_000) - ago * 60_000;
}
