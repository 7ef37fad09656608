/** Kiosks and screens: how each one is, since when, and what to do; the worst first. */
import { html } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { clock } from "../shared/time.js";
import { Said } from "../why/said.js";
import { Block } from "./parts.js";

const ORDER = ["bad", "warn", "ok", "off"];
const LOOKS = { bad: ["bad", "warning"], warn: ["warn", "warning"], ok: ["ok", "ok"], off: ["off", "closed"] };
const DAY_MS = 24 * 60 * 60 * 1000;

/** Those in service, the worst first, by name within. */
export const ordered = (devices) => [...(devices ?? [])].filter(({ state }) => state !== "revoked")
  .sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level) || a.name.localeCompare(b.name, "zh"));

/** Those that somebody has to see to. */
export const needy = (devices) => ordered(devices).filter(({ level }) => level === "bad" || level === "warn");

/** The level of the worst one, "ok" when there is none. */
export const worstOf = (devices) => ordered(devices)[0]?.level ?? "ok";

export function Devices({ L, page, now }) {
  const list = ordered(page.devices);
  const note = list.length > 0 && L.t("devices.count", { n: list.length, bad: needy(list).length });
  return html`<${Block} title=${L.t("devices.all")} note=${note}>
    ${page.devices === null ? html`<p class="none">${L.t("why.reading")}</p>` : list.length === 0 && html`<p class="none">${L.t("devices.none")}</p>`}
    <ul class="devices">${list.map((device) => html`<${Device} key=${device.device} L=${L} device=${device} now=${now} tz=${page.board?.tz} />`)}</ul><//>`;
}

function Device({ L, device, now, tz }) {
  const [look, sign] = LOOKS[device.level];
  const troubles = device.conditions.filter(({ level }) => level !== "ok");
  const fine = device.conditions.filter(({ level }) => level === "ok");
  return html`<li class=${device.level}><div class="which"><b>${device.name}</b><small>${L.t(`kind.${device.kind}`)}</small>
      <span class=${`state ${look}`}>${icon(sign)}${L.t(`level.${device.level}`)}</span></div>
    ${troubles.map((each) => html`<div class="trouble" key=${each.part}><p><b>${each.name[L.lang()]}</b>
        <span class=${`state ${LOOKS[each.level][0]}`}>${each.short[L.lang()]}</span>
        <span class="age">${since(each, now, L, tz)}</span></p><${Said} L=${L} words=${each.say} /></div>`)}
    ${fine.length > 0 && html`<p class="fine">${fine.map((each) => html`<span key=${each.part}>${each.name[L.lang()]} ${each.short[L.lang()]}</span>`)}</p>`}</li>`;
}

/** A silent device is told by the time of its last word, everything else by its age. */
function since({ word, since_at: at }, now, L, tz) {
  if (word === "pending") return "";
  const minutes = Math.max(0, Math.floor((now - at) / 60_000));
  if (word === "silent" || word === "never") return L.t(now - at < DAY_MS ? "since.heard" : "since.long", { time: clock(at, tz), days: Math.floor((now - at) / DAY_MS) });
  if (minutes < 1) return L.t("since.now");
  return minutes < 60 ? L.t("since.minutes", { n: minutes }) : L.t("since.hours", { n: Math.floor(minutes / 60) });
}
