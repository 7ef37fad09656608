/** Waiting for a visitor: one thing to do, put the card on the reader. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { lines, sense } from "../names.js";
import { Ribbon, Sub, has } from "../parts.js";
import { Shell } from "../shell.js";
import { PutCard } from "./picture.js";

const NO_PRINT = new Set(["out", "cover", "cutter", "offline"]);

export function Idle({ view, s, act }) {
  const reads = view.reader === "ok";
  const say = view.card_left ? "idle.left" : reads ? "idle.say" : "idle.noReader";
  return html`<${Shell} view=${view} s=${s} act=${act} cls=${reads ? "idle" : "idle typed"}>
    <div class="say"><h1 id="headline" tabindex="-1">${lines(s.t(say))}</h1><span class="en" lang=${s.subTag}>${s.sub(say).replace("|", s.lang === "en" ? "" : " ")}</span></div>
    ${reads ? html`<${PutCard} word=${s.t("idle.plate")} label=${s.t("idle.pic")} />` : html`<${NoReader} s=${s} act=${act} />`}
    <div class="two">
      <${Warning} view=${view} s=${s} />
      ${view.idle.book && html`<${Door} s=${s} k="idle.book" name="calendar" onClick=${() => act("book_open")} />`}
      ${reads && html`<${Door} s=${s} k="idle.pad" name="no-card" onClick=${() => act("pad_open")} />`}
      ${view.idle.look && html`<${Door} s=${s} k="idle.look" name="search" onClick=${() => act("look_open")} />`}
      <${Door} s=${s} k="idle.guide" name="guide" onClick=${() => act("show_all")} />
    </div>
    <${Today} view=${view} s=${s} />
    <button class="law" onClick=${() => act("privacy_open")}>${icon("shield")}
      <span><span class="full">${s.t("idle.law")}</span><span class="brief">${sense(s.t("idle.lawBrief"))}</span></span>${icon("chevron")}</button>
  <//>`;
}

/** Another way in than the card. */
const Door = ({ s, k, name, onClick }) => html`
  <button class="tile" onClick=${onClick}>
    <span class="tile-ic">${icon(name)}</span>
    <span class="tile-tx"><b>${sense(s.t(k))}</b><${Sub} s=${s} text=${s.sub(k)} /></span>
  </button>`;

const NoReader = ({ s, act }) => html`
  <div class="pic byhand">
    <p>${sense(s.t("idle.noReaderWhy"))}<${Sub} s=${s} text=${s.sub("idle.noReaderWhy")} /></p>
    <button class="cta" onClick=${() => act("pad_open")}>${icon("all")}${s.t("idle.padDo")}</button>
  </div>`;

function Warning({ view, s }) {
  if (NO_PRINT.has(view.printer)) return html`<${Ribbon} s=${s} k="idle.noPrint" name="printer" />`;
  if (view.link === "offline" && !view.alone) return html`<${Ribbon} s=${s} k="idle.offline" name="link-lost" />`;
  return null;
}

/** Today's ticketing hours, one box for each part of the day, and how many wait. */
function Today({ view, s }) {
  const spans = view.ticketing ?? [];
  const labels = spans.length === 2 ? ["idle.morning", "idle.afternoon"] : spans.map(() => "idle.today");
  return html`<dl class="today">
    ${spans.slice(0, 2).map((span, i) => html`<div><dt>${s.t(labels[i])}</dt><dd>${span}</dd></div>`)}
    ${has(view.waiting_total) && html`<div><dt>${s.t("idle.waiting")}</dt><dd>${s.count("idle.people", view.waiting_total)}</dd></div>`}
  </dl>`;
}
