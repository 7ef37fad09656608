/** No tickets now: when again. Numbers that were taken are still looked up. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { lines } from "../names.js";
import { Notes, has } from "../parts.js";
import { Shell } from "../shell.js";
import { dayText } from "../time.js";

const WHY = new Set(["before", "lunch", "night", "weekend", "holiday"]);

/** What stands over the time: its day, when that is not today. */
const opensOn = (s, on) => (has(on) ? s.t("closed.opensOn", { day: dayText(s, on) }) : s.t("closed.opens"));

export function Closed({ view, s, act }) {
  const { opens, opens_on: on, why, name, name_en: nameEn } = view.closed;
  const key = `closed.${WHY.has(why) ? why : "other"}`;
  return html`<${Shell} view=${view} s=${s} act=${act} cls="shut">
    <div class="say"><h1 id="headline" tabindex="-1">${lines(s.t(key))}</h1><span class="en" lang=${s.subTag}>${s.sub(key).replace("|", "")}</span></div>
    <section class="card opens">${icon("clock")}${has(opens) && html`<div><p>${opensOn(s, on)}</p><b>${opens}</b></div>`}</section>
    <div class="below"><${Notes} rows=${[
      has(name) && ["info", s.of(name, nameEn)],
      has(view.hours) && ["calendar", `${s.t("closed.hours")} ${view.hours}`],
      ["ticket", s.t("closed.note")],
      ["bell", s.t("closed.help")],
    ].filter(Boolean)} /></div>
    <div class="row2">
      <button class="btn2" onClick=${() => act("look_open")}>${icon("search")}${s.t("idle.look")}</button>
      <button class="btn2" onClick=${() => act("privacy_open")}>${icon("shield")}${s.t("closed.privacy")}</button>
    </div>
  <//>`;
}
