/** Who is on duty from now until the roster turns by itself; the lunch duty is chosen beforehand. */
import { html, useState } from "../shared/html.js";
import { TwoStep } from "../staff/deeds.js";
import { Block, useAct } from "./parts.js";

export function Duty({ L, page, windows, request, onDone }) {
  const { act, busy, outcome } = useAct(request, L, onDone);
  const lunch = page.lunch?.windows ?? [];
  const [chosen, setChosen] = useState(null);
  const on = new Set(chosen ?? lunch);
  const flip = (no) => {
    const next = new Set(on);
    if (!next.delete(no)) next.add(no);
    setChosen([...next]);
  };
  const list = [...on].sort((a, b) => a - b);
  const hours = page.lunch?.hours.map((span) => span.join("–")).join(L.t("list.sep"));
  return html`<${Block} title=${L.t("duty.title")} note=${lunch.length ? L.t("duty.lunch", { hours }) : null}>
    <p class="hint">${L.t("duty.hint")}</p>
    <div class="line">${lunch.length > 0 && html`<button type="button" class="small" onClick=${() => setChosen(null)}>${L.t("duty.lunchOnly")}</button>`}
      <button type="button" class="small" onClick=${() => setChosen(windows.map(({ no }) => no))}>${L.t("duty.all")}</button>
      <button type="button" class="small" onClick=${() => setChosen([])}>${L.t("duty.none")}</button></div>
    <fieldset class="grid"><legend class="sr">${L.t("duty.title")}</legend>${windows.map(({ no, state }) => html`<label key=${no}>
      <input type="checkbox" checked=${on.has(no)} onChange=${() => flip(no)} aria-label=${L.t("calls.window", { no })} /><b>${no}</b><small>${L.t(`duty.${state}`)}</small></label>`)}</fieldset>
    <div class="line"><${TwoStep} label=${L.t("duty.go", { n: on.size })} sure=${L.t("duty.sure", { n: on.size })} of=${L.t("duty.go", { n: on.size })} busy=${busy}
      onSure=${() => act("/roster", { on: list }, L.t("did.roster", { list: list.join(L.t("list.sep")) }))} /></div>
    ${outcome}<//>`;
}
