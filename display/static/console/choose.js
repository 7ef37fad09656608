/** Choosing a window before the work, and the page after it was lost. */
import { html, useEffect, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { hasLetter } from "./ticket.js";
import { Head } from "../staff/sign-in.js";

const LOOKS = { closed: "off", open: "ok", paused: "off" };

/** Windows as a list of buttons: the session's own first, taken ones cannot be chosen. */
export function Choose({ L, staff, load, onEnter, onSignOut, problem }) {
  const [windows, setWindows] = useState(null);
  const [failed, setFailed] = useState(null);
  useEffect(() => {
    load().then(setWindows, setFailed);
  }, []);
  const words = problem ?? failed;
  return html`<${Head} L=${L} title=${L.t("console.title")}><span>${L.t("console.staffNo", { no: staff.staff_no })}</span>
      <button type="button" onClick=${onSignOut}>${L.t("signIn.out")}</button><//>
    <main class="card wide"><h1>${L.t("choose.title")}</h1><p class="hint">${L.t("choose.hint")}</p>
    <div role="alert">${words && html`<p class="problem">${icon("warning")}<span>${
      words.key ? L.t(words.key, words.params) : L.say(words)}</span></p>`}</div>
    ${windows?.length === 0 && html`<p>${L.t("choose.empty")}</p>`}
    <ul class="windows">${ordered(windows ?? [], staff).map((w) => html`<${Choice}
      key=${w.no} w=${w} L=${L} staff=${staff} onEnter=${onEnter} />`)}</ul></main>`;
}

/** Mine first, then free ones, then those of others; by number within each. */
export function ordered(windows, staff) {
  const rank = (w) => (isMine(w, staff) ? 0 : w.clerk ? 2 : 1);
  return [...windows].sort((a, b) => rank(a) - rank(b) || a.no - b.no);
}

export const isMine = (w, staff) => w.clerk === staff.staff_no;

function Choice({ w, L, staff, onEnter }) {
  const mine = isMine(w, staff);
  const taken = Boolean(w.clerk) && !mine;
  const services = (L.lang() === "en" && w.services_en?.length ? w.services_en : w.services) ?? [];
  const zone = hasLetter(w.zone) ? [L.t("console.zone", { zone: w.zone })] : [];
  const note = taken ? L.t("choose.taken", { no: w.clerk }) : L.t(`window.${w.state}`);
  return html`<li><button type="button" class=${mine ? "window mine" : "window"} disabled=${taken}
    autofocus=${mine} onClick=${() => onEnter(w)}>
    <b class="no">${w.no}</b>
    <span class="what"><b>${(L.lang() === "en" && w.name_en) || w.name}</b>
      <small>${[...zone, ...services].join(" · ")}</small></span>
    <span class=${`state ${taken ? "off" : LOOKS[w.state]}`}>${icon(taken ? "lock" : w.state === "open" ? "ok" : w.state === "paused" ? "pause" : "circle")}${note}</span>
    <span class="go-word">${L.t(mine ? "choose.enter" : "choose.open")}</span></button></li>`;
}

/** The window is in other hands: say so and offer the way back. */
export function Lost({ L, lost, onAgain }) {
  const session = lost.key === "lost.session";
  return html`<${Head} L=${L} title=${L.t("console.title")} /><main class="card"><p class="big-icon">${icon("warning")}</p>
    <h1>${L.t(session ? "lost.sessionTitle" : "lost.title")}</h1><p>${L.t(lost.key, lost.params)}</p>
    <button type="button" class="main" onClick=${onAgain}>${L.t(session ? "lost.signIn" : "lost.again")}</button></main>`;
}
