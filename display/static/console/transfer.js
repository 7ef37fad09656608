/** Handing the ticket on: type a window or a matter, choose by arrows, say a word, Enter. */
import { html, useEffect, useRef, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { Complaint, Modal, Row } from "./overlays.js";
import { receivers } from "./receivers.js";
import { langOf, named, wide } from "./ticket.js";

const LONGEST_NOTE = 80;

export function TransferForm({ desk, L }) {
  const [items, setItems] = useState([]);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const note = useRef(null);
  useEffect(() => { desk.items().then(setItems); }, []);
  const found = receivers(desk.view, desk.hall?.windows ?? [], items, typed);
  const chosen = found[Math.min(at, found.length - 1)];
  const onKeyDown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step && event.key !== "Enter") return;
    event.preventDefault();
    if (step && found.length) setAt((Math.min(at, found.length - 1) + step + found.length) % found.length);
    if (!step && chosen) note.current.focus();
  };
  const onSubmit = (event) => {
    event.preventDefault();
    if (chosen) desk.transfer(chosen.to, note.current.value.trim());
  };
  return html`<${Modal} title=${L.t("transfer.title", { number: desk.view.ticket.number })}><form onSubmit=${onSubmit}>
    <label class="field"><span>${L.t("transfer.to")}</span><input type="text" role="combobox" data-first aria-expanded=${String(found.length > 0)}
      aria-controls=${found.length ? "receivers" : null} aria-activedescendant=${chosen ? `to-${chosen.key}` : null} aria-autocomplete="list" autocomplete="off"
      spellcheck=${false} value=${typed} placeholder=${L.t("transfer.example")} onKeyDown=${onKeyDown}
      onInput=${(event) => { setTyped(event.currentTarget.value); setAt(0); }} /></label>
    <${Choices} L=${L} found=${found} chosen=${chosen} typed=${typed} onChoose=${(n) => { setAt(n); note.current.focus(); }} />
    <label class="field"><span>${L.t("transfer.note")}</span><input type="text" ref=${note} maxlength=${LONGEST_NOTE}
      autocomplete="off" placeholder=${L.t("transfer.noteExample")} /></label>
    <${Complaint} desk=${desk} L=${L} />
    <${Row} desk=${desk} L=${L} disabled=${!chosen} confirm=${confirmWord(chosen, L)} /></form><//>`;
}

const confirmWord = (chosen, L) => chosen?.no ? L.t("transfer.confirmWindow", { no: chosen.no })
  : L.t(chosen ? "transfer.confirmItem" : "transfer.confirm");

function Choices({ L, found, chosen, typed, onChoose }) {
  const active = useRef(null);
  useEffect(() => active.current?.scrollIntoView({ block: "nearest" }), [chosen?.key]);
  if (found.length === 0) return html`<p class="receivers none" role="status">${L.t(typed ? "transfer.nothing" : "transfer.noWindow")}</p>`;
  return html`<ul class="receivers" role="listbox" id="receivers" aria-label=${L.t("transfer.to")}>${found.map((each, n) => html`<li key=${each.key}
    id=${`to-${each.key}`} role="option" aria-selected=${String(each === chosen)} ref=${each === chosen ? active : null} onClick=${() => onChoose(n)}>
    <b>${each.no ? L.t("console.windowNo", { no: each.no }) : html`${icon("transfer")}${each.code}`}</b>
    <span><span lang=${langOf(each, L)}>${wide(named(each, L))}</span><small>${noteOf(each, L)}</small></span></li>`)}</ul>`;
}

const noteOf = (each, L) => each.no ? named(each, L, "note")
  : L.t("transfer.doneAt", { skill: named(each, L, "note"), windows: each.windows });
