/** The parts screens are composed of. Each takes `s`, the speaker that knows the language. */

import { html } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { sense } from "./names.js";
import { dayText } from "./time.js";

/** Icons of the agent's views in the names of the shared set. */
const ICON_OF = {
  id: "id-card", doc: "document", card: "social-card", yen: "money", invoice: "receipt",
  generic: "document",
};

export const itemIcon = (name) => icon(ICON_OF[name] ?? name ?? "document");

/** The second language, smaller, below or beside the first. Draws nothing without words. */
export const Sub = ({ s, text }) =>
  text ? html`<span class="en" lang=${s.subTag}>${sense(text)}</span>` : null;

/** A headline with its second language. `id` is what the screen is labelled by. */
export const Head = ({ s, k, values }) => html`
  <div class="headline"><h1 id="headline" tabindex="-1">${sense(s.t(k, values))}</h1><${Sub} s=${s} text=${s.sub(k, values)} /></div>`;

export const Plate = ({ zone }) =>
  html`<span class=${`plate ${zone.cls ?? "x"}`}>${zone.letter}</span>`;

/** "一楼B区 3–8 号窗口", in the chosen language. */
export function Place({ s, zone, windows }) {
  return html`<span class="nb">${s.of(zone.name, zone.name_en)}</span>${windows ? html` <span class="nb">${windowsText(s, windows)}</span>` : null}`;
}

export function placeSub(s, zone, windows) {
  const name = s.subOf(zone.name, zone.name_en);
  if (!name) return "";
  const zh = s.lang === "en";
  return [name, windows ? s.sub(windowsKey(windows), { n: counted(windows, zh) }) : ""].filter(Boolean).join(zh ? " " : ", ");
}

export const windowsText = (s, windows) => s.t(windowsKey(windows), { n: counted(windows, s.lang !== "en") });
const counted = (windows, zh) => (zh ? windows : windows.replaceAll("、", ", "));
const windowsKey = (windows) => (/^\d+$/.test(windows) ? "item.windows" : "item.windowsMany");

/** One service to choose. `plain` has no icon, `bare` no queue. */
export function ItemTile({ s, item, act, plain = false, bare = false }) {
  return html`
    <button class="tile" onClick=${() => act("choose", { code: item.code })}>
      ${plain ? null : html`<span class="tile-ic">${itemIcon(item.icon)}</span>`}
      <span class="tile-tx"><b>${sense(s.of(item.name, item.name_en))}</b><${Sub} s=${s} text=${s.subOf(item.name, item.name_en)} /></span>
      ${bare ? null : html`<${TileQueue} s=${s} item=${item} />`}
    </button>`;
}

/** When numbers are given again for a service, in words. */
export function shutText(s, { why, again, again_on: on }, which = "t") {
  const time = on ? `${dayText(s, on, which)} ${again}` : again;
  return s[which](`shut.${why}${again ? "" : "Today"}`, { time });
}

function TileQueue({ s, item }) {
  if (item.shut) return html`<span class="tile-q shut-now">${icon("clock")}<span>${sense(shutText(s, item.shut))}</span></span>`;
  const known = item.ahead !== null && item.ahead !== undefined;
  return html`<span class="tile-q"><${Plate} zone=${item.zone} />${known
    ? html`<span class="nb">${s.t("home.ahead")}<b>${item.ahead}</b>${s.count("home.aheadUnit", item.ahead)}</span>`
    : html`<span>${sense(s.of(item.zone.name, item.zone.name_en))}</span>`}</span>`;
}

/** What is on the number already, while one more service is chosen. */
export function Basket({ s, basket, act }) {
  if (!basket) return null;
  const names = basket.names.map((zh, i) => s.of(zh, basket.names_en[i]));
  return html`<section class="basket">
    <p><b>${s.t("basket.have", { n: names.length, of: basket.most })}</b>${sense(names.join(s.lang === "en" ? "; " : "、"))}</p>
    <button class="btn2" onClick=${() => act("show_basket")}>${icon("check")}${s.t("basket.enough")}</button>
  </section>`;
}

/** Something to do when the ordinary way is shut: a big row with a sentence below it. */
export const Way = ({ s, k, how, name, main = false, onClick }) => html`
  <button class=${main ? "way main" : "way"} onClick=${onClick}>
    <span class="tile-ic">${icon(name)}</span>
    <span><b>${sense(s.t(k))}</b><span>${sense(s.t(how))}</span></span>
    ${icon("chevron")}
  </button>`;

export const Notes = ({ rows }) => html`
  <ul class="notes">${rows.map(([name, text]) => html`<li>${icon(name)}<span>${sense(text)}</span></li>`)}</ul>`;

export const Ribbon = ({ s, k, name = "warning" }) => html`
  <p class="ribbon" role="status">${icon(name)}<span>${sense(s.t(k))}<${Sub} s=${s} text=${s.sub(k)} /></span></p>`;

export const has = (value) => value !== null && value !== undefined && value !== "";
