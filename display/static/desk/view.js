/** The page as a function of its state: head, alarms, what is searched, what is done. */
import { html } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { clock } from "../shared/time.js";
import { Complaint, Head } from "../staff/sign-in.js";
import { List, Search } from "./find.js";
import { named } from "./names.js";
import { CancelQuestion, GrantQuestion, MoveQuestion } from "./questions.js";
import { Work } from "./tabs.js";

const QUESTIONS = { cancel: CancelQuestion, grant: GrantQuestion, move: MoveQuestion };
const ALARMS = 2;

export function DeskView({ desk, L }) {
  const { cat, link } = desk;
  const Question = desk.asking && QUESTIONS[desk.asking.what];
  return html`<${Head} L=${L} title=${cat ? named(cat.hall, L) : L.t("signIn.product")}><h1 class="page-name">${L.t("desk.title")}</h1>
      ${cat && html`<time>${clock(desk.now, cat.tz)}</time>`}
      ${desk.allowed && html`<span class=${link.state.startsWith("stale") ? "net off" : "net"}>${icon(link.state.startsWith("stale") ? "link-lost" : "link")}${L.t(`link.${link.state}`)}</span>`}
      <a href="/">${L.t("admin.home")}</a><button type="button" onClick=${desk.signOut}>${L.t("signIn.out")}</button><//>
    <div role="alert">${link.state === "stale_banner" && html`<p class="stale">${icon("warning")}${L.t("link.banner", { time: clock(link.heardAt, cat?.tz) })}</p>`}</div>
    ${desk.allowed && html`<${Alarms} L=${L} alarms=${desk.alarms} />`}
    <main class="desk">${!desk.allowed ? html`<div class="panel"><${Complaint} text=${L.t("desk.forbidden")} /></div>`
      : !cat ? html`<div class="panel"><p class="none">${L.t("why.reading")}</p><${Complaint} text=${desk.problem && L.say(desk.problem)} /></div>`
      : html`<div class="find-side"><${Search} desk=${desk} L=${L} /><${List} desk=${desk} L=${L} /></div>
        <${Work} desk=${desk} L=${L} />`}</main>
    ${Question && html`<${Question} key=${desk.asking.what} desk=${desk} L=${L} ticket=${desk.asking.ticket} />`}`;
}

/** Services that people wait for without a window, or with one alone: told, not shouted. */
function Alarms({ L, alarms }) {
  const shown = alarms.slice(0, ALARMS);
  return html`<div class="alarm-strip" role="status">${shown.map((alarm) => html`<p key=${alarm.skill} class=${alarm.level}>
      ${icon("warning")}<span>${alarm.sentence[L.lang()]}</span></p>`)}
    ${alarms.length > ALARMS && html`<a href="/why">${L.t("alarms.others", { n: alarms.length - ALARMS })}</a>`}</div>`;
}
