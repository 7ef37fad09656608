/** 一件事: several services of one matter on one ticket. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { sense } from "../names.js";
import { Head, Plate, Sub, has } from "../parts.js";
import { Shell } from "../shell.js";

export const Bundles = ({ view, s, act }) => html`
  <${Shell} view=${view} s=${s} act=${act} cls="bundles" lead=${{ k: "tool.back", name: "back", onClick: () => act("back") }}>
    <${Head} s=${s} k="bundles.ask" />
    <ul class="tiles" data-n=${view.bundles.length}>${view.bundles.slice(0, 6).map((bundle) => html`
      <li key=${bundle.id}><${BundleTile} s=${s} bundle=${bundle} act=${act} /></li>`)}</ul>
  <//>`;

/** What the matter covers; all in one language, so in Chinese where one has no English name. */
const names = (s, bundle) => (s.lang === "en" && bundle.items_en?.every(Boolean) ? bundle.items_en : bundle.items);

function BundleTile({ s, bundle, act }) {
  return html`<button class="tile matter" onClick=${() => act("choose_bundle", { id: bundle.id })}>
    <span class="tile-ic">${icon("bundle")}</span>
    <span class="tile-tx"><b>${sense(s.of(bundle.name, bundle.name_en))}</b><${Sub} s=${s} text=${s.subOf(bundle.name, bundle.name_en)} /></span>
    <span class="within">${names(s, bundle).map((name, i) => html`<span>${sense(name)}${i + 1 < bundle.items.length ? "\u00a0·" : ""}</span> `)}</span>
    <span class="tile-q">${bundle.zones.map((zone) => html`<${Plate} zone=${zone} />`)}<span>${s.t("bundles.items", { n: bundle.items.length })}</span>
      ${has(bundle.minutes) && html`<span class="nb">${s.t("bundles.minutes", { n: bundle.minutes })}</span>`}</span>
  </button>`;
}
