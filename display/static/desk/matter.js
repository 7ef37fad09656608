/** The items or the bundle that were chosen so far, for a new ticket or a slip that is taken in. */
import { html, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { named } from "./names.js";

const NOTHING = { items: [], bundle: null };

/** `useMatter()` → {items, bundle, ids, any, body, item(code), bundleIs(id), clear()}; choosing twice takes it out again. */
export function useMatter() {
  const [chosen, setChosen] = useState(NOTHING);
  const { items, bundle } = chosen;
  return {
    items,
    bundle,
    ids: bundle ? [bundle] : items,
    any: Boolean(bundle) || items.length > 0,
    body: bundle ? { bundle } : { items },
    item: (code) => setChosen((now) => ({ bundle: null, items: now.items.includes(code) ? now.items.filter((one) => one !== code) : [...now.items, code] })),
    bundleIs: (id) => setChosen((now) => (now.bundle === id ? NOTHING : { items: [], bundle: id })),
    clear: () => setChosen(NOTHING),
  };
}

/** What is chosen, as chips that can be taken out. */
export function Chosen({ desk, L, matter }) {
  const entries = matter.bundle ? [desk.cat.bundles.find((one) => one.id === matter.bundle)] : matter.items.map(desk.itemOf);
  return html`<div class="chosen" role="status">${entries.length === 0 ? html`<p class="none">${L.t("matter.none")}</p>`
    : entries.map((entry) => html`<span class="chip" key=${entry.code ?? entry.id}>${named(entry, L)}
      <button type="button" aria-label=${L.t("matter.out", { name: named(entry, L) })}
        onClick=${() => (entry.code ? matter.item(entry.code) : matter.bundleIs(entry.id))}>${icon("cross")}</button></span>`)}</div>`;
}
