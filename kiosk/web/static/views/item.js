/** One service: how long, where, what to bring, and the one big button. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { fullWidth, sense } from "../names.js";
import { Place, Plate, Sub, has, windowsText } from "../parts.js";
import { Shell } from "../shell.js";

const FREE = "免费"; // as the catalogue writes it

export const Item = ({ view, s, act }) => {
  const { item } = view;
  return html`<${Shell} view=${view} s=${s} act=${act} cls="item" lead=${{ k: "tool.back", name: "back", onClick: () => act("back") }}>
    <div class="ttl"><h1 tabindex="-1">${sense(s.of(item.name, item.name_en))}</h1><${Sub} s=${s} text=${s.subOf(item.name, item.name_en)} /></div>
    <${Facts} s=${s} item=${item} />
    <${Queue} s=${s} item=${item} />
    <div class="lists">
      ${item.parts?.length > 0 && html`<${Parts} s=${s} parts=${item.parts} />`}
      ${item.materials?.length > 0 && html`<${Materials} s=${s} materials=${item.materials} />`}
    </div>
    <div class="act">
      <button class="cta" onClick=${() => act("take")}>${icon("ticket")}<span>${s.t("item.take")}</span>${s.lang === "zh" && html`<small lang="en">${s.sub("item.take")}</small>`}</button>
    </div>
  <//>`;
};

function Facts({ s, item }) {
  const facts = [];
  if (has(item.minutes)) facts.push(["item.minutes", s.t("item.minutesValue", { n: item.minutes })]);
  if (item.online) facts.push(["item.online", s.t("item.onlineValue")]);
  const [fee, remark] = feeOf(item.fee);
  if (fee) facts.push(["item.fee", html`${fee === FREE ? s.t("item.free") : sense(fee)}${remark && html` <small>${sense(remark)}</small>`}`]);
  return html`<dl class="facts">${facts.map(([k, value]) => html`<div><dt>${s.t(k)}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** "免费(税款另计)" → ["免费", "（税款另计）"]: what it costs large, the remark small. */
function feeOf(fee) {
  const text = fullWidth(fee ?? "");
  const at = text.indexOf("（");
  return at > 0 ? [text.slice(0, at), text.slice(at)] : [text, ""];
}

function Queue({ s, item }) {
  return html`<dl class="queue">
    ${has(item.ahead) && html`<div><dt>${s.t("item.ahead")}</dt><dd><i>${item.ahead}</i>${s.count("item.aheadUnit", item.ahead)}</dd></div>`}
    ${item.wait && html`<div><dt>${s.t("item.wait")}</dt><dd>${waitText(s, item.wait, (n) => html`<i>${n}</i>`)}</dd></div>`}
    <div class="go"><dt>${s.t("item.where")}</dt><dd><${Plate} zone=${item.zone} /><span>
      <span class="nb">${s.of(item.zone.name, item.zone.name_en)}</span>
      ${has(item.windows) && html`<span class="nb">${windowsText(s, item.windows)}</span>`}</span></dd></div>
  </dl>`;
}

/** The minutes of an expected wait in words; `large` draws the figure. */
export function waitText(s, [from, to], large) {
  if (to === 0) return s.t("wait.none");
  if (from === 0) return html`${s.t("wait.upTo")}${large(to)}${s.t("wait.within")}`;
  return html`${large(from === to ? `${from}` : `${from}–${to}`)}${s.t("item.waitUnit")}`;
}

function Materials({ s, materials }) {
  return html`<section class="mats">
    <h2>${s.t("item.mats")}</h2>
    <ul data-n=${materials.length}>${materials.map((text) => html`<${Material} text=${text} />`)}</ul>
    <p class="tip">${icon("info")}<span>${sense(s.t("item.tip"))}</span></p>
  </section>`;
}

function Material({ text }) {
  const whole = fullWidth(text);
  const at = whole.endsWith("）") ? whole.indexOf("（") : -1;
  const [name, remark] = at > 0 ? [whole.slice(0, at), whole.slice(at + 1, -1)] : [whole, ""];
  return html`<li>${icon(/证|卡/.test(name) ? "id-card" : "document")}<b lang="zh-CN">${sense(name)}</b>${remark && html`<span>${sense(remark)}</span>`}</li>`;
}

const Parts = ({ s, parts }) => html`<section class="parts">
  <h2>${s.t("item.parts", { n: parts.length })}</h2>
  <ol>${parts.map((part, i) => html`<li><i>${i + 1}</i><span>${sense(s.of(part.name, part.name_en))}</span></li>`)}</ol>
</section>`;
