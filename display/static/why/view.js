/** The page as a function of its state: head, the last calls, the question, alarms and staffing. */
import { html } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { clock } from "../shared/time.js";
import { Complaint, Head } from "../staff/sign-in.js";
import { Ask } from "./ask.js";
import { Said } from "./said.js";
import { Advice, Alarms, Staffing } from "./staffing.js";

const LINKS = { live: "link", connecting: "link", stale_dot: "link-lost", stale_banner: "link-lost" };

export function WhyView({ L, page, allowed, now, onAsk, onSignOut }) {
  const { board, link, staff } = page;
  const hall = board?.hall;
  return html`<${Head} L=${L} title=${hall ? (L.lang() === "en" && hall.name_en) || hall.name : L.t("signIn.product")}>
      <h1 class="page-name">${L.t("why.title")}</h1>
      ${board && html`<time>${clock(now, board.tz)}</time>`}
      ${allowed && html`<span class=${link.state.startsWith("stale") ? "net off" : "net"}>${icon(LINKS[link.state])}${L.t(`link.${link.state}`)}</span>`}
      <a href="/">${L.t("admin.home")}</a><button type="button" onClick=${onSignOut}>${L.t("signIn.out")}</button><//>
    <div role="alert">${link.state === "stale_banner" && html`<p class="stale">${icon("warning")}${L.t("link.banner", {
      time: clock(link.heardAt, board?.tz) })}</p>`}</div>
    <main class="why">
    ${!allowed ? html`<div class="panel"><${Complaint} text=${L.t("why.forbidden")} /></div>` : html`
      <${Complaint} text=${page.problem && L.say(page.problem)} />
      <div class="sides"><div class="side">
        ${staff.role !== "auditor" && html`<${Ask} L=${L} ask=${page.ask} tz=${board?.tz} ready=${Boolean(board)} onAsk=${onAsk} />`}
        <${Calls} L=${L} decisions=${page.decisions} tz=${board?.tz} /></div>
      <div class="side">
        <${Alarms} L=${L} alarms=${page.alarms} now=${now} />
        <${Advice} L=${L} staffing=${page.staffing} />
        <${Staffing} L=${L} staffing=${page.staffing} board=${board} now=${now} /></div></div>`}</main>`;
}

const CLASS = { priority: "warn", appointment: "info" };

function Calls({ L, decisions, tz }) {
  return html`<section class="panel calls"><h2>${L.t("calls.title")}<small>${L.t("calls.note")}</small></h2>
    ${decisions === null && html`<p class="none">${L.t("why.reading")}</p>`}
    ${decisions?.length === 0 && html`<p class="none">${L.t("calls.none")}</p>`}
    ${decisions?.length > 0 && html`<ol tabindex="0" aria-label=${L.t("calls.title")}>${decisions.map((each) => html`<li key=${each.seq}>
      <div class="which"><b class="number">${each.number}</b><span class="to">${icon("arrow-right")}<span class="sr">${L.t("calls.to")}</span></span>
        <b class="window">${L.t("calls.window", { no: each.window })}</b><time>${clock(each.at, tz)}</time></div>
      <div class="because"><p class="facts"><span class="item">${itemsOf(each, L)}</span><span class="wait">${L.t("calls.waited", {
          n: Math.floor(each.waited_s / 60) })}</span>
        ${CLASS[each.class] && html`<span class=${`state ${CLASS[each.class]}`}>${L.t(`class.${each.class}`)}</span>`}</p>
        <${Said} L=${L} words=${each.reason} /></div></li>`)}</ol>`}</section>`;
}

function itemsOf(each, L) {
  const names = each.items.map((item) => (L.lang() === "en" && item.name_en) || item.name);
  return names.length > 1 ? L.t("calls.more", { name: names[0], n: names.length - 1 }) : names[0];
}
