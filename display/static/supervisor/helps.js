/** Windows that call for the supervisor, above everything else, until somebody says who goes. */
import { html } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { useAct } from "./parts.js";

/** The windows that call, the one that calls longest first. */
export const calling = (windows) => (windows ?? []).filter((w) => w.help && !w.help.by).sort((a, b) => a.help.at - b.help.at);

export function Helps({ L, page, now, request, onDone }) {
  const { act, busy, outcome } = useAct(request, L, onDone);
  const list = calling(page.windows);
  return html`<div role="alert" class="helps">${list.map((w) => html`<p key=${w.no}>${icon("bell")}
      <b>${L.t("helps.calls", { no: w.no })}</b><span>${since(w.help.at, now, L)}</span>
      <button type="button" class="main" disabled=${busy} onClick=${() => act(`/windows/${w.no}/help/take`, {}, L.t("did.help", { no: w.no }))}>
        ${L.t("helps.take")}<span class="sr"> ${L.t("calls.window", { no: w.no })}</span></button></p>`)}</div>${outcome}`;
}

function since(at, now, L) {
  const minutes = Math.max(0, Math.floor((now - at) / 60_000));
  return minutes < 1 ? L.t("helps.now") : L.t("helps.since", { n: minutes });
}
