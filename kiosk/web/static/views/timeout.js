/** Is somebody still there? One question, one button, ten seconds. */

import { html, useState } from "../../shared/html.js";
import { sense } from "../names.js";
import { Shell } from "../shell.js";
import { now, secondsLeft, useNow } from "../time.js";

const ROUND = 2 * Math.PI * 46;

export function Still({ view, s, act }) {
  return html`<${Shell} view=${view} s=${s} act=${act} cls="still" quiet>
    <div role="alert"><h1 id="headline" tabindex="-1">${s.t("still.say")}</h1><span class="en" lang=${s.subTag}>${s.sub("still.say")}</span></div>
    <${Ring} deadline=${view.deadline_ms} />
    <button class="cta" onClick=${() => act("continue")}>${s.t("still.go")}</button>
    <${Else} deadline=${view.deadline_ms} s=${s} />
  <//>`;
}

function Ring({ deadline }) {
  const at = useNow(250);
  const [whole] = useState(Math.max(1, (deadline ?? 0) - now()));
  const share = Math.min(1, Math.max(0, (deadline - at) / whole));
  return html`<div class="secs" role="timer"><svg viewBox="0 0 100 100" aria-hidden="true"><circle cx="50" cy="50" r="46" class="ring-back" />
    <circle cx="50" cy="50" r="46" class="ring-left" stroke-dasharray=${`${ROUND * share} ${ROUND}`} /></svg>${secondsLeft(deadline, at) ?? ""}</div>`;
}

function Else({ deadline, s }) {
  const left = secondsLeft(deadline, useNow(250));
  return html`<p>${left === null ? "" : sense(s.t("still.else", { n: left }))}</p>`;
}
