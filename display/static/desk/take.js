/** A number for somebody without a card: what for, what help, a priority with its reason. */
import { html, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { Complaint } from "../staff/sign-in.js";
import { waitText } from "../shared/waits.js";
import { Items } from "./items.js";
import { NEED_ICONS, WAIVABLE } from "./life.js";
import { Chosen, useMatter } from "./matter.js";
import { named } from "./names.js";

export function Take({ desk, L }) {
  const matter = useMatter();
  const [needs, setNeeds] = useState([]);
  const [group, setGroup] = useState("");
  const [grant, setGrant] = useState("");
  const [problem, setProblem] = useState(null);
  const change = (deed) => { setProblem(null); deed(); };
  function clear() {
    change(matter.clear);
    setNeeds([]);
    setGroup("");
    setGrant("");
  }
  async function send(waive = null) {
    if (!matter.any || (group && !grant)) return;
    setProblem(await desk.take({ ...matter.body, needs, priority: group || null, grant: group ? grant : null, waive }));
  }
  return html`<form class="take" onSubmit=${(event) => { event.preventDefault(); send(); }}>
    <${Items} desk=${desk} L=${L} chosen=${matter.ids} onEmpty=${() => send()}
      onItem=${(code) => change(() => matter.item(code))} onBundle=${(id) => change(() => matter.bundleIs(id))} />
    <div class="order">
      <${Chosen} desk=${desk} L=${L} matter=${matter} />
      <div class="more-of"><${Needs} desk=${desk} L=${L} needs=${needs} onChange=${(next) => change(() => setNeeds(next))} />
        <div class="priority"><label><span>${L.t("take.group")}</span><select name="group" value=${group}
            onChange=${(event) => change(() => setGroup(event.currentTarget.value))}><option value="">${L.t("take.noGroup")}</option>
            ${desk.cat.groups.map((each) => html`<option key=${each.id} value=${each.id}>${named(each, L)}</option>`)}</select></label>
          ${group && html`<label><span>${L.t("grant.reason")}</span><select name="grant" value=${grant} required
            onChange=${(event) => change(() => setGrant(event.currentTarget.value))}><option value="">${L.t("take.chooseReason")}</option>
            ${desk.cat.reasons.grant.map((id) => html`<option key=${id} value=${id}>${L.t(`reason.${id}`)}</option>`)}</select></label>`}</div></div>
      <${Complaint} text=${problem && L.say(problem)} />
      ${problem && html`<${Instead} desk=${desk} L=${L} problem=${problem} onWaive=${send} />`}
      <div class="go"><${Wait} desk=${desk} L=${L} matter=${matter} />
        ${(matter.any || needs.length > 0 || group) && html`<button type="button" class="plain" onClick=${clear}>${L.t("take.clear")}</button>`}
        <button class="main" disabled=${desk.busy || !matter.any || (group && !grant)}>${L.t("take.go")}</button></div></div></form>`;
}

/** The help that staff are to give, each a switch; those of `fixed` stay as they are. */
export const Needs = ({ desk, L, needs, onChange, disabled = false, fixed = [] }) => html`
  <fieldset class="needs"><legend>${L.t("needs.title")}</legend><div>${desk.cat.reasons.needs.map((id) => html`
    <button type="button" key=${id} aria-pressed=${needs.includes(id)} class=${needs.includes(id) ? "on" : fixed.includes(id) ? "fixed" : ""} disabled=${disabled || fixed.includes(id)}
      onClick=${() => onChange(needs.includes(id) ? needs.filter((one) => one !== id) : [...needs, id])}>${icon(NEED_ICONS[id] ?? "help")}${L.t(`flag.${id}`)}</button>`)}
  </div></fieldset>`;

/** What a newcomer for the first item would wait. */
function Wait({ desk, L, matter }) {
  const code = matter.bundle ? desk.cat.bundles.find((one) => one.id === matter.bundle).items[0] : matter.items[0];
  const told = code && desk.forecast?.[code];
  const item = code && desk.itemOf(code);
  if (!item) return html`<p class="wait-of"></p>`;
  return html`<p class="wait-of">${desk.plate(item.zone)}<span>${L.t("window.span", { span: item.windows })}</span>
    <b>${told?.wait ? waitText(L.t, told.wait) : L.t("wait.unknown")}</b></p>`;
}

/** What can be done after a refusal: give the number for a reason, or see the one there is. */
function Instead({ desk, L, problem, onWaive }) {
  if (problem.code === "no-low-counter") return html`<p class="instead">${L.t("instead.noLowCounter")}</p>`;
  if (!WAIVABLE.has(problem.code)) return null;
  return html`<fieldset class="instead"><legend>${L.t("instead.waive")}</legend><div>
    ${problem.rest.number && html`<button type="button" class="small" onClick=${() => desk.find(problem.rest.number)}>${L.t("instead.show", { number: problem.rest.number })}</button>`}
    ${desk.cat.reasons.waive.map((id) => html`<button type="button" key=${id} class="small" onClick=${() => onWaive(id)}>${L.t(`waive.${id}`)}</button>`)}</div></fieldset>`;
}
