/** The console as a strip of 320 × 120 beside another program: number, state, time, four keys. */
import { html } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { PHASES, timerOf } from "./frame.js";
import { Key } from "./keybar.js";
import { REASONS, RESULTS, loadOf, phaseOf } from "./phase.js";
import { stopwatch } from "./time.js";

/** Which keys fit, the next one first. */
const KEYS = { idle: ["F1", "F9"], called: ["F3", "F2", "F8"], serving: ["F4"], paused: ["F9"] };

export function Mini({ desk, L, now }) {
  const phase = phaseOf(desk.view);
  const look = PHASES[phase];
  const number = desk.view.ticket?.number ?? L.t("console.windowNo", { no: desk.no });
  return html`<main class="strip"><h1 class=${desk.view.ticket ? "no" : "no words"}>${number}</h1>
    <div class="st"><span class=${`state ${look.look}`}>${icon(look.icon)}${L.t(`phase.${phase}`)}</span>
      <b role="timer">${stopwatch(timerOf(desk, now, L).ms)}</b>
      <small role="status">${line(desk, L)}</small></div>
    <nav class="ks" aria-label=${L.t("keys.label")}><${MiniKeys} desk=${desk} L=${L} phase=${phase} /></nav></main>`;
}

function line(desk, L) {
  if (desk.offline) return L.t("console.offline");
  if (desk.notice) return desk.notice.problem ? L.say(desk.notice.problem) : L.t(desk.notice.key, desk.notice.params);
  if (desk.grace) return L.t("grace.text", { s: Math.ceil((desk.grace.until - desk.now()) / 1000), result: L.t(`result.${desk.result}`) });
  const items = desk.view.ticket?.items.length ?? 0;
  const mine = loadOf(desk.view, desk.hall?.queues).reduce((sum, row) => sum + row.waiting, 0);
  const waiting = L.t("mini.waiting", { n: mine });
  return items > 1 ? `${L.t("mini.bundle", { n: items })} · ${waiting}` : waiting;
}

function MiniKeys({ desk, L, phase }) {
  if (desk.overlay === "pause") return REASONS.map(({ id, minutes }, index) =>
    html`<${Digit} key=${id} n=${index + 1} label=${L.t(`reason.${id}`)} deed=${() => desk.pause(id, minutes)} />`);
  if (desk.grace) return RESULTS.map((result, index) =>
    html`<${Digit} key=${result} n=${index + 1} label=${L.t(`result.${result}`)} deed=${() => desk.chooseResult(result)} />`);
  const keys = desk.keys();
  return KEYS[phase]?.map((name) => html`<${Key} key=${name} desk=${desk} L=${L}
    item=${keys.find((each) => each.key === name)} />`);
}

const Digit = ({ n, label, deed }) =>
  html`<button type="button" class="key on small" data-no-enter onClick=${deed}><kbd>${n}</kbd>${label}</button>`;
