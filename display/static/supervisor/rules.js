/** The rules that may be changed while the hall works, one at a time. */
import { html, useState } from "../shared/html.js";
import { TwoStep } from "../staff/deeds.js";
import { Block, useAct } from "./parts.js";

const MODES = ["accumulating", "strict"];

export function Rules({ L, page, request, onDone }) {
  const { act, busy, outcome } = useAct(request, L, onDone);
  const values = (page.values ?? []).filter(({ now }) => now);
  const save = ({ name }, value) => act("/policy", { name, value }, L.t("did.policy", { name: L.t(`policy.${name}`), value: shown(value, L) }));
  return html`<${Block} title=${L.t("rules.title")} note=${L.t("rules.note")}>${outcome}
    ${page.values === null ? html`<p class="none">${L.t("why.reading")}</p>` : html`<ul class="rules">${values.map((rule) =>
      html`<${Rule} key=${`${rule.name} ${rule.value}`} L=${L} rule=${rule} busy=${busy} save=${save} />`)}</ul>`}<//>`;
}

const shown = (value, L) => (value === null ? L.t("rules.off") : MODES.includes(value) ? L.t(`mode.${value}`) : value);
const asTyped = (value) => (value === null ? "" : String(value));

/** What was typed as a value of the policy; an empty field means that there is none. */
function valueOf(typed, was) {
  if (MODES.includes(was)) return typed;
  return typed.trim() === "" ? null : Number(typed);
}

function Rule({ L, rule, busy, save }) {
  const [typed, setTyped] = useState(asTyped(rule.value));
  const label = L.t(`policy.${rule.name}`);
  const changed = typed !== asTyped(rule.value);
  const onInput = (event) => setTyped(event.currentTarget.value);
  return html`<li><label><span>${label}${rule.value !== rule.configured && html`<small>${L.t("rules.configured", {
      value: shown(rule.configured, L) })}</small>`}</span>${MODES.includes(rule.value)
        ? html`<select value=${typed} onChange=${onInput}>${MODES.map((mode) => html`<option key=${mode} value=${mode}>${L.t(`mode.${mode}`)}</option>`)}</select>`
        : html`<input type="number" step="any" value=${typed} placeholder=${L.t("rules.off")} onInput=${onInput} />`}</label>
    <${TwoStep} label=${L.t("rules.save")} sure=${L.t("rules.sure")} of=${`${L.t("rules.save")}: ${label}`} busy=${busy || !changed}
      onSure=${() => save(rule, valueOf(typed, rule.value))} /></li>`;
}
