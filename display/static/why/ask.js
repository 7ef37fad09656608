/** "Why was this number not called yet?": a number goes in, the rule's answer comes out. */
import { html } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { clock } from "../shared/time.js";
import { Complaint } from "../staff/sign-in.js";
import { Said } from "./said.js";

const LOOKS = { "no-window": "bad", paused: "warn", next: "ok", busy: "info", later: "info", "not-waiting": "off" };
const SIGNS = { "no-window": "closed", paused: "pause", next: "ok", busy: "clock", later: "clock", "not-waiting": "info" };

export function Ask({ L, ask, tz, ready, onAsk }) {
  function submit(event) {
    event.preventDefault();
    onAsk(new FormData(event.currentTarget).get("number"));
  }
  return html`<section class="panel ask"><h2>${L.t("ask.title")}</h2>
    <form class="form short" onSubmit=${submit}><label><span class="sr">${L.t("ask.number")}</span><input name="number" class="code-input" required
      maxlength="8" autocomplete="off" autocapitalize="characters" spellcheck=${false} placeholder=${L.t("ask.example")} /></label>
      <button class="main" disabled=${ask.busy || !ready}>${L.t("ask.go")}</button></form>
    <${Complaint} text=${ask.problem && L.say(ask.problem)} />
    <div role="status">${ask.answer && html`<${Answer} L=${L} why=${ask.answer} tz=${tz} />`}</div></section>`;
}

export function Answer({ L, why, tz }) {
  const windows = why.windows.slice(0, 6);
  return html`<div class="answer"><p class="facts"><b class="number">${why.number}</b>
      <span class=${`state ${LOOKS[why.answer] ?? "info"}`}>${icon(SIGNS[why.answer] ?? "info")}${L.t(`answer.${why.answer}`)}</span>
      ${why.answer !== "not-waiting" && html`<span class="wait">${L.t("calls.waited", { n: Math.floor(why.waited_s / 60) })}</span>`}</p>
    <${Said} L=${L} words=${why.sentence} cls="headline" />
    ${why.details.map((words, n) => html`<${Said} key=${n} L=${L} words=${words} />`)}
    ${windows.length > 0 && html`<ul class="posts">${windows.map((window) => html`<li key=${window.no}>
      <b>${L.t("calls.window", { no: window.no })}</b><span>${(L.lang() === "en" && window.sentence.en) || window.sentence.zh}
      ${window.until && html` <small>${L.t("ask.until", { time: clock(window.until, tz) })}</small>`}</span></li>`)}</ul>`}</div>`;
}
