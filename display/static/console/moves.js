/** Numbers on their way: who is held, who is handed to this window, and giving a number up. */
import { html, useState } from "../shared/html.js";
import { Back, Complaint, Modal, Reasons, Row, onDigit } from "./overlays.js";
import { DROPS, mayDrop, minutesUntil, secondsUntil } from "./phase.js";
import { digitOf } from "./keys.js";
import { whole } from "./ticket.js";

/**
 * A list of BRIEFs with the same two buttons each; the digits press them in the order they stand.
 * `deeds` is [{label, run(brief), main}].
 */
function Briefs({ desk, L, title, hint, briefs, note, deeds }) {
  const onKeyDown = (event) => {
    event.currentTarget.querySelectorAll("[data-deed]")[digitOf(event) - 1]?.click();
  };
  return html`<${Modal} title=${title}><div onKeyDown=${onKeyDown}><p class="hint">${hint}</p>
    <ul class="briefs">${briefs.map((brief, n) => html`<li key=${brief.id}><b>${brief.number}</b>
      <span>${whole(note(brief))}${brief.note && html`<q>${brief.note}</q>`}</span>
      ${deeds.map(({ label, run, main }, m) => html`<button type="button" key=${label} data-deed class=${main ? "main" : null}
        data-first=${n + m === 0 ? "" : null} disabled=${Boolean(desk.busy)}
        onClick=${() => run(brief)}><kbd>${n * deeds.length + m + 1}</kbd>${label}<span class="sr"> ${brief.number}</span></button>`)}</li>`)}</ul>
    <${Complaint} desk=${desk} L=${L} />
    <div class="row"><${Back} desk=${desk} L=${L} /></div></div><//>`;
}

/** Who is held here: call back, or give up. */
export function Held({ desk, L, now }) {
  const note = (brief) => L.t("held.left", { n: minutesUntil(brief.until, now) });
  return html`<${Briefs} desk=${desk} L=${L} title=${L.t("held.title")} hint=${L.t("held.hint")} briefs=${desk.view.held} note=${note}
    deeds=${[
      { label: L.t("key.callBack"), run: (brief) => desk.callBack(brief), main: true },
      { label: L.t("key.drop"), run: (brief) => desk.open("drop", brief) },
    ]} />`;
}

/** Who is handed to this window: take or send back. */
export function Incoming({ desk, L, now }) {
  const note = (brief) => L.t("incoming.from", { no: brief.from, n: minutesUntil(brief.until, now) });
  const hint = L.t(desk.view.ticket ? "incoming.hintBusy" : "incoming.hint", { key: desk.cap("F6") });
  return html`<${Briefs} desk=${desk} L=${L} title=${L.t("incoming.title")} hint=${hint} briefs=${desk.view.incoming} note=${note}
    deeds=${[
      { label: L.t("incoming.accept"), run: (brief) => desk.accept(brief), main: true },
      { label: L.t("incoming.sendBack"), run: (brief) => desk.sendBack(brief) },
    ]} />`;
}

/** Why a number is given up. What must be waited for says how long. */
export function DropForm({ desk, L, now }) {
  const { about, view } = desk;
  const held = Boolean(about);
  const may = (id) => mayDrop(view, id, now, held);
  const [chosen, setChosen] = useState(null);
  const reason = chosen ?? DROPS.find(may);
  const rest = (id) => (may(id) ? null : !held && view.ticket.state === "called"
    ? L.t("drop.wait", { s: secondsUntil(view.ticket.pass_from, now) }) : L.t("drop.notHere"));
  const onSubmit = (event) => {
    event.preventDefault();
    if (may(reason)) desk.drop(reason);
  };
  return html`<${Modal} title=${L.t("drop.title", { number: (about ?? view.ticket).number })}>
    <form onKeyDown=${onDigit(DROPS, setChosen)} onSubmit=${onSubmit}>
    <${Reasons} L=${L} legend=${L.t("drop.reason")} words="drop" ids=${DROPS} chosen=${reason} onChoose=${setChosen} rest=${rest} />
    <p class="hint">${L.t("drop.hint")}</p>
    <${Complaint} desk=${desk} L=${L} />
    <${Row} desk=${desk} L=${L} confirm=${L.t("drop.confirm")} /></form><//>`;
}
