/** Which numbers staff let go first today, who did it and what they saw. */
import { html } from "../shared/html.js";
import { clock } from "../shared/time.js";
import { Block } from "./parts.js";

const DAY_LENGTH = "2026-11-26-".length;

export function Grants({ L, page }) {
  const { grants } = page;
  return html`<${Block} title=${L.t("grants.title")} note=${grants?.length ? L.t("grants.count", { n: grants.length }) : null}>
    ${grants === null ? html`<p class="none">${L.t("why.reading")}</p>` : grants.length === 0 ? html`<p class="none">${L.t("grants.none")}</p>` : html`<table><thead><tr>
      <th scope="col">${L.t("grants.time")}</th><th scope="col">${L.t("table.number")}</th><th scope="col">${L.t("grants.what")}</th>
      <th scope="col">${L.t("grants.reason")}</th><th scope="col">${L.t("grants.by")}</th></tr></thead>
    <tbody>${grants.map((grant) => html`<tr key=${grant.seq}><td>${clock(grant.at, page.board?.tz)}</td><td><b>${grant.ticket.slice(DAY_LENGTH)}</b></td>
      <td>${L.t(`class.${grant.class}`)}</td><td>${L.t(`grant.${grant.reason}`)}</td><td>${who(grant.by, L)}</td></tr>`)}</tbody></table>`}<//>`;
}

/** "guide:0801" → "导办 0801". */
function who(by, L) {
  const [role, no] = by.split(":");
  return no ? `${L.t(`role.${role}`)} ${no}` : by;
}
