/** Typing the code of an appointment, or the number or code on a slip. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { Head, Sub } from "../parts.js";
import { Shell } from "../shell.js";

const DIGITS = "1234567890";
const LETTERS = "ACDEFGHJKLMNPQRTUVWXYZ"; // none that looks like another sign

export function Code({ view, s, act }) {
  const { text, length, wrong, purpose } = view.code;
  const press = (key) => act("code_key", { key });
  const key = (sign, cls) => html`<button key=${sign} class=${cls} onClick=${() => press(sign)}>${sign}</button>`;
  return html`<${Shell} view=${view} s=${s} act=${act} cls="code" lead=${{ k: "tool.back", name: "back", onClick: () => act("back") }}>
    <div class="in"><${Head} s=${s} k=${purpose === "booked" ? "code.booked" : "code.look"} />
      <div class="boxes" role="img" aria-label=${text ? [...text].join(" ") : s.t("code.empty")}>${Array.from({ length }, (_, i) => html`<i class=${i === text.length ? "next" : ""}>${text[i] ?? ""}</i>`)}</div>
      ${wrong && html`<p class="ribbon" role="alert">${icon("warning")}<span>${s.t("code.wrong")}<${Sub} s=${s} text=${s.sub("code.wrong")} /></span></p>`}
    </div>
    <div class="keys" role="group" aria-label=${s.t("code.keys")}>
      ${[...DIGITS].map((sign) => key(sign, "key digit"))}${[...LETTERS].map((sign) => key(sign, "key"))}
      <button class="key rub" disabled=${!text} onClick=${() => press("back")}>${icon("arrow-left")}<span>${s.t("pad.back")}</span></button>
    </div>
    <button class="cta ok" disabled=${text.length < 4} onClick=${() => press("ok")}>${icon("check")}${s.t("pad.ok")}</button>
  <//>`;
}
