/** Where a number stands, in words; what its owner may do with it. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { sense } from "../names.js";
import { Notes, Place, Plate, Sub, has, placeSub, windowsText } from "../parts.js";
import { Shell } from "../shell.js";
import { WaitLine } from "./done.js";

const SIGN = { called: "bell", serving: "people", held: "clock", passed: "warning", returned: "ok", handed: "transfer", finished: "ok" };
const TONE = { called: "good", passed: "mind", dropped: "mind", void: "mind" };

/** What is said of the state, in this language and the other. */
export function stateWords(s, one) {
  const state = one.state === "offered" ? "waiting" : one.state;
  const key = `number.${state}${has(one.window) && ["called", "serving", "held", "handed"].includes(state) ? "At" : ""}`;
  const values = { window: one.window, n: one.behind };
  return [s.t(key, values), s.sub(key, values)];
}

export function Number_({ view, s, act }) {
  const { number: one } = view;
  const [said, sub] = stateWords(s, one);
  const waits = one.state === "waiting" || one.state === "offered";
  return html`<${Shell} view=${view} s=${s} act=${act} cls="number" lead=${{ k: "tool.back", name: "back", onClick: () => act("back") }}>
    <section class="slip" data-theme="dark">
      <p class="lab"><span class="nb">${s.t("number.lab")}</span><span class="what-for">${sense(s.of(one.item, one.item_en))}</span></p>
      <h1 id="headline" class="no" tabindex="-1" data-len=${one.number.length}>${one.number}</h1>
      <${Where} s=${s} one=${one} />
    </section>
    <p class=${`verdict ${TONE[one.state] ?? ""}`} role="status">${icon(SIGN[one.state] ?? "info")}<span>${sense(said)}<${Sub} s=${s} text=${sub} /></span></p>
    <div class="after">${waits && html`<${WaitLine} s=${s} ticket=${one} />`}${rows(view, s).length > 0 && html`<${Notes} rows=${rows(view, s)} />`}</div>
    <${Doings} view=${view} s=${s} act=${act} />
  <//>`;
}

/** The window where it is wanted, else where it waits. */
function Where({ s, one }) {
  if (!one.zone) return null;
  const there = has(one.window) && ["called", "serving", "held", "handed"].includes(one.state);
  const windows = there ? String(one.window) : one.windows;
  return html`<p class="to"><${Plate} zone=${one.zone} /><span>${there
    ? html`<span class="nb">${windowsText(s, windows)}</span>`
    : html`<${Place} s=${s} zone=${one.zone} windows=${windows} /><${Sub} s=${s} text=${placeSub(s, one.zone, windows)} />`}</span></p>`;
}

function rows(view, s) {
  const { number: one } = view;
  const notes = [];
  if (["waiting", "offered", "returned"].includes(one.state)) notes.push(["voice", s.t("number.listen")]);
  if (one.state === "passed" && !one.may_return) notes.push(["help", s.t("number.desk")]);
  if (["dropped", "void"].includes(one.state)) notes.push(["ticket", s.t("number.takeNew")]);
  return notes;
}

function Doings({ view, s, act }) {
  const { number: one, visitor } = view;
  const ended = ["finished", "cancelled", "dropped", "void"].includes(one.state);
  const small = [
    one.may_reprint && ["number.reprint", "printer", "print_own"],
    one.may_cancel && ["number.cancel", "cross", "give_back"],
    visitor && ["number.home", "ticket", "home"],
  ].filter(Boolean);
  return html`<div class="doings">
    ${one.may_return && html`<button class="cta" onClick=${() => act("come_back")}>${icon("rejoin")}${s.t("number.return")}</button>`}
    ${small.length > 0 && html`<div class="three">${small.map(([k, name, deed]) => html`<button class="btn2" onClick=${() => act(deed)}>${icon(name)}${s.t(k)}</button>`)}</div>`}
    ${(!one.may_return || ended) && html`<button class="cta" onClick=${() => act("exit")}>${icon("check")}${s.t("number.fine")}</button>`}
  </div>`;
}
