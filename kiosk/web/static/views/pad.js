/** Typing the ID number: the digits never come back to the screen, only how many there are. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { Head, Sub } from "../parts.js";
import { Shell } from "../shell.js";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "X", "0", "back"];
const LENGTH = 18;
const GROUPS = [6, 8, 4]; // area, birth date, order and check digit: as people read it out

export function Pad({ view, s, act }) {
  const { count, wrong } = view.pad;
  const press = (key) => act("pad_key", { key });
  return html`<${Shell} view=${view} s=${s} act=${act} cls="pad" lead=${{ k: "tool.back", name: "back", onClick: () => act("back") }}>
    <div class="typed-in">
      <${Head} s=${s} k="pad.say" />
      <${Slots} count=${count} s=${s} wrong=${wrong} />
      <p class="safe">${icon("lock")}<span>${s.t("pad.safe")}</span></p>
    </div>
    <div class="keys" role="group" aria-label=${s.t("pad.keys")}>
      ${KEYS.map((key) => html`<button class=${`key ${key === "back" ? "rub" : ""}`} aria-label=${key === "back" ? s.t("pad.back") : key} onClick=${() => press(key)}>
        ${key === "back" ? html`${icon("arrow-left")}<span>${s.t("pad.back")}</span>` : key}</button>`)}
    </div>
    <button class="cta ok" disabled=${count < LENGTH} onClick=${() => press("ok")}>${icon("check")}${s.t("pad.ok")}</button>
  <//>`;
}

function Slots({ count, s, wrong }) {
  let at = 0;
  return html`<div class=${wrong ? "slots wrong" : "slots"}>
    <div class="dots" aria-hidden="true">${GROUPS.map((size) => html`<span class="dots-group">${Array.from({ length: size }, () => html`<i class=${at++ < count ? "full" : ""}></i>`)}</span>`)}</div>
    ${wrong
      ? html`<p class="ribbon" role="alert">${icon("warning")}<span>${s.t("pad.wrong")}<${Sub} s=${s} text=${s.sub("pad.wrong")} /></span></p>`
      : html`<p class="so-far" role="status">${s.t("pad.count", { n: count, of: LENGTH })}</p>`}
  </div>`;
}
