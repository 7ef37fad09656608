/** The number is yours: large, with the way to the window. */

import { html, useState } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { sense } from "../names.js";
import { Notes, Place, Plate, Ribbon, Sub, has, placeSub } from "../parts.js";
import { Shell } from "../shell.js";
import { now, secondsLeft, useNow } from "../time.js";
import { waitText } from "./item.js";

export function Done({ view, s, act }) {
  const { ticket } = view;
  const printed = ticket.printed !== false;
  const warn = printed ? view.link === "offline" && !view.alone && "done.offline" : "done.unprinted";
  return html`<${Shell} view=${view} s=${s} act=${act} cls=${warn ? "done off" : "done"}>
    ${warn && html`<${Ribbon} s=${s} k=${warn} name=${printed ? "link-lost" : "printer"} />`}
    <${Slip} s=${s} ticket=${ticket} />
    <div class="after">
      <${WaitLine} s=${s} ticket=${ticket} />
      <${Notes} rows=${notes(view, s, printed)} />
    </div>
    ${printed && html`<${TakeAway} view=${view} s=${s} />`}
    <div class="bye"><${Leaving} deadline=${view.deadline_ms} s=${s} />
      <button class="btn2" onClick=${() => act("exit")}>${icon("check")}${s.t("done.finish")}</button></div>
  <//>`;
}

/** The slip: number and place. Also what `printing` shows as soon as the number is known. */
export const Slip = ({ s, ticket, plain = false }) => html`
  <section class="slip" data-theme="dark">
    <p class="lab"><span class="nb">${s.t("done.number")}</span><span class="what-for">${sense(s.of(ticket.item, ticket.item_en))}</span></p>
    <${Figure} text=${ticket.number} plain=${plain} />
    <p class="to"><${Plate} zone=${ticket.zone} /><span><${Place} s=${s} zone=${ticket.zone} windows=${ticket.windows} />
      <${Sub} s=${s} text=${placeSub(s, ticket.zone, ticket.windows)} /></span></p>
  </section>`;

/** The number; `plain` where another line is the screen's headline. */
const Figure = ({ text, plain }) =>
  plain
    ? html`<p class="no" data-len=${text.length}>${text}</p>`
    : html`<h1 id="headline" class="no" tabindex="-1" data-len=${text.length}>${text}</h1>`;

export function WaitLine({ s, ticket }) {
  if (!has(ticket.ahead) && !ticket.wait) return null;
  return html`<div class="waitline">
    ${has(ticket.ahead) && html`<div class="nb">${s.t("done.ahead")}<b>${ticket.ahead}</b>${s.count("item.aheadUnit", ticket.ahead)}</div>`}
    ${ticket.wait && html`<div class="nb">${s.t("done.wait")}${waitText(s, ticket.wait, (n) => html`<b>${n}</b>`)}</div>`}
  </div>`;
}

export function notes(view, s, printed) {
  const { ticket } = view;
  const rows = [];
  if (ticket.late === true) rows.push(["clock", s.t("done.late")]);
  if (ticket.late === false) rows.push(["calendar", s.t("done.kept")]);
  if (!printed) rows.push(["phone", s.t("done.photo")], ["clock", s.t("done.still")]);
  const away = view.link === "offline" || view.alone;
  if (away && printed) rows.push(["clock", s.t("done.offlineOrder")]);
  if (away && !has(ticket.ahead)) rows.push(["people", s.t("done.offlineAhead")]);
  rows.push(["voice", s.t("done.listen", { zone: s.of(ticket.zone.name, ticket.zone.name_en) })]);
  if (ticket.short_code) rows.push(["enquiry", s.t("done.code", { code: ticket.short_code })]);
  return rows;
}

function TakeAway({ view, s }) {
  const card = view.card_left ?? view.visitor?.card_on_reader ?? true;
  const key = card ? "done.take" : "done.takeTicket";
  return html`<p class="take" role="status">${icon("ticket")}<span>${sense(s.t(key))}<${Sub} s=${s} text=${s.sub(key)} /></span></p>`;
}

/** The seconds until the page clears itself, and a bar that shrinks with them. */
function Leaving({ deadline, s }) {
  const at = useNow(250);
  const [whole] = useState(Math.max(1, (deadline ?? 0) - now()));
  const left = secondsLeft(deadline, at);
  if (left === null) return html`<p></p>`;
  return html`<p><span>${s.t("done.back", { n: left })}</span>
    <progress class="bar" aria-hidden="true" max="1" value=${Math.min(1, Math.max(0, (deadline - at) / whole))}></progress></p>`;
}
