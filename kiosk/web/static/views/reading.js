/** The card is on the reader and is being read: usually less than a second. */

import { html } from "../../shared/html.js";
import { lines } from "../names.js";
import { Sub } from "../parts.js";
import { Shell } from "../shell.js";
import { ReadCard } from "./picture.js";

export const Reading = ({ view, s, act }) => html`
  <${Shell} view=${view} s=${s} act=${act} cls="idle reading">
    <div class="say" role="status">
      <h1 id="headline" tabindex="-1">${lines(s.t("reading.say"))}</h1>
      <span class="en" lang=${s.subTag}>${s.sub("reading.say").replace("|", s.lang === "en" ? "" : " ")}</span>
      <p class="stay">${s.t("reading.stay")}<${Sub} s=${s} text=${s.sub("reading.stay")} /></p>
    </div>
    <${ReadCard} label=${s.t("title.reading")} />
  <//>`;
