/** The paper log: what is written by hand while the controller is lost, to be entered when it is back. */
import { html } from "../shared/html.js";
import { windowName } from "./frame.js";
import { named } from "./ticket.js";
import { clock } from "./time.js";

const ROWS = 18;
const COLUMNS = ["number", "item", "called", "arrived", "ended", "result", "note"];

/** An A4 sheet that only the printer shows. The number in hand stands in its first line. */
export function PaperLog({ desk, L }) {
  const { view, no, staffNo, hall } = desk;
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: hall?.tz }).format(desk.now());
  return html`<section class="paper" aria-hidden="true"><h1>${L.t("paper.title", { hall: view.hall.name })}</h1>
    <p>${[L.t("console.windowNo", { no }), windowName(view, L.lang()), L.t("console.staffNo", { no: staffNo }), L.t("paper.day", { day })].join("　")}</p>
    <table><thead><tr>${COLUMNS.map((name) => html`<th key=${name} class=${`p-${name}`}>${L.t(`paper.${name}`)}</th>`)}</tr></thead>
    <tbody>${Array.from({ length: ROWS }, (_, n) => html`<${Line} key=${n} ticket=${n === 0 ? view.ticket : null} L=${L} tz=${hall?.tz} />`)}</tbody></table>
    <p>${L.t("paper.hint")}</p></section>`;
}

function Line({ ticket, L, tz }) {
  const item = ticket?.items[ticket.active ?? 0];
  const time = (at) => (at ? clock(at, tz) : "");
  return html`<tr><td>${ticket?.number}</td><td>${item && named(item, L)}</td><td>${time(ticket?.called_at)}</td><td>${time(ticket?.arrived_at)}</td><td></td><td></td><td></td></tr>`;
}

/** Says that the connection is lost, and gives the sheet. */
export const LostBanner = ({ desk, L }) => html`<div role="alert" class="banner-place">${desk.offline && html`<p class="banner"><span>${L.t("offline.banner")}</span>
  <button type="button" onClick=${() => print()}>${L.t("menu.paper")}</button></p>`}</div>`;
