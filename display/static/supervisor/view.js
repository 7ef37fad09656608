/** The page as a function of its state: head, the table of windows, and one panel beside it. */
import { html } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { clock } from "../shared/time.js";
import { Complaint, Head } from "../staff/sign-in.js";
import { Advice, Alarms } from "../why/staffing.js";
import { Devices, needy, worstOf } from "./devices.js";
import { Duty } from "./duty.js";
import { Grants } from "./grants.js";
import { Helps } from "./helps.js";
import { LOOKS, minutesInHand, stateOf, totals, windowsOf } from "./hall.js";
import { Notices } from "./notices.js";
import { Rules } from "./rules.js";
import { OneWindow } from "./window.js";

const LINKS = { live: "link", connecting: "link", stale_dot: "link-lost", stale_banner: "link-lost" };
const TABS = [["alarms", "bell"], ["window", "people"], ["devices", "printer"], ["notices", "info"], ["duty", "calendar"], ["rules", "document"], ["grants", "flag"]];

export function SupervisorView({ L, page, allowed, now, onSignOut, ...deeds }) {
  const { board, link } = page;
  const hall = board?.hall;
  const windows = windowsOf(board, page.windows);
  const props = { L, page, windows, now, ...deeds };
  return html`<${Head} L=${L} title=${hall ? (L.lang() === "en" && hall.name_en) || hall.name : L.t("signIn.product")}>
      <h1 class="page-name">${L.t("sup.title")}</h1>
      ${board && html`<time>${clock(now, board.tz)}</time>`}
      ${allowed && html`<span class=${link.state.startsWith("stale") ? "net off" : "net"}>${icon(LINKS[link.state])}${L.t(`link.${link.state}`)}</span>`}
      <a href="/">${L.t("admin.home")}</a><button type="button" onClick=${onSignOut}>${L.t("signIn.out")}</button><//>
    <div role="alert">${link.state === "stale_banner" && html`<p class="stale">${icon("warning")}${L.t("link.banner", {
      time: clock(link.heardAt, board?.tz) })}</p>`}</div>
    <main class="why sup">${!allowed ? html`<div class="panel"><${Complaint} text=${L.t("sup.forbidden")} /></div>` : html`
      <${Complaint} text=${page.problem && L.say(page.problem)} /><${Helps} ...${props} />
      <div class="halves"><${Table} ...${props} /><div class="beside"><${Tabs} ...${props} /><${Panel} ...${props} /></div></div>`}</main>`;
}

function Tabs({ L, page, onOpen }) {
  const names = { window: page.no ? L.t("calls.window", { no: page.no }) : L.t("tab.window"),
    alarms: page.alarms?.length ? L.t("tab.alarmsN", { n: page.alarms.length }) : L.t("tab.alarms"),
    devices: needy(page.devices).length ? L.t("tab.devicesN", { n: needy(page.devices).length }) : L.t("tab.devices") };
  const urgent = (tab) => (tab === "devices" && worstOf(page.devices) === "bad" ? "urgent" : null);
  return html`<nav class="tabs" aria-label=${L.t("tab.label")}>${TABS.map(([tab, sign]) => html`<button type="button" key=${tab} class=${urgent(tab)}
    aria-pressed=${String(page.tab === tab)} onClick=${() => onOpen(tab)}>${icon(sign)}${names[tab] ?? L.t(`tab.${tab}`)}</button>`)}</nav>`;
}

function Panel(props) {
  const { L, page, now } = props;
  const panels = {
    alarms: () => html`<${Alarms} L=${L} alarms=${page.alarms ?? []} now=${now} /><${Advice} L=${L} staffing=${page.staffing} />`,
    window: () => html`<${OneWindow} key=${page.no} ...${props} />`,
    devices: () => html`<${Devices} ...${props} />`,
    duty: () => html`<${Duty} ...${props} />`,
    notices: () => html`<${Notices} ...${props} />`,
    rules: () => html`<${Rules} ...${props} />`,
    grants: () => html`<${Grants} ...${props} />`,
  };
  return html`<div class="panels" tabindex="0" role="region" aria-label=${L.t(`tab.${page.tab}`)}>${panels[page.tab]()}</div>`;
}

/** All windows: state, clerk, number in hand, minutes, skills. */
function Table({ L, page, windows, now, onOpen }) {
  const { open, paused, closed, waiting } = totals(windows, page.board?.waiting);
  return html`<section class="panel table"><h2>${L.t("table.title")}<small>${L.t("table.totals", { open, paused, closed, waiting })}</small></h2>
    <div class="scroll" tabindex="0" role="region" aria-label=${L.t("table.title")}><table><thead><tr>
      <th scope="col">${L.t("table.window")}</th><th scope="col">${L.t("table.state")}</th><th scope="col">${L.t("table.clerk")}</th>
      <th scope="col">${L.t("table.number")}</th><th scope="col" class="n">${L.t("table.minutes")}</th><th scope="col">${L.t("table.skills")}</th></tr></thead>
    <tbody>${windows.map((w) => html`<${Row} key=${w.no} L=${L} w=${w} page=${page} now=${now} onOpen=${onOpen} />`)}</tbody></table></div></section>`;
}

function Row({ L, w, page, now, onOpen }) {
  const state = stateOf(w);
  const [look, sign] = LOOKS[state];
  const chosen = page.tab === "window" && page.no === w.no;
  const english = L.lang() === "en" && w.services_en;
  return html`<tr class=${chosen ? "chosen" : null} onClick=${() => onOpen("window", w.no)}>
    <th scope="row"><button type="button" aria-pressed=${String(chosen)} aria-label=${L.t("calls.window", { no: w.no })}>${w.no}</button></th>
    <td><span class=${`state ${look}`}>${icon(sign)}${L.t(`state.${state}`)}</span></td>
    <td>${w.clerk ?? "–"}</td><td><b>${w.number ?? "–"}</b></td><td class="n">${minutes(w, page.board, now, L)}</td>
    <td class="skills" lang=${english ? "en" : "zh-CN"}>${(english || w.services).join(" · ")}</td></tr>`;
}

/** Of the number in hand; of a pause, when it should end. */
function minutes(w, board, now, L) {
  if (w.state === "paused") return w.until ? L.t("table.until", { time: clock(w.until, board.tz) }) : "–";
  return minutesInHand(w, board.calls, now) ?? "–";
}
