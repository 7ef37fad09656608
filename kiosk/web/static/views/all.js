/** Every service in two steps, group then item: with 取号 any item is four taps after the card. */

import { html, useState } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { sense } from "../names.js";
import { Head, ItemTile, Plate, Sub } from "../parts.js";
import { Shell } from "../shell.js";

export const PAGE = 12; // the largest group of a district hall; more are paged

export function All({ view, s, act }) {
  const [open, setOpen] = useState(null);
  const [page, setPage] = useState(0);
  const { groups } = view.all;
  const only = groups.length === 1; // e.g. 只领证: nothing to choose between
  const group = only ? groups[0] : (groups.find(({ id }) => id === open) ?? null);
  const show = (id) => {
    setOpen(id);
    setPage(0);
  };
  // Back from the items is back to the groups; the agent only knows the way home.
  const back = () => (group && !only ? show(null) : act("back"));
  return html`<${Shell} view=${view} s=${s} act=${act} cls=${group ? "all one" : "all"} lead=${{ k: "tool.back", name: "back", onClick: back }}>
    ${group
      ? html`<${Items} key=${group.id} s=${s} group=${group} act=${act} page=${page} turn=${setPage} />`
      : html`<${Groups} s=${s} groups=${groups} open=${show} />`}
  <//>`;
}

const Groups = ({ s, groups, open }) => html`
  <${Head} s=${s} k="all.ask" />
  <ul class="tiles groups" data-n=${groups.length}>${groups.map((group) => html`
    <li key=${group.id}><button class="tile group" onClick=${() => open(group.id)}>
      <${Plate} zone=${group.zone} />
      <span class="tile-tx"><b>${sense(s.of(group.name, group.name_en))}</b><${Sub} s=${s} text=${s.subOf(group.name, group.name_en)} /></span>
      <span class="count">${s.count("all.items", group.items.length)}</span>
    </button></li>`)}
  </ul>`;

function Items({ s, group, act, page, turn }) {
  const pages = Math.ceil(group.items.length / PAGE);
  const shown = group.items.slice(page * PAGE, (page + 1) * PAGE);
  return html`
    <div class="headline grouped"><${Plate} zone=${group.zone} /><div><h1 tabindex="-1">${sense(s.of(group.name, group.name_en))}</h1>
      <${Sub} s=${s} text=${s.subOf(group.name, group.name_en) || s.t("all.pick")} /></div></div>
    <ul class="tiles items" data-n=${shown.length}>${shown.map((item) => html`
      <li key=${item.code}><${ItemTile} s=${s} item=${item} act=${act} plain /></li>`)}</ul>
    ${pages > 1 && html`<div class="pages">
      <button class="btn2" disabled=${page === 0} onClick=${() => turn(page - 1)}>${icon("arrow-left")}${s.t("all.previous")}</button>
      <p>${s.t("all.page", { n: page + 1, of: pages })}</p>
      <button class="btn2" disabled=${page + 1 === pages} onClick=${() => turn(page + 1)}>${s.t("all.next")}${icon("arrow-right")}</button>
    </div>`}`;
}
