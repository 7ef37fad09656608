/** What the kiosk does with what a card says, in both languages, large enough to be read. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { Head } from "../parts.js";
import { Shell } from "../shell.js";

export const Privacy = ({ view, s, act }) => html`
  <${Shell} view=${view} s=${s} act=${act} cls="notice" lead=${{ k: "tool.back", name: "back", onClick: () => act("back") }}>
    <${Head} s=${s} k="privacy.head" />
    <section class="card"><p>${s.t("idle.law")}</p><p lang=${s.subTag}>${s.sub("idle.law")}</p></section>
    <button class="cta ok" onClick=${() => act("back")}>${icon("check")}${s.t("privacy.ok")}</button>
  <//>`;
