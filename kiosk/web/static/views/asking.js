/** The controller is asked: usually less than a second. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { lines } from "../names.js";
import { Shell } from "../shell.js";

export const Asking = ({ view, s, act }) => html`
  <${Shell} view=${view} s=${s} act=${act} cls="calm" quiet>
    <div class="calm-box" role="status"><span class="breath">${icon("search")}</span>
      <h1 id="headline" tabindex="-1">${lines(s.t("asking.say"))}</h1><span class="en" lang=${s.subTag}>${s.sub("asking.say")}</span>
      <p>${s.t("printing.wait")}</p></div>
  <//>`;
