/** Kiosks and screens: approve by the code they show, see how they are, revoke. */
import { html, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { TwoStep, useDeed, useList } from "./deeds.js";
import { Complaint } from "./sign-in.js";

const EVERY_MS = 5000;

/** "7k3-m2q " → "7K3M2Q". */
export const plainCode = (typed) => typed.toUpperCase().replace(/[^0-9A-Z]/g, "");

/** {look, icon, key}: how a device is, as the controller judges its newest sign of life. */
export function stateOf(device) {
  if (device.state === "pending") return { look: "warn", icon: "clock", key: "device.pending" };
  if (device.state === "revoked") return { look: "off", icon: "lock", key: "device.revoked" };
  if (!device.seen_at) return { look: "off", icon: "clock", key: "device.approved" };
  if (device.silent) return { look: "warn", icon: "link-lost", key: "device.silent" };
  return ["bad", "warn"].includes(device.level)
    ? { look: "warn", icon: "warning", key: "device.trouble" }
    : { look: "ok", icon: "ok", key: "device.well" };
}

/** What is wrong with it, in short. */
const troubles = (device, L) => device.conditions.filter(({ level }) => level === "bad" || level === "warn")
  .map(({ name, short }) => `${name[L.lang()]} ${short[L.lang()]}`).join(L.t("health.sep"));

function seen(at, now, L) {
  if (!at) return L.t("seen.never");
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return L.t("seen.now");
  if (minutes < 60) return L.t("seen.minutes", { n: minutes });
  if (minutes < 24 * 60) return L.t("seen.hours", { n: Math.floor(minutes / 60) });
  return L.t("seen.days", { n: Math.floor(minutes / 1440) });
}

/** Those waiting for approval first, the revoked last; by name within. */
const ORDER = { pending: 0, approved: 1, revoked: 2 };
export const ordered = (devices) =>
  [...devices].sort((a, b) => ORDER[a.state] - ORDER[b.state] || a.name.localeCompare(b.name, "zh"));

/** The devices and the controller's time of the reading: this machine's own clock may be wrong. */
async function read(request) {
  const { at, devices } = await request.get("/api/v1/devices");
  return devices.map((device) => ({ ...device, at }));
}

export function Devices({ L, request }) {
  const { list, problem, again } = useList(() => read(request), EVERY_MS);
  const deed = useDeed(request);
  const [approved, setApproved] = useState(null);
  async function approve(event) {
    event.preventDefault();
    const form = event.currentTarget;
    setApproved(null);
    const answer = await deed.run("/api/v1/devices/approve", { code: plainCode(new FormData(form).get("code")) });
    if (!answer) return;
    setApproved(answer);
    form.reset();
    again();
  }
  async function revoke(device) {
    if (await deed.run(`/api/v1/devices/${encodeURIComponent(device)}/revoke`)) again();
  }
  const trouble = deed.problem ?? problem;
  return html`<section class="panel"><h2>${L.t("devices.title")}</h2>
    <form class="form short" onSubmit=${approve}><label><span>${L.t("devices.code")}</span><input name="code" class="code-input"
      required autocomplete="off" autocapitalize="characters" spellcheck=${false} maxlength="9" placeholder="7K3-M2Q" /></label>
      <button class="main" disabled=${deed.busy}>${L.t("devices.approve")}</button></form>
    <${Complaint} text=${trouble && L.say(trouble)} />
    <div role="status">${approved && html`<p class="well">${icon("ok")}<span>${L.t("devices.approved", {
      name: approved.name, kind: L.t(`kind.${approved.kind}`) })}</span></p>`}</div>
    ${list?.length === 0 && html`<p class="none">${L.t("devices.none")}</p>`}
    ${list?.length > 0 && html`<div class="scroll"><table><thead><tr><th scope="col">${L.t("devices.name")}</th>
      <th scope="col">${L.t("staff.state")}</th><th scope="col">${L.t("devices.seen")}</th>
      <th scope="col">${L.t("staff.deed")}</th></tr></thead><tbody>${ordered(list).map((each) =>
        html`<${Device} key=${each.device} each=${each} L=${L} busy=${deed.busy}
          onRevoke=${() => revoke(each.device)} />`)}</tbody></table></div>`}</section>`;
}

function Device({ each, L, busy, onRevoke }) {
  const look = stateOf(each);
  return html`<tr><td><b>${each.name}</b><small>${L.t(`kind.${each.kind}`)}</small></td>
    <td><span class=${`state ${look.look}`}>${icon(look.icon)}${L.t(look.key)}</span>
      ${look.key === "device.trouble" && html`<small>${troubles(each, L)}</small>`}</td>
    <td>${seen(each.seen_at, each.at, L)}</td>
    <td>${each.state !== "revoked" && html`<${TwoStep} label=${L.t("devices.revoke")} sure=${L.t("devices.sure")} busy=${busy}
      of=${L.t("devices.revokeOf", { name: each.name })} onSure=${onRevoke} />`}</td></tr>`;
}
