/** A new machine shows its code; the duty manager compares and approves it on the console. */

import { html } from "../../shared/html.js";
import { Head, Sub } from "../parts.js";
import { sense } from "../names.js";
import { Shell } from "../shell.js";

export const Enrol = ({ view, s, act }) => html`
  <${Shell} view=${view} s=${s} act=${act} cls="enrol" quiet>
    <${Head} s=${s} k="enrol.say" />
    <section class="card token"><p>${s.t("enrol.code")}<${Sub} s=${s} text=${s.sub("enrol.code")} /></p><b>${view.enrol.code}</b></section>
    <ol class="steps">${[1, 2, 3].map((n) => html`<li><i>${n}</i><span>${sense(s.t(`enrol.${n}`))}<${Sub} s=${s} text=${s.sub(`enrol.${n}`)} /></span></li>`)}</ol>
  <//>`;
