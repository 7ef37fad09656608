/** Choosing what somebody comes for: most used, 一件事 and services by one touch, all of it by name or first letters. */
import { html, useState } from "../shared/html.js";
import { named } from "./names.js";
import { found } from "./query.js";

const MOST_FOUND = 12;
const POPULAR = "popular";
const BUNDLES = "bundles";

/**
 * `onItem(code)` when an item is chosen, `onBundle(id)` when a bundle is; `onEmpty()` when Enter is pressed
 * with nothing typed. `short`: for a dialog.
 */
export function Items({ desk, L, chosen, onItem, onBundle = () => {}, onEmpty = () => {}, bundles = true, short = false }) {
  const { cat } = desk;
  const [text, setText] = useState("");
  const [shelf, setShelf] = useState(POPULAR);
  const entries = text ? found([...(bundles ? cat.bundles : []), ...cat.items], text).slice(0, MOST_FOUND) : shelved(cat, shelf);
  function choose(entry) {
    if (entry.code) onItem(entry.code);
    else onBundle(entry.id);
    setText("");
  }
  function onKeyDown(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (!text) onEmpty();
    else if (entries.length) choose(entries[0]);
  }
  const shelves = [[POPULAR, L.t("items.popular")], ...(bundles ? [[BUNDLES, L.t("items.bundles")]] : []),
    ...cat.skills.map((skill) => [skill.id, named(skill, L)])];
  return html`<div class=${short ? "items short" : "items"}>
    <label class="item-search"><span class="sr">${L.t("items.search")}</span><input name="item" value=${text} autocomplete="off" spellcheck=${false}
      placeholder=${L.t("items.example")} onInput=${(event) => setText(event.currentTarget.value)} onKeyDown=${onKeyDown} /></label>
    ${!text && html`<div class="shelves" role="group" aria-label=${L.t("items.shelves")}>${shelves.map(([id, name]) => html`<button type="button" key=${id}
      aria-pressed=${id === shelf} class=${id === shelf ? "on" : ""} onClick=${() => setShelf(id)}>${name}</button>`)}</div>`}
    ${!entries.length && html`<p class="none" role="status">${L.t("items.none")}</p>`}
    <ul class="tiles">${entries.map((entry) => {
      const id = entry.code ?? entry.id;
      const on = chosen.includes(id);
      return html`<li key=${id}><button type="button" aria-pressed=${on} class=${on ? "tile on" : "tile"} onClick=${() => choose(entry)}>
        ${desk.plate(zoneOf(desk, entry))}<span>${named(entry, L)}</span></button></li>`;
    })}</ul></div>`;
}

function shelved(cat, shelf) {
  if (shelf === BUNDLES) return cat.bundles;
  if (shelf === POPULAR) return cat.popular.map((code) => cat.items.find((item) => item.code === code));
  return cat.items.filter((item) => item.skill === shelf);
}

/** Where somebody with the item, or with the first item of the bundle, waits. */
const zoneOf = (desk, entry) => entry.zone ?? desk.itemOf(entry.items[0])?.zone;
