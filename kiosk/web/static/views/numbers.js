/** Several numbers of one person: which one is meant? */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { sense } from "../names.js";
import { Head, has } from "../parts.js";
import { Shell } from "../shell.js";
import { stateWords } from "./number.js";

const ahead = (s, { ahead: n }) => (has(n) ? ` · ${s.t("home.ahead")} ${n} ${s.count("home.aheadUnit", n)}` : "");

export const Numbers = ({ view, s, act }) => html`
  <${Shell} view=${view} s=${s} act=${act} cls="numbers" lead=${{ k: "tool.back", name: "back", onClick: () => act("back") }}>
    <${Head} s=${s} k="numbers.say" values=${{ n: view.numbers.length }} />
    <div class="ways">${view.numbers.map((one) => html`
      <button key=${one.id} class="way" onClick=${() => act("pick", { id: one.id })}>
        <span class="no">${one.number}</span>
        <span><b>${sense(s.of(one.item, one.item_en))}</b><span>${sense(stateWords(s, one)[0])}${ahead(s, one)}</span></span>
        ${icon("chevron")}
      </button>`)}</div>
  <//>`;
