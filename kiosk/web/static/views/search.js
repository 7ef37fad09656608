/** Services by their first letters, typed on the page's own pad. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { sense } from "../names.js";
import { Basket, Head, ItemTile, Sub } from "../parts.js";
import { Shell } from "../shell.js";

const LARGE_TEXT_SHOWS = 3;

export function Search({ view, s, act }) {
  const { text, letters, keys, items, bundles, more, basket } = view.search;
  const most = view.elder ? LARGE_TEXT_SHOWS : items.length + bundles.length;
  const shown = items.slice(0, most);
  const shownBundles = bundles.slice(0, most - shown.length);
  const rest = more + items.length + bundles.length - shown.length - shownBundles.length;
  const press = (key) => act("search_key", { key });
  return html`<${Shell} view=${view} s=${s} act=${act} cls="search" lead=${{ k: "tool.back", name: "back", onClick: () => act("back") }}>
    <div class="in"><${Head} s=${s} k="search.say" />
      <p class="letters-in">${icon("search")}${text ? html`<span>${text}</span>` : html`<span class="hint">${s.t("search.hint")}</span>`}</p></div>
    <div class="found">
      <ul class="tiles">
        ${shown.map((item) => html`<li key=${item.code}><${ItemTile} s=${s} item=${item} act=${act} plain bare=${view.elder} /></li>`)}
        ${shownBundles.map((bundle) => html`<li key=${bundle.id}><${BundleTile} s=${s} bundle=${bundle} act=${act} /></li>`)}
      </ul>
      <p class="more-found" role="status">${found(s, text, shown.length + shownBundles.length, rest)}</p>
      <${Basket} s=${s} basket=${basket} act=${act} />
    </div>
    <div class="letters" role="group" aria-label=${s.t("search.keys")}>
      ${[...letters].map((key) => html`<button key=${key} class="key" disabled=${!keys.includes(key)} onClick=${() => press(key)}>${key.toUpperCase()}</button>`)}
      <button class="key rub" disabled=${!text} onClick=${() => press("back")}>${icon("arrow-left")}<span>${s.t("pad.back")}</span></button>
      <button class="key rub" disabled=${!text} onClick=${() => press("clear")}><span>${s.t("search.clear")}</span></button>
    </div>
  <//>`;
}

function found(s, text, shown, rest) {
  if (!text) return "";
  if (!shown) return s.t("search.none");
  return rest > 0 ? s.count("search.more", rest) : "";
}

const BundleTile = ({ s, bundle, act }) => html`
  <button class="tile" onClick=${() => act("choose_bundle", { id: bundle.id })}>
    <span class="tile-ic">${icon("bundle")}</span>
    <span class="tile-tx"><b>${sense(s.of(bundle.name, bundle.name_en))}</b><${Sub} s=${s} text=${s.subOf(bundle.name, bundle.name_en)} /></span>
  </button>`;
