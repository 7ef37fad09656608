/** Every service in two steps, group then item: with 取号 any item is four taps after the card. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { sense } from "../names.js";
import { Basket, Head, ItemTile, Plate, Sub } from "../parts.js";
import { Shell } from "../shell.js";

export function All({ view, s, act }) {
  const { groups, group, basket } = view.all;
  return html`<${Shell} view=${view} s=${s} act=${act} cls=${group ? "all one" : "all"} at=${group?.id ?? "groups"} lead=${{ k: "tool.back", name: "back", onClick: () => act("back") }}>
    ${group
      ? html`<${Items} key=${group.id} s=${s} group=${group} act=${act} basket=${basket} />`
      : html`<${Groups} s=${s} all=${view.all} groups=${groups} act=${act} />`}
  <//>`;
}

const Groups = ({ s, all, groups, act }) => html`
  <${Head} s=${s} k=${all.basket ? "home.oneMore" : "all.ask"} />
  <ul class="tiles groups" data-n=${groups.length}>${groups.map((group) => html`
    <li key=${group.id}><button class="tile group" onClick=${() => act("group", { id: group.id })}>
      <${Plate} zone=${group.zone} />
      <span class="tile-tx"><b>${sense(s.of(group.name, group.name_en))}</b><${Sub} s=${s} text=${s.subOf(group.name, group.name_en)} /></span>
      <span class="count">${s.count("all.items", group.count)}</span>
    </button></li>`)}
  </ul>
  ${all.basket
    ? html`<${Basket} s=${s} basket=${all.basket} act=${act} />`
    : all.search && !all.kind && html`<div class="row2">
      <button class="btn2" onClick=${() => act("search_open")}>${icon("search")}${s.t("all.search")}</button>
      <button class="btn2" onClick=${() => act("show_bundles")}>${icon("bundle")}${s.t("home.bundles")}</button></div>`}`;

function Items({ s, group, act, basket }) {
  const { page, pages } = group;
  const turn = (to) => act("turn", { page: String(to) });
  return html`
    <div class="headline grouped"><${Plate} zone=${group.zone} /><div><h1 id="headline" tabindex="-1">${sense(s.of(group.name, group.name_en))}</h1>
      <${Sub} s=${s} text=${s.subOf(group.name, group.name_en) || s.t("all.pick")} /></div></div>
    <ul class="tiles items" data-n=${group.items.length}>${group.items.map((item) => html`
      <li key=${item.code}><${ItemTile} s=${s} item=${item} act=${act} plain /></li>`)}</ul>
    <${Basket} s=${s} basket=${basket} act=${act} />
    ${pages > 1 && html`<div class="pages">
      <button class="btn2" disabled=${page === 0} onClick=${() => turn(page - 1)}>${icon("arrow-left")}${s.t("all.previous")}</button>
      <p>${s.t("all.page", { n: page + 1, of: pages })}</p>
      <button class="btn2" disabled=${page + 1 === pages} onClick=${() => turn(page + 1)}>${s.t("all.next")}${icon("arrow-right")}</button>
    </div>`}`;
}
