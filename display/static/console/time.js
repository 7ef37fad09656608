/** Times as the console writes them. All arguments in milliseconds. */

/** "09:12", from an hour on "1:02:05". Never negative. */
export function stopwatch(ms) {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (n) => String(n).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
}

/** "8:40" for a mean of 520 s. */
export function minutesSeconds(seconds) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** "10:43" on the hall's clock. */
export function clock(at, timeZone = "Asia/Shanghai") {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }).format(at);
}

/** Whole minutes since `at`. */
export function minutesSince(at, now) {
  return Math.max(0, Math.floor((now - at) / 60_000));
}
