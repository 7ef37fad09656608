/** What a window screen shows, as plain data. PURE: a function of board, link and window number. */
import { isSilent } from "../shared/board.js";
import { emergencyModel } from "../shared/emergency.js";
import { clock } from "../shared/time.js";

/**
 * @param {object} input {state, link, no, words, recalled, pulse, now, evacuate, rating}
 *   recalled: the number on show was called again; pulse: key of a call just heard, or null; now: controller ms;
 *   evacuate: what the key at the screen says; rating: the view of the rating, or null
 */
export function windowModel(input) {
  const { state, link, no, words, recalled, pulse, now, rating } = input;
  const emergency = emergencyModel(input);
  if (emergency) return { kind: "emergency", emergency };
  const signs = { no, link: linkModel(link, words), stale: link.state === "stale_banner" };
  if (!state) return { ...signs, kind: "connecting", ...texts("connecting", words), who: null, icon: "link-lost" };
  const window = state.windows.find((one) => one.no === no);
  if (!window) return { ...signs, kind: "unknown", ...texts("unknown", words), who: null, icon: "warning" };
  const shown = nowModel(window, state.tz, words, recalled);
  if (rating && shown.kind !== "calling" && shown.kind !== "serving" && !signs.stale) return { ...signs, kind: "rating", rating };
  const hush = Boolean(pulse) && shown.kind === "calling" && isSilent(state, window.zone, clock(now, state.tz));
  return { ...signs, who: whoModel(state, window, words), pulse, hush, ...shown, ...(hush && { icon: "mute", sub: words.t("silent") }) };
}

function linkModel(link, words) {
  if (!link.state.startsWith("stale")) return null;
  return link.silentMs === null ? words.t("connecting") : words.t("lost", { n: Math.floor(link.silentMs / 1000) });
}

const texts = (key, words) => ({
  word: words.t(key), en: words.has("en", key) ? words.en(key) : null, number: null, sub: words.t(`${key}_sub`), strong: null,
});

function whoModel(state, window, words) {
  const zone = state.zones.find((one) => one.id === window.zone) ?? { letter: window.zone, cls: "x" };
  return {
    plate: { cls: zone.cls, letter: zone.letter },
    zone: zone.word ? zone.word : words.t("zone", { letter: zone.letter }),
    name: window.name, services: (window.services ?? []).join(" · "),
  };
}

function nowModel(window, tz, words, recalled) {
  if (window.state === "closed") return { kind: "closed", icon: "closed", ...texts("closed", words) };
  if (window.number && !window.serving) {
    return { kind: "calling", icon: "bell", ...texts("calling", words), number: window.number, strong: words.t("calling_sub"), sub: null, again: recalled ? words.t("again") : null };
  }
  if (window.number) return { kind: "serving", icon: "people", ...texts("serving", words), number: window.number };
  if (window.state === "paused") {
    const until = window.until ? words.t("paused_until", { time: clock(window.until, tz) }) : null;
    return { kind: "paused", icon: "pause", ...texts("paused", words), strong: until };
  }
  return { kind: "idle", icon: "ok", ...texts("idle", words) };
}
