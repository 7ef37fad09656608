/** The staff accounts: list, add (shows the one-time link), disable. */
import { html, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { TwoStep, useDeed, useList } from "./deeds.js";
import { Complaint } from "./sign-in.js";

const ROLES = ["clerk", "guide", "supervisor", "admin", "auditor"];
const EVERY_MS = 15_000;

export function Accounts({ L, request, me }) {
  const { list, problem, again } = useList(() => request.get("/api/v1/staff").then((answer) => answer.staff), EVERY_MS);
  const deed = useDeed(request);
  const [link, setLink] = useState(null);
  async function add(event) {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const answer = await deed.run("/api/v1/staff", {
      staff_no: fields.get("staff_no").trim(), role: fields.get("role"),
    });
    if (!answer) return;
    setLink({ no: answer.staff_no, url: new URL(answer.setup, location.origin).href });
    form.reset();
    again();
  }
  async function disable(no) {
    if (await deed.run(`/api/v1/staff/${encodeURIComponent(no)}/disable`)) again();
  }
  const trouble = deed.problem ?? problem;
  return html`<section class="panel"><h2>${L.t("staff.title")}</h2>
    <form class="form" onSubmit=${add}>
      <label><span>${L.t("field.staffNo")}</span><input name="staff_no" required autocomplete="off" maxlength="32" /></label>
      <label><span>${L.t("staff.role")}</span><select name="role">${ROLES.map((role) =>
        html`<option key=${role} value=${role}>${L.t(`role.${role}`)}</option>`)}</select></label>
      <button class="main" disabled=${deed.busy}>${L.t("staff.add")}</button></form>
    <${Complaint} text=${trouble && L.say(trouble)} />
    ${link && html`<${Link} key=${link.url} L=${L} link=${link} onHide=${() => setLink(null)} />`}
    ${list?.length === 0 && html`<p class="none">${L.t("staff.none")}</p>`}
    ${list?.length > 0 && html`<div class="scroll"><table><thead><tr><th scope="col">${L.t("field.staffNo")}</th>
      <th scope="col">${L.t("staff.role")}</th><th scope="col">${L.t("staff.state")}</th>
      <th scope="col">${L.t("staff.deed")}</th></tr></thead><tbody>${list.map((each) =>
        html`<${Account} key=${each.staff_no} each=${each} L=${L} busy=${deed.busy} mine=${each.staff_no === me}
          onDisable=${() => disable(each.staff_no)} />`)}</tbody></table></div>`}</section>`;
}

function Account({ each, L, mine, busy, onDisable }) {
  return html`<tr><td><b>${each.staff_no}</b></td><td>${L.t(`role.${each.role}`)}</td>
    <td>${each.active
      ? html`<span class="state ok">${icon("ok")}${L.t("staff.active")}</span>`
      : html`<span class="state off">${icon("lock")}${L.t("staff.disabled")}</span>`}</td>
    <td>${each.active && !mine && html`<${TwoStep} label=${L.t("staff.disable")} sure=${L.t("staff.sure")} busy=${busy}
      of=${L.t("staff.disableOf", { no: each.staff_no })} onSure=${onDisable} />`}</td></tr>`;
}

/** The link is on the page until it is put away, and nowhere afterwards. */
function Link({ L, link, onHide }) {
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(link.url).then(() => setCopied(true), () => null);
  return html`<div class="link-once" role="status"><b>${L.t("link.title", { no: link.no })}</b>
    <p>${L.t("link.note")}</p><output>${link.url}</output><div class="row">
    ${navigator.clipboard && html`<button type="button" class="small" onClick=${copy}>${L.t(copied ? "link.copied" : "link.copy")}</button>`}
    <button type="button" class="small" onClick=${onHide}>${L.t("link.hide")}</button></div></div>`;
}
