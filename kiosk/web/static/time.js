/** The hall's time as the agent tells it; the panel's own clock is not trusted. */

import { useEffect, useState } from "../shared/html.js";

const base = { hall: Date.now(), here: performance.now() };

export function setNow(ms) {
  base.hall = ms;
  base.here = performance.now();
}

/** Milliseconds since the epoch in the hall. */
export const now = () => base.hall + (performance.now() - base.here);

/** now(), renewed every `step` milliseconds. */
export function useNow(step) {
  const [at, setAt] = useState(now());
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), step);
    return () => clearInterval(timer);
  }, [step]);
  return Math.max(at, now() - step);
}

const WEEK_ZH = "日一二三四五六";
const WEEK_EN = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** {time: "10:42", zh: "3月17日 星期二", en: "Tue 17 Mar"} of an instant in the hall. */
export function wall(ms, tzOffsetMin) {
  const d = new Date(ms + tzOffsetMin * 60_000);
  const two = (n) => String(n).padStart(2, "0");
  return {
    time: `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`,
    zh: `${d.getUTCMonth() + 1}月${d.getUTCDate()}日 星期${WEEK_ZH[d.getUTCDay()]}`,
    en: `${WEEK_EN[d.getUTCDay()]} ${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}`,
  };
}

/** Whole seconds left until a deadline, or null without one. */
export const secondsLeft = (deadline, at) =>
  deadline === null || deadline === undefined ? null : Math.max(0, Math.ceil((deadline - at) / 1000));

/** "2026-03-18" as "3 月 18 日" or "Mar 18", in the language of `which`: "t" or "sub". */
export function dayText(s, iso, which = "t") {
  const [, month, day] = iso.split("-").map(Number);
  return (s.lang === "en") === (which === "t") ? `${MONTHS[month - 1]} ${day}` : `${month} 月 ${day} 日`;
}
