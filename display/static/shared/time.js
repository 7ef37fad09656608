/** Times on screens, in the hall's time zone. */

const formats = new Map();

/** `clock(ms, "Asia/Shanghai")` → "09:05". Empty for null. */
export function clock(ms, tz = "Asia/Shanghai") {
  if (ms === null || ms === undefined) return "";
  if (!formats.has(tz)) {
    formats.set(tz, new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: tz }));
  }
  return formats.get(tz).format(ms);
}

/** The hall's calendar day of a time, "2026-11-23". */
export const hallDay = (ms, tz = "Asia/Shanghai") =>
  new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: tz }).format(ms);
