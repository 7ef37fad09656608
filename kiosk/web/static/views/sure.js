/** A number is given back only after a question. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { sense } from "../names.js";
import { Sub } from "../parts.js";
import { Shell } from "../shell.js";

export const Sure = ({ view, s, act }) => html`
  <${Shell} view=${view} s=${s} act=${act} cls="sure" quiet>
    <section class="ask"><h1 id="headline" tabindex="-1">${sense(s.t("sure.say"))}<${Sub} s=${s} text=${s.sub("sure.say")} /></h1>
      <p class="no">${view.number.number}</p>
      <p>${sense(s.of(view.number.item, view.number.item_en))}</p><p>${sense(s.t("sure.means"))}</p></section>
    <div class="act">
      <button class="cta" onClick=${() => act("back")}>${icon("back")}${s.t("sure.no")}</button>
      <button class="cta danger" onClick=${() => act("sure")}>${icon("cross")}${s.t("sure.yes")}</button>
    </div>
  <//>`;
