/** One service, several, or 一件事: how long, where, what to bring, and the one big button. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { fullWidth, sense } from "../names.js";
import { Plate, Sub, has, shutText, windowsText } from "../parts.js";
import { Shell } from "../shell.js";

const FREE = "免费"; // as the catalogue writes it

export const Item = ({ view, s, act }) => {
  const { item } = view;
  return html`<${Shell} view=${view} s=${s} act=${act} cls="item" lead=${{ k: "tool.back", name: "back", onClick: () => act("back") }}>
    <${Title} s=${s} item=${item} />
    <${Facts} s=${s} item=${item} />
    <${Queue} s=${s} item=${item} />
    <div class="lists">
      ${item.parts?.length > 0 && html`<${Parts} s=${s} item=${item} act=${act} />`}
      ${item.materials?.length > 0 && html`<${Materials} s=${s} materials=${item.materials} />`}
    </div>
    ${item.shut ? html`<${Shut} s=${s} item=${item} act=${act} />` : item.known ? html`<${Take} s=${s} item=${item} act=${act} />` : html`<${LayCard} view=${view} s=${s} act=${act} />`}
  <//>`;
};

function Title({ s, item }) {
  const [name, sub] = item.several
    ? [s.t("item.several", { n: item.parts.length }), s.sub("item.several", { n: item.parts.length })]
    : [s.of(item.name, item.name_en), s.subOf(item.name, item.name_en)];
  return html`<div class="ttl"><h1 id="headline" tabindex="-1">${sense(name)}</h1><${Sub} s=${s} text=${sub} /></div>`;
}

const Take = ({ s, item, act }) => html`
  <div class=${item.can_add ? "act with-more" : "act"}>
    <button class="cta" onClick=${() => act("take")}>${icon("ticket")}<span>${s.t("item.take")}</span>${s.lang === "zh" && html`<small class="en" lang="en">${s.sub("item.take")}</small>`}</button>
    ${item.can_add && html`<button class="btn2" onClick=${() => act("add")}>${icon("plus")}<span>${s.t("item.add")}</span></button>`}
  </div>`;

/** No numbers now: when again, and the way to other services. */
const Shut = ({ s, item, act }) => html`
  <div class="act"><p class="verdict mind" role="status">${icon("clock")}<span>${sense(shutText(s, item.shut))}<${Sub} s=${s} text=${shutText(s, item.shut, "sub")} /></span></p>
    <button class="cta" onClick=${() => act("back")}>${icon("all")}<span>${s.t("error.home")}</span></button></div>`;

/** Who only reads what to bring is told how to get a number from here. */
const LayCard = ({ view, s, act }) => html`
  <div class="act">
    ${view.reader === "ok" && html`<p class="lay">${icon("id-card")}<span>${sense(s.t("item.lay"))}<${Sub} s=${s} text=${s.sub("item.lay")} /></span></p>`}
    <button class="btn2" onClick=${() => act("pad_open")}>${icon("no-card")}${s.t("item.byNumber")}</button>
  </div>`;

function Facts({ s, item }) {
  const facts = [];
  if (has(item.minutes)) facts.push(["item.minutes", s.t("item.minutesValue", { n: item.minutes })]);
  if (item.online) facts.push(["item.online", s.t("item.onlineValue")]);
  const [fee, remark] = feeOf(item.fee);
  if (fee) facts.push(["item.fee", html`${fee === FREE ? s.t("item.free") : html`<span lang="zh-CN">${sense(fee)}</span>`}${remark && html` <small lang="zh-CN">${sense(remark)}</small>`}`]);
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
    <ul data-n=${materials.length}>${materials.map(({ name, name_en }) => html`<${Material} s=${s} name=${name} english=${name_en} />`)}</ul>
    <p class="rest">${s.t("item.rest", { n: materials.length })}</p>
    <p class="tip">${icon("info")}<span>${sense(s.t("item.tip"))}</span></p>
  </section>`;
}

function Material({ s, name, english }) {
  const shown = s.of(name, english);
  const [what, remark] = parted(fullWidth(shown));
  return html`<li lang=${shown === name ? "zh-CN" : "en"}>${icon(/证|卡/.test(name) ? "id-card" : "document")}<b>${sense(what)}</b>${remark && html`<span>${sense(remark)}</span>`}</li>`;
}

/** "Photo (can be taken here)" → what it is, and what stands in brackets behind it. */
function parted(text) {
  const [, what, remark] = text.match(/^(.+?)\s*[（(](.*)[）)]$/) ?? [null, text, ""];
  return [what, remark];
}

const Parts = ({ s, item, act }) => html`<section class="parts">
  ${!item.several && html`<h2>${s.t("item.parts", { n: item.parts.length })}</h2>`}
  <ol>${item.parts.map((part, i) => html`<li key=${part.name}><i>${i + 1}</i><span>${sense(s.of(part.name, part.name_en))}</span>
    ${item.several && html`<button class="btn2 minor" aria-label=${s.t("item.dropThis", { name: s.of(part.name, part.name_en) })} onClick=${() => act("drop", { code: part.code })}>${s.t("item.drop")}</button>`}</li>`)}</ol>
</section>`;
