/** Alarms, advice, and the next hours' work against the windows. */
import { WAIT_FRESH_MS } from "../shared/board.js";
import { html } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { clock } from "../shared/time.js";
import { waitText } from "../shared/waits.js";
import { Said } from "./said.js";

const named = (thing, L, key = "name") => (L.lang() === "en" && thing[`${key}_en`]) || thing[key];
const minutesSince = (at, now) => Math.max(0, Math.floor((now - at) / 60_000));

/** Calls for the supervisor stand on the supervisor's page, with their answer. */
export function Alarms({ L, alarms: all, now }) {
  const alarms = all.filter(({ kind }) => kind !== "help");
  return html`<section class="panel alarms"><h2>${L.t("alarms.title")}<small>${alarms.length ? L.t("alarms.count", { n: alarms.length }) : ""}</small></h2>
    <div role="status">${alarms.length === 0
      ? html`<p class="calm">${icon("ok")}${L.t("alarms.none")}</p>`
      : html`<ul>${alarms.map((each) => html`<li key=${[each.kind, each.skill, each.ticket, each.device, each.part].join()}>
          <span class=${`state ${each.level === "alarm" ? "bad" : "warn"}`}>${icon("warning")}${L.t(`alarms.${labelled(each)}.${each.level}`)}</span>
          <${Said} L=${L} words=${each.sentence} /><span class="age">${age(each, minutesSince(each.oldest_at, now), L)}</span></li>`)}</ul>`}</div></section>`;
}

/** Whose words label it: those of windows, of devices, or of anything else. */
const labelled = ({ kind }) => (["windows", "device"].includes(kind) ? kind : "other");

/** How long somebody has waited, or a device has been so. */
function age({ oldest_at: since, device }, n, L) {
  if (!since) return "";
  if (!device) return L.t("alarms.oldest", { n });
  return n ? L.t("alarms.since", { n }) : L.t("alarms.now");
}

export function Advice({ L, staffing }) {
  if (!staffing?.advice.length) return null;
  return html`<section class="panel advice"><h2>${L.t("advice.title")}</h2><ul>${staffing.advice.map((each) => html`<li key=${each.window}>
    <b class="window">${each.window}</b><div><${Said} L=${L} words=${each.sentence} cls="headline" />
      ${staffing.free && html`<${Who} L=${L} clerk=${each.clerk} />`}<p class="evidence">${each.evidence[L.lang()]}</p></div>
    <${Change} L=${L} before=${each.before.load_pct} after=${each.after.load_pct} /></li>`)}</ul></section>`;
}

/** Whether somebody who could do it sits at no window. */
const Who = ({ L, clerk }) => html`<p class="who"><span class=${`state ${clerk ? "ok" : "warn"}`}>${icon(clerk ? "ok" : "warning")}${
  clerk ? L.t("advice.free", { no: clerk.no }) : L.t("advice.nobody")}</span></p>`;

/** How full the windows are without and with the advised one. */
const Change = ({ L, before, after }) => html`<p class="change"><span class="sr">${L.t("advice.load")}</span>
  <span class=${`load ${grade(before)}`}>${percent(before, L)}</span>${icon("arrow-right")}<span class=${`load ${grade(after)}`}>${percent(after, L)}</span></p>`;

/** The look of a load: none, room, full, over. */
export function grade(pct) {
  if (pct === null) return "over";
  if (pct === 0) return "none";
  if (pct <= 70) return "room";
  return pct <= 90 ? "full" : "over";
}

/** Beyond this the figure says nothing more. */
const MOST_PCT = 300;
const percent = (pct, L) => (pct === null ? L.t("load.nobody") : pct > MOST_PCT ? `>${MOST_PCT}%` : `${pct}%`);
const worst = (skill) => Math.max(0, ...skill.loads.map((load) => (load.load_pct === null ? 1000 : load.load_pct)));

/** Those who wait first, then by the fullest hour to come. */
export const ordered = (skills) => [...skills].sort((a, b) => worst(b) - worst(a) || b.waiting - a.waiting);

export function Staffing({ L, staffing, board, now }) {
  if (!staffing) return html`<section class="panel staffing"><h2>${L.t("staffing.title")}</h2><p class="none">${L.t("why.reading")}</p></section>`;
  const tellable = staffing.waits_at !== null && now - staffing.waits_at <= WAIT_FRESH_MS;
  const zones = Object.fromEntries((board?.zones ?? []).map((zone) => [zone.id, zone]));
  return html`<section class="panel staffing"><h2>${L.t("staffing.title")}<small>${basis(staffing, L)}</small></h2>
    <div class="scroll" tabindex="0" role="region" aria-label=${L.t("staffing.title")}><table><thead><tr><th scope="col">${L.t("staffing.skill")}</th>
      <th scope="col">${L.t("staffing.waiting")}</th><th scope="col">${L.t("staffing.wait")}</th><th scope="col">${L.t("staffing.windows")}</th>
      ${staffing.hours.map((hour) => html`<th scope="col" class="hour" key=${hour.start_at}>${clock(hour.start_at, board?.tz)}</th>`)}</tr></thead>
    <tbody>${ordered(staffing.skills).map((skill) => html`<${Row} key=${skill.skill} L=${L} skill=${skill} zone=${zones[skill.zone]} now=${now} wait=${tellable ? skill.wait : null} />`)}</tbody></table></div>
    <p class="legend">${["room", "full", "over"].map((name) => html`<span key=${name}><i class=${`load ${name}`}></i>${L.t(`load.${name}`)}</span>`)}<span>${L.t("staffing.note")}</span></p></section>`;
}

/** Whose demand the loads rest on. */
const basis = ({ days }, L) => (days > 0 ? L.t("staffing.learned", { n: Math.max(1, Math.round(days)) }) : L.t("staffing.configured"));

function Row({ L, skill, zone, now, wait }) {
  const plate = /^[A-E]$/.test(zone?.letter ?? "") ? zone.letter.toLowerCase() : "x";
  const all = skill.windows.length + skill.paused.length + skill.closed.length;
  return html`<tr><th scope="row"><span class=${`plate ${plate}`} aria-hidden="true">${zone?.letter ?? ""}</span>${named(skill, L)}</th>
    <td><b>${skill.waiting}</b>${skill.oldest_at && html`<small>${L.t("staffing.longest", { n: minutesSince(skill.oldest_at, now) })}</small>`}</td>
    <td class="wait" title=${wait ? "" : L.t("staffing.unknown")}>${wait ? waitText(L.t, wait) : "–"}</td>
    <td class=${skill.windows.length ? "" : "lacking"}><b>${skill.windows.length}</b>/${all}</td>
    ${skill.loads.map((load, n) => html`<td key=${n} class="hour"><span class=${`load ${grade(load.load_pct)}`}
      title=${L.t("staffing.cell", { work: load.work_min, room: load.capacity_min })}>${load.load_pct === 0 ? "–" : percent(load.load_pct, L)}</span></td>`)}</tr>`;
}
