/** No tickets now: when again. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { lines } from "../names.js";
import { Notes, has } from "../parts.js";
import { Shell } from "../shell.js";

const WHY = new Set(["lunch", "night", "weekend", "holiday"]);

/** What stands over the time: its day, when that is not today. */
function opensOn(s, on) {
  if (!has(on)) return s.t("closed.opens");
  const date = new Date(`${on}T00:00:00Z`);
  const monthName = date.toLocaleDateString("en", { month: "short", timeZone: "UTC" });
  return s.t("closed.opensOn", { month: date.getUTCMonth() + 1, day: date.getUTCDate(), monthName });
}

export function Closed({ view, s, act }) {
  const { opens, opens_on: on, why, name, name_en: nameEn } = view.closed;
  const key = `closed.${WHY.has(why) ? why : "other"}`;
  return html`<${Shell} view=${view} s=${s} act=${act} cls="shut">
    <div class="say"><h1 tabindex="-1">${lines(s.t(key))}</h1><span class="en" lang=${s.subTag}>${s.sub(key).replace("|", "")}</span></div>
    <section class="card opens">${icon("clock")}${has(opens) && html`<div><p>${opensOn(s, on)}</p><b>${opens}</b></div>`}</section>
    <div class="below"><${Notes} rows=${[
      has(name) && ["info", s.of(name, nameEn)],
      has(view.hours) && ["calendar", `${s.t("closed.hours")} ${view.hours}`],
      ["ticket", s.t("closed.note")],
      ["bell", s.t("closed.help")],
    ].filter(Boolean)} /></div>
  <//>`;
}
