/** The agent does not answer: a quiet cover until it does. Nothing here can be pressed. */

import { html } from "../../shared/html.js";
import { mark } from "../../shared/icons.js";
import { sense } from "../names.js";
import { Main } from "../shell.js";

export const Lost = ({ s }) => html`
  <${Main} cls="lost"><div role="status">
    <span class="breath">${mark()}</span>
    <h1 id="headline" tabindex="-1">${s.t("lost.say")}</h1><span class="en" lang=${s.subTag}>${s.sub("lost.say")}</span>
    <p>${sense(s.t("lost.wait"))}</p></div>
  <//>`;
