/** The keys of this browser: press a new one, take one away, or go back to what the hall has. */
import { html, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { ACTIONS, MOST_KEYS, bind, capOf, unbind } from "./keymap.js";
import { Back, Modal } from "./overlays.js";

const STAYS = new Set(["Tab", "ShiftLeft", "ShiftRight"]);

export function KeySettings({ desk, L, keys }) {
  const [waiting, setWaiting] = useState(null); // the deed for which a key is to be pressed
  const [said, setSaid] = useState(null);
  const map = keys.map();
  const keep = (id, outcome, code) => {
    setWaiting(null);
    if (outcome.map) keys.set(outcome.map);
    setSaid(outcome.map ? null : L.t(`keys.${outcome.problem}`, { key: capOf(code), deed: L.t(`deed.${outcome.owner ?? id}`) }));
  };
  const onKeyDown = (event) => {
    if (!waiting || STAYS.has(event.code)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return;
    if (event.code === "Escape" && map.back.includes("Escape") && waiting !== "back") return setWaiting(null);
    keep(waiting, bind(map, waiting, event.code), event.code);
  };
  const reset = () => { keys.reset(); setWaiting(null); setSaid(L.t("keys.isReset")); };
  return html`<${Modal} title=${L.t("keys.title")} wide><div onKeyDown=${onKeyDown}><p class="hint">${L.t("keys.hint")}</p>
    <div role="status">${said && html`<p class="notice">${icon("info")}<span>${said}</span></p>`}</div>
    <ul class="keylist">${ACTIONS.map(([id], n) => html`<${Row} key=${id} id=${id} first=${n === 0} L=${L} codes=${map[id]} waiting=${waiting === id}
      onAdd=${() => { setSaid(null); setWaiting(waiting === id ? null : id); }} onTake=${(code) => keep(id, unbind(map, id, code), code)} />`)}</ul>
    <div class="row"><button type="button" class="plain" disabled=${!keys.changed()} onClick=${reset}>${L.t("keys.reset")}</button>
      <${Back} desk=${desk} L=${L} /></div></div><//>`;
}

function Row({ id, L, codes, waiting, first, onAdd, onTake }) {
  const deed = L.t(`deed.${id}`);
  return html`<li class=${waiting ? "waiting" : null}><b>${deed}</b><span class="caps">${codes.map((code) => html`<button type="button" key=${code}
      aria-label=${L.t("keys.take", { key: capOf(code), deed })} onClick=${() => onTake(code)}><kbd>${capOf(code)}</kbd>${icon("cross")}</button>`)}
    ${(waiting || codes.length < MOST_KEYS) && html`<button type="button" class="add" data-first=${first ? "" : null} aria-pressed=${String(waiting)}
      aria-label=${L.t("keys.addTo", { deed })} onClick=${onAdd}>${waiting ? L.t("keys.press") : html`${icon("plus")}${L.t("keys.add")}`}</button>`}</span></li>`;
}
