/** Calling one chosen number before its turn: find it, say why, and confirm. */
import { html, useState } from "../shared/html.js";
import { TwoStep } from "../staff/deeds.js";
import { callable } from "./hall.js";
import { Block } from "./parts.js";

const SHOWN = 5;
const LEAST_WHY = 2;

export function Chosen({ L, page, w, now, busy, deed }) {
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(null);
  const [why, setWhy] = useState("");
  const all = callable(page.tickets ?? [], page.skills ?? [], page.catalogue?.items ?? []);
  const found = all.filter((ticket) => ticket.number.includes(typed.trim().toUpperCase()));
  const ticket = found.find(({ id }) => id === chosen);
  const call = async () => {
    if (await deed("call-chosen", { ticket: ticket.id, why: why.trim() }, { number: ticket.number })) {
      setTyped("");
      setWhy("");
    }
  };
  return html`<${Block} title=${L.t("chosen.title")} note=${L.t("chosen.count", { n: all.length })}>
    <div class="line"><label class="few"><span>${L.t("chosen.number")}</span><input value=${typed} maxlength="8" autocomplete="off" class="upper"
        onInput=${(event) => setTyped(event.currentTarget.value)} /></label>
      <label class="wide"><span>${L.t("chosen.why")}</span><input value=${why} maxlength="80" autocomplete="off" placeholder=${L.t("chosen.example")}
        onInput=${(event) => setWhy(event.currentTarget.value)} /></label></div>
    <${Found} L=${L} found=${found.slice(0, SHOWN)} more=${found.length - SHOWN} chosen=${ticket} now=${now} onChoose=${setChosen} />
    <div class="line"><${TwoStep} label=${L.t("chosen.call")} sure=${L.t("chosen.sure", { number: ticket?.number ?? "" })} of=${L.t("chosen.call")}
      busy=${busy || !ticket || why.trim().length < LEAST_WHY || w.state !== "open" || Boolean(w.number)} onSure=${call} /></div><//>`;
}

function Found({ L, found, more, chosen, now, onChoose }) {
  if (found.length === 0) return html`<p class="none">${L.t("chosen.nobody")}</p>`;
  return html`<fieldset class="found"><legend class="sr">${L.t("chosen.title")}</legend>${found.map((ticket) => html`<label key=${ticket.id}>
    <input type="radio" name="ticket" checked=${ticket === chosen} onChange=${() => onChoose(ticket.id)} /><b>${ticket.number}</b>
    <span>${(L.lang() === "en" && ticket.items[0].name_en) || ticket.items[0].name}</span>
    <small>${L.t("calls.waited", { n: Math.max(0, Math.floor((now - ticket.issued_at) / 60_000)) })}</small></label>`)}
    ${more > 0 && html`<p class="hint">${L.t("chosen.more", { n: more })}</p>`}</fieldset>`;
}
