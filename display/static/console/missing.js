/** 一次性告知单: all that is missing, told once, on paper from the window's printer or the browser's. */
import { html, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { windowName } from "./frame.js";
import { digitOf } from "./keys.js";
import { Back, Complaint, Modal } from "./overlays.js";
import { named, wide } from "./ticket.js";
import { clock } from "./time.js";

const MOST = 30;
const LONGEST = 80;
/** The printer's words with which a notice comes out. */
const PRINTS = new Set(["ok", "mute", "near_end"]);

/** Lines or semicolons part what is typed. */
const typed = (text) => text.split(/[\n;；]/).map((line) => line.trim().slice(0, LONGEST)).filter(Boolean);
const isTyping = ({ target }) => target.matches("textarea");

/** What the clerk ticked as shown is not missing; the rest is, until it is unticked here. */
export function MissingForm({ desk, L }) {
  const { ticket, printer } = desk.view;
  const [names, setNames] = useState(() => new Set(ticket.materials.filter((name) => !desk.ticked.names.has(name))));
  const [text, setText] = useState("");
  const missing = [...new Set([...ticket.materials.filter((name) => names.has(name)), ...typed(text)])].slice(0, MOST);
  const ready = PRINTS.has(printer);
  const turn = (name) => setNames((old) => { const next = new Set(old); if (!next.delete(name)) next.add(name); return next; });
  const onKeyDown = (event) => {
    const name = !isTyping(event) && ticket.materials[digitOf(event) - 1];
    if (name) turn(name);
  };
  const print = () => missing.length > 0 && desk.printSheet(missing);
  const onSubmit = (event) => {
    event.preventDefault();
    if (missing.length > 0) ready ? desk.tellMissing(missing) : print();
  };
  return html`<${Modal} title=${L.t("missing.title", { number: ticket.number })}><form class="missing" onKeyDown=${onKeyDown} onSubmit=${onSubmit}>
    <p class="hint">${L.t("missing.hint")}</p>
    ${ticket.materials.length > 0 && html`<ul class="mat">${ticket.materials.map((name, n) => html`<li key=${name}><label>
      <input type="checkbox" data-first=${n === 0 ? "" : null} checked=${names.has(name)} onChange=${() => turn(name)} />
      <span class="box">${icon("check")}</span><span lang="zh-CN">${n < 9 && html`<kbd>${n + 1}</kbd>`}${wide(name)}</span></label></li>`)}</ul>`}
    <label class="field"><span>${L.t("missing.more")}</span>
      <textarea rows="2" maxlength="400" data-first=${ticket.materials.length === 0 ? "" : null} value=${text}
        placeholder=${L.t("missing.moreHint")} onInput=${(event) => setText(event.currentTarget.value)}></textarea></label>
    <p class=${ready ? "printer" : "printer none"}>${icon(ready ? "ok" : "warning")}<span>${printerSays(printer, L)}</span></p>
    <${Complaint} desk=${desk} L=${L} />
    <div class="row"><${Back} desk=${desk} L=${L} />
      ${ready && html`<button type="button" class="plain" disabled=${missing.length === 0} onClick=${print}>${L.t("missing.browser")}</button>`}
      <button type="submit" class="main" disabled=${missing.length === 0 || Boolean(desk.busy)}><kbd>Enter</kbd>${L.t(ready ? "missing.print" : "missing.browser")}</button></div>
  </form><//>`;
}

const wordOf = (word, L) => L.t(`printer.${["paper_out", "cover_open", "cutter", "near_end"].includes(word) ? word : "trouble"}`);

function printerSays(printer, L) {
  if (!printer) return L.t("missing.noPrinter");
  if (printer === "near_end") return wordOf(printer, L);
  return PRINTS.has(printer) ? L.t("missing.printer") : `${wordOf(printer, L)}${L.t("missing.instead")}`;
}

const ENDS = { sent: "clock", printed: "ok", unproven: "warning", failed: "warning" };

/** Under the documents: the way to the notice, and how the last one of this ticket came out. */
export function MissingLine({ desk, L }) {
  const { ticket, paper } = desk.view;
  const mine = paper?.number === ticket.number ? paper : null;
  const chosen = desk.result === "supplement";
  return html`<div class="tell"><button type="button" class=${chosen ? "main" : null} disabled=${desk.offline || Boolean(desk.busy)}
      onClick=${() => desk.open("missing")}>${chosen && html`<kbd>3</kbd>`}${icon("printer")}${L.t("missing.open")}</button>
    <span role="status">${mine && html`<span class=${`told ${mine.outcome}`}>${icon(ENDS[mine.outcome])}${L.t(`missing.${mine.outcome}`)}${
      mine.outcome === "failed" ? wordOf(mine.word, L) : ""}</span>`}</span></div>`;
}

/** The sheet for the browser's printer: what the slip says, on A4. */
export function MissingSheet({ desk, L }) {
  const { view, no, sheet, hall } = desk;
  const item = view.ticket?.items[sheet.item];
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: hall?.tz }).format(desk.now());
  return html`<section class="paper notice-sheet" aria-hidden="true"><h1>${view.hall.name}</h1><h2>${L.t("missing.paperTitle")}</h2>
    <p class="what"><b>${view.ticket?.number}</b> ${item && named(item, L)}</p>
    <p>${L.t("missing.count", { n: sheet.missing.length })}</p>
    <ol>${sheet.missing.map((name) => html`<li key=${name}>${name}</li>`)}</ol>
    <p>${L.t("missing.all")}</p>
    <p>${[L.t("missing.told", { day, time: clock(desk.now(), hall?.tz) }), L.t("console.windowNo", { no }), windowName(view, L.lang()),
      view.hall.phone && L.t("missing.phone", { phone: view.hall.phone })].filter(Boolean).join("　")}</p>
    <p class="seal">${L.t("missing.seal")}</p></section>`;
}
