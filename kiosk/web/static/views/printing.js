/** The number exists, the paper is on its way: the number is shown at once. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { lines, sense } from "../names.js";
import { Notes, Sub } from "../parts.js";
import { Shell } from "../shell.js";
import { Slip, WaitLine, notes } from "./done.js";

export const Printing = ({ view, s, act }) => {
  if (!view.ticket) return html`<${Asking} view=${view} s=${s} act=${act} />`;
  return html`<${Shell} view=${view} s=${s} act=${act} cls="done printing" quiet>
    <${Slip} s=${s} ticket=${view.ticket} />
    <div class="after"><${WaitLine} s=${s} ticket=${view.ticket} /><${Notes} rows=${notes(view, s, true)} /></div>
    <p class="take busy" role="status"><span class="feeding">${icon("printer")}</span><span>${s.t("printing.ticket")}<${Sub} s=${s} text=${s.sub("printing.ticket")} /></span></p>
  <//>`;
};

/** The number is still being asked for: a moment. */
const Asking = ({ view, s, act }) => html`
  <${Shell} view=${view} s=${s} act=${act} cls="calm" quiet>
    <div class="calm-box" role="status"><span class="feeding">${icon("ticket")}</span>
      <h1 id="headline" tabindex="-1">${lines(s.t("printing.say"))}</h1><span class="en" lang=${s.subTag}>${s.sub("printing.say")}</span>
      <p>${view.item ? sense(s.of(view.item.name, view.item.name_en)) : s.t("printing.wait")}</p></div>
  <//>`;
