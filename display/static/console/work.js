/** The middle of the console: what to do now. */
import { html, useEffect } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { loadOf, phaseOf } from "./phase.js";
import { Ticket } from "./ticket.js";
import { clock } from "./time.js";

export function Work({ desk, L, now }) {
  const phase = phaseOf(desk.view);
  useEffect(() => scrollTo(0, 0), [phase]); // one column: what is new is at the top
  return html`<main class="work">
    <${Notice} desk=${desk} L=${L} />
    ${phase === "called" || phase === "serving"
      ? html`<${Ticket} desk=${desk} L=${L} />`
      : phase === "paused"
        ? html`<${Paused} desk=${desk} L=${L} />`
        : html`<${Idle} desk=${desk} L=${L} />`}
  </main>`;
}

/** One plain sentence about what went wrong and what to do; Esc or the button takes it away. */
function Notice({ desk, L }) {
  const { notice } = desk;
  const text = notice && (notice.problem ? L.say(notice.problem) : L.t(notice.key, notice.params));
  return html`<div role="alert" class="alerts">${notice && html`<p class="notice">${icon("warning")}
    <span>${text}</span>
    <button type="button" onClick=${() => desk.back()}><kbd>Esc</kbd>${L.t("dismiss")}</button></p>`}</div>`;
}

function Go({ desk, name, label }) {
  return html`<button type="button" class="go" disabled=${desk.offline || Boolean(desk.busy)}
    onClick=${(event) => { if (event.detail > 0) event.currentTarget.blur(); desk.press(name); }}>
    <kbd>${name}</kbd>${label}</button>`;
}

function Idle({ desk, L }) {
  const waiting = loadOf(desk.view, desk.hall?.queues).some((row) => row.waiting > 0);
  const empty = Boolean(desk.nobody) || !waiting;
  const hint = desk.nobody?.[L.lang()] || L.t(empty ? "idle.emptyHint" : "idle.hint");
  return html`<section class="blank">${icon("people")}
    <h2>${L.t(empty ? "idle.emptyTitle" : "idle.title")}</h2><p>${hint}</p>
    <${Go} desk=${desk} name="F1" label=${L.t("key.call")} /></section>`;
}

function Paused({ desk, L }) {
  const { reason, until } = desk.view.window;
  const time = clock(until, desk.hall?.tz);
  return html`<section class="blank">${icon("pause")}
    <h2>${L.t("paused.title", { reason: L.t(`reason.${reason}`) })}</h2>
    <p>${L.t("paused.board", { time })}</p>
    <dl class="plan"><div><dt>${L.t("paused.until")}</dt><dd>${time}</dd></div></dl>
    <${Go} desk=${desk} name="F9" label=${L.t("paused.resume")} /></section>`;
}
