/** After the card: the services asked for most at this hour, or the way to all of them. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { sense } from "../names.js";
import { Basket, ItemTile, Sub } from "../parts.js";
import { Shell } from "../shell.js";

const LEAVE = (act) => ({ k: "tool.exit", name: "exit", onClick: () => act("exit") });

export const Home = (props) => (props.view.elder ? html`<${Large} ...${props} />` : html`<${Standard} ...${props} />`);

function Standard({ view, s, act }) {
  const { tiles, bundles } = view.home;
  return html`<${Shell} view=${view} s=${s} act=${act} cls="home" lead=${LEAVE(act)}>
    <${Greet} view=${view} s=${s} />
    <${Basket} s=${s} basket=${view.home.basket} act=${act} />
    <${Tiles} s=${s} items=${tiles} act=${act} />
    ${bundles.length > 0 && html`<${BundleRow} s=${s} bundles=${bundles} act=${act} />`}
    <div class="six">
      <${Small} s=${s} k="home.all" name="all" onClick=${() => act("show_all")} />
      <${Small} s=${s} k="home.search" name="search" onClick=${() => act("search_open")} />
      ${view.home.book && html`<${Small} s=${s} k="home.book" name="calendar" onClick=${() => act("book_open")} />`}
      ${view.home.look && html`<${Small} s=${s} k="home.look" name="ticket" onClick=${() => act("look_open")} />`}
      ${view.home.collect && html`<${Small} s=${s} k="home.collect" name="collect" onClick=${() => act("collect")} />`}
      ${view.home.enquire && html`<${Small} s=${s} k="home.enquire" name="enquiry" onClick=${() => act("enquire")} />`}
    </div>
  <//>`;
}

/** Four services, everything else one step away, and a person to ask. */
function Large({ view, s, act }) {
  return html`<${Shell} view=${view} s=${s} act=${act} cls="elder" lead=${LEAVE(act)}>
    <div class="greet"><h1 id="headline" tabindex="-1">${sense(hello(view, s, "home.helloElder"))}</h1><${TakeCard} view=${view} s=${s} /></div>
    <${Basket} s=${s} basket=${view.home.basket} act=${act} />
    <${Tiles} s=${s} items=${view.home.tiles.slice(0, 4)} act=${act} bare />
    <div class="row2">
      <button class="btn2" onClick=${() => act("show_all")}>${icon("all")}${s.t("home.other")}</button>
      ${view.home.book && html`<button class="btn2" onClick=${() => act("book_open")}>${icon("calendar")}${s.t("home.book")}</button>`}
      ${view.home.look && html`<button class="btn2" onClick=${() => act("look_open")}>${icon("ticket")}${s.t("home.look")}</button>`}
      <button class="btn2" onClick=${() => act("staff")}>${icon("help")}${s.t("home.helpMe")}</button>
    </div>
  <//>`;
}

const Tiles = ({ s, items, act, bare }) => html`
  <ul class="tiles">${items.map((item) => html`<li key=${item.code}><${ItemTile} s=${s} item=${item} act=${act} bare=${bare} /></li>`)}</ul>`;

function hello(view, s, key) {
  if (view.home.basket) return s.t("home.oneMore");
  return hasName(view) ? s.t(key, { who: view.visitor.masked }) : s.t(`${key}Any`);
}

/** Who typed a number has given no name. */
const hasName = (view) => Boolean(view.visitor?.masked) && view.visitor.masked !== "*";

const Greet = ({ view, s }) => html`
  <div class="greet">
    <div><h1 id="headline" tabindex="-1">${sense(hello(view, s, "home.hello"))}</h1>
      <span class="en">${s.lang === "en" ? s.t("home.ask") : html`<span lang="en">${s.sub("home.ask")}</span>`}</span></div>
    <${TakeCard} view=${view} s=${s} />
  </div>`;

/** What is to be said about the card: that it has expired, and that it may be taken back. */
function TakeCard({ view, s }) {
  const { expired, card_on_reader: lies } = view.visitor ?? {};
  return html`<div class="about-card" role="status">
    ${expired && html`<span class="state warn">${icon("warning")}${s.t("home.expired")}</span>`}
    ${lies && html`<span class="state ok">${icon("check")}${s.t("home.card")}</span>`}</div>`;
}

function BundleRow({ s, bundles, act }) {
  const names = bundles.slice(0, 4).map((b) => short(s.of(b.name, b.name_en)));
  const dot = s.lang === "en" ? ", " : " · ";
  return html`<button class="bundle" onClick=${() => act("show_bundles")}>
    <span class="tile-ic">${icon("bundle")}</span>
    <span><b>${s.t("home.bundles")}</b><${Sub} s=${s} text=${s.sub("home.bundles")} />
      <p>${names.map((name, i) => html`<span class=${i > 1 ? "more" : ""}>${i ? dot : ""}<span class="nb">${name}</span></span>`)}${s.lang === "en" ? " …" : s.t("home.more")}</p></span>
    ${icon("chevron")}
  </button>`;
}

/** "新生儿出生一件事" is 新生儿出生 in a row headed 一件事. */
const short = (name) => name.replace(/一件事$/, "");

const Small = ({ s, k, name, onClick }) => html`
  <button class="btn2" onClick=${onClick}>${icon(name)}<span>${s.t(k)}<${Sub} s=${s} text=${s.sub(k)} /></span></button>`;
