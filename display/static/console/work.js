/** The middle of the console: what to do now. */
import { html, useEffect } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { helpOf, loadOf, minutesUntil, phaseOf, secondsUntil } from "./phase.js";
import { Ticket, whole } from "./ticket.js";
import { clock } from "./time.js";
import { UndoBar } from "./undo.js";

/** The bar of an offer is full at its usual grace, s. */
const OFFER_S = 10;

export function Work({ desk, L, now }) {
  const phase = phaseOf(desk.view);
  useEffect(() => scrollTo(0, 0), [phase]); // one column: what is new is at the top
  return html`<main class="work">
    <${Notice} desk=${desk} L=${L} />
    <${Arrivals} desk=${desk} L=${L} now=${now} /><${HelpLine} desk=${desk} L=${L} now=${now} />
    ${html`<${VIEWS[phase] ?? Idle} desk=${desk} L=${L} now=${now} />`}
  </main>`;
}

/** One plain sentence about what went wrong and what to do; Esc or the button takes it away. */
function Notice({ desk, L }) {
  const { notice } = desk;
  const text = notice && (notice.problem ? L.say(notice.problem) : L.t(notice.key, notice.params));
  return html`<div role="alert" class="alerts">${notice && html`<p class=${notice.good ? "notice good" : "notice"}>${icon(notice.good ? "ok" : "warning")}
    <span>${text}</span>
    <button type="button" onClick=${() => desk.back()}><kbd>${desk.cap("Esc")}</kbd>${L.t("dismiss")}</button></p>`}</div>`;
}

/** Who was handed to this window and waits for its word. */
function Arrivals({ desk, L, now }) {
  const [first, ...others] = desk.view.incoming;
  const params = first && { number: first.number, no: first.from, n: minutesUntil(first.until, now), more: others.length };
  return html`<div role="status" class="alerts">${first && html`<p class="arrivals">${icon("transfer")}
    <span><b>${whole(L.t(others.length ? "incoming.more" : "incoming.one", params))}</b>${first.note && html`<q>${first.note}</q>`}</span>
    <button type="button" disabled=${desk.offline || Boolean(desk.busy)} onClick=${() => desk.press("F6")}><kbd>${desk.cap("F6")}</kbd>${L.t("incoming.decide")}</button></p>`}</div>`;
}

/** The call for the supervisor: nobody has answered yet, or who is on the way. */
function HelpLine({ desk, L, now }) {
  const { word, by } = helpOf(desk.view, now);
  return html`<div role="status" class="alerts">${word && html`<p class=${by ? "notice good" : "arrivals"}>${icon("bell")}
    <span><b>${L.t(`help.${word}`, { no: by })}</b></span>
    ${!by && html`<button type="button" disabled=${desk.offline || Boolean(desk.busy)} onClick=${() => desk.withdrawHelp()}>${L.t("help.withdraw")}</button>`}</p>`}</div>`;
}

function Go({ desk, name, label, plain = false }) {
  return html`<button type="button" class=${plain ? "go quiet" : "go"} disabled=${desk.offline || Boolean(desk.busy)}
    onClick=${(event) => { if (event.detail > 0) event.currentTarget.blur(); desk.press(name); }}>
    <kbd>${desk.cap(name)}</kbd>${label}</button>`;
}

function Idle({ desk, L }) {
  const waiting = loadOf(desk.view, desk.hall?.queues).some((row) => row.waiting > 0);
  const empty = Boolean(desk.nobody) || !waiting;
  const hint = desk.nobody?.[L.lang()] || L.t(empty ? "idle.emptyHint" : "idle.hint");
  return html`<section class="blank">${icon("people")}
    <h2>${L.t(empty ? "idle.emptyTitle" : "idle.title")}</h2><p>${hint}</p>
    <${Go} desk=${desk} name="F1" label=${L.t("key.call")} />
    <${UndoBar} desk=${desk} L=${L} /></section>`;
}

/** A number that is reserved for this window: it is called by itself when the time is over. */
function Offered({ desk, L, now }) {
  const { number, until } = desk.view.offer;
  const left = secondsUntil(until, now);
  return html`<section class="blank offer"><p class="lead">${L.t("offer.title")}</p>
    <h2 class="no">${number}</h2>
    <p role="timer" class="count">${whole(L.t("offer.left", { s: left }))}</p>
    <div class="p90" aria-hidden="true"><i style=${{ width: `${Math.min(100, (left / OFFER_S) * 100)}%` }}></i></div>
    <p class="choice"><${Go} desk=${desk} name="F1" label=${L.t("offer.now")} />
      <${Go} desk=${desk} name="F8" label=${L.t("offer.keep")} plain /></p>
    <${UndoBar} desk=${desk} L=${L} /></section>`;
}

/** A pause by the clerk or a supervisor, or by the roster, which ends by itself. */
function Paused({ desk, L }) {
  const { reason, until, rostered } = desk.view.window;
  const time = until ? clock(until, desk.hall?.tz) : null;
  const title = rostered ? L.t(`rostered.${reason}`) : L.t("paused.title", { reason: L.t(`reason.${reason}`) });
  const board = rostered ? L.t(time ? "rostered.until" : "rostered.today", { time }) : L.t("paused.board", { time });
  return html`<section class="blank">${icon(rostered ? "calendar" : "pause")}
    <h2>${title}</h2><p>${board}</p>
    ${time && html`<dl class="plan"><div><dt>${L.t("paused.until")}</dt><dd>${time}</dd></div></dl>`}
    <${Go} desk=${desk} name="F9" label=${L.t(rostered ? "rostered.resume" : "paused.resume")} /></section>`;
}

const VIEWS = { called: Ticket, arrived: Ticket, serving: Ticket, offered: Offered, paused: Paused };
