/** The console as a strip of 320 × 120 beside another program: number, state, time, four keys. */
import { html } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { PHASES, timerOf } from "./frame.js";
import { Key } from "./keybar.js";
import { loadOf, phaseOf, undoLeft } from "./phase.js";
import { stripDigits, stripKeys } from "./strip.js";
import { stopwatch } from "./time.js";
import { undoWords } from "./undo.js";

export function Mini({ desk, L, now }) {
  const phase = phaseOf(desk.view);
  const look = PHASES[phase];
  const shown = desk.view.ticket ?? (phase === "offered" ? desk.view.offer : null);
  const number = shown?.number ?? L.t("console.windowNo", { no: desk.no });
  return html`<main class="strip"><h1 class=${shown ? "no" : "no words"}>${number}</h1>
    <div class="st"><span class=${`state ${look.look}`}>${icon(look.icon)}${L.t(`phase.${phase}`)}</span>
      <b role="timer">${stopwatch(timerOf(desk, now, L).ms)}</b>
      <small role="status">${line(desk, L)}</small></div>
    <nav class="ks" aria-label=${L.t("keys.label")}><${MiniKeys} desk=${desk} L=${L} /></nav></main>`;
}

function line(desk, L) {
  if (desk.offline) return L.t("console.offline");
  if (desk.notice) return desk.notice.problem ? L.say(desk.notice.problem) : L.t(desk.notice.key, desk.notice.params);
  const left = undoLeft(desk.view, desk.now());
  if (left) return L.t("mini.undo", { words: undoWords(desk, L), key: desk.cap("Esc"), s: left });
  const items = desk.view.ticket?.items.length ?? 0;
  const mine = loadOf(desk.view, desk.hall?.queues).reduce((sum, row) => sum + row.waiting, 0);
  const waiting = L.t("mini.waiting", { n: mine });
  return items > 1 ? `${L.t("mini.bundle", { n: items })} · ${waiting}` : waiting;
}

function MiniKeys({ desk, L }) {
  const digits = stripDigits(desk);
  if (digits) return digits.map(({ id, label, deed }, index) => html`<${Digit} key=${id} n=${index + 1} label=${L.t(label)} deed=${deed} />`);
  const keys = desk.keys();
  return stripKeys(desk).map((name) => html`<${Key} key=${name} desk=${desk} L=${L}
    item=${keys.find((each) => each.key === name)} />`);
}

const Digit = ({ n, label, deed }) =>
  html`<button type="button" class="key on small" data-no-enter onClick=${deed}><kbd>${n}</kbd>${label}</button>`;
