/** The right side: one tab for each thing a guide does. Another tab is another line of `TABS`. */
import { html } from "../shared/html.js";
import { Appointments } from "./appointments.js";
import { icon } from "../shared/icons.js";
import { Given } from "./slip.js";
import { Take } from "./take.js";
import { TakeIn } from "./take-in.js";
import { TicketPane } from "./ticket.js";

/** `roles`: who may; the order is that of the bar. */
const TABS = [
  { id: "take", sign: "ticket", key: "F2", View: Take, roles: ["guide", "supervisor"] },
  { id: "appointments", sign: "clock", View: Appointments, roles: ["guide", "supervisor"] },
  { id: "ticket", sign: "people", View: TicketPane, roles: ["guide", "supervisor"] },
  { id: "takeIn", sign: "link-lost", View: TakeIn, roles: ["guide"] },
];

export function Work({ desk, L }) {
  const tabs = TABS.filter(({ roles }) => roles.includes(desk.role));
  const { View } = tabs.find(({ id }) => id === desk.tab) ?? tabs[0];
  return html`<section class="panel work"><nav class="tabs" aria-label=${L.t("tabs.label")}>${tabs.map(({ id, sign, key }) => html`
      <button type="button" key=${id} aria-current=${id === desk.tab && !desk.given ? "page" : null} onClick=${() => desk.turn(id)}>${icon(sign)}${
        id === "ticket" && desk.shown ? desk.shown.number : L.t(`tab.${id}`)}${key && html`<kbd>${key}</kbd>`}</button>`)}</nav>
    <div class="pane">${desk.given ? html`<${Given} desk=${desk} L=${L} given=${desk.given} />` : html`<${View} key=${desk.tab} desk=${desk} L=${L} />`}</div></section>`;
}
