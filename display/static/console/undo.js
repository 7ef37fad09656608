/** What the last key did, and for how many seconds it may be taken back. */
import { html } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { RESULTS, undoLeft } from "./phase.js";

/** The five results with their digits; the chosen one is pressed. */
export const Choices = ({ desk, L, chosen }) => html`<div class="choices">${RESULTS.map((result, index) => html`<button type="button" key=${result}
  data-no-enter aria-pressed=${String(result === chosen)} disabled=${desk.offline || Boolean(desk.busy)}
  onClick=${() => desk.chooseResult(result)}><kbd>${index + 1}</kbd>${L.t(`result.${result}`)}</button>`)}</div>`;

/** "R031 已办结", by what was done last. */
export function undoWords(desk, L) {
  const { what, number } = desk.view.undo;
  const recorded = desk.correctable();
  return recorded ? L.t("undo.result", { number, result: L.t(`result.${recorded.result}`) }) : L.t(`undo.${what}`, { number });
}

export const UndoKey = ({ desk, L }) => html`<button type="button" class="undo-key" disabled=${desk.offline || Boolean(desk.busy)}
  onClick=${() => desk.undo()}><kbd>${desk.cap("Esc")}</kbd>${L.t("key.undo")}<b>${undoLeft(desk.view, desk.now())}</b></button>`;

/** A bar of its own: the words, the digits that change a result, and the key; nothing once it is too late. */
export function UndoBar({ desk, L }) {
  if (!undoLeft(desk.view, desk.now())) return null;
  const recorded = desk.correctable();
  return html`<div class="undo-bar"><p role="status">${icon("ok")}${undoWords(desk, L)}
      ${recorded && html`<small>${L.t("undo.digits")}</small>`}</p>
    ${recorded && html`<${Choices} desk=${desk} L=${L} chosen=${recorded.result} />`}<${UndoKey} desk=${desk} L=${L} /></div>`;
}
