/** The hall display drawn from its model. */
import { EmergencyView } from "../shared/emergency.js";
import { html } from "../shared/html.js";
import { icon, mark } from "../shared/icons.js";

const ARROWS = { up: "arrow-up", left: "arrow-left", right: "arrow-right", down: "arrow-down", upstairs: "upstairs", downstairs: "downstairs" };

const plate = (zone, cls = "") => html`<span class=${`plate ${zone.cls} ${cls}`}>${zone.letter}</span>`;

/**
 * `words`: {t, en}. `code`: the enrolment code to show while the screen is not approved.
 * `unreadable`: why nobody could read this panel; then it shows that and no call that looks as if somebody could.
 */
export function HallView({ model, words, code, unreadable }) {
  if (model.emergency) return html`<${EmergencyView} model=${model.emergency} />`;
  if (unreadable) return refusal(unreadable, words);
  const classes = `hall ${model.kind}${model.stale ? " lost" : ""}${model.hush ? " hush" : ""}`;
  return html`<div class=${classes}>
    ${bar(model)}
    ${model.stale && stale(model, words)}
    ${body(model, words, code)}
    ${model.strip && strip(model.strip, words)}
    ${model.note && note(model.note, words)}
  </div>`;
}

const bar = (model) => html`<header class="bar">
  ${mark()}<h1 class="name">${model.name ?? ""}${model.place && html`<span class="place">${model.place}</span>`}</h1>
  <time class="clock">${model.clock ?? ""}</time>
  <span class=${`link${model.link.lost ? " lost" : ""}`}>${icon(model.link.lost ? "link-lost" : "link")}${model.link.word}</span>
</header>`;

const stale = (model, words) => html`<p class="stale" role="status">
  ${icon("warning")}${words.t("stale")}<span>${model.stale.since}</span></p>`;

function body(model, words, code) {
  if (model.kind === "connecting") return code ? enrol(code, words) : slide("link-lost", "connecting_title", "connecting_detail", words);
  if (model.kind === "closed") return slide("clock", "closed_title", "closed_detail", words, model.opens);
  if (model.kind === "empty") return slide("people", "empty_title", "empty_detail", words);
  return [bigCall(model.call, words), list(model.list, words)];
}

const bigCall = (call, words) => html`<main class=${`call${call.fresh ? " new" : ""}${call.pulse ? " pulse" : ""}`}
    key=${call.key} data-id=${call.id} data-number=${call.number} aria-live="polite">
  <p class="say">${icon(call.icon)}<span class="what">${call.word}${call.pages ? html`<span class="page">${call.pages.word}</span>` : null}${call.look && html`<span class="page">${call.look}</span>`}
    <span class="en" lang="en">${call.en}</span></span>${plate(call.zone)}</p>
  <p class="no">${call.number}</p>
  <p class="to">${call.arrow && ARROWS[call.arrow] ? icon(ARROWS[call.arrow], call.arrow.endsWith("stairs") ? "stairs" : "") : null}<span class="win"><b>${call.window}</b>
    <span class="words"><span class="zh">${words.t("window_words")}</span><span class="en" lang="en">${words.en("window_words")}</span></span></span></p>
  ${call.pages && html`<span class="pages" aria-hidden="true">${Array.from({ length: call.pages.count }, (_, at) => html`<i class=${at === call.pages.at ? "at" : ""}></i>`)}</span>`}
</main>`;

const list = ({ rows, pages, page }, words) => html`<section class="list">
  <div class="row head"><span class="number-head">${words.t("number")}${pages > 1 && html`<span class="page">${words.t("list_page", { at: page + 1, count: pages })}</span>`}</span><span>${words.t("window")}</span></div>
  <ol>${rows.map((row) => html`<li class="row" key=${row.id} data-number=${row.number}>
    <i class=${`age ${row.age}`}></i>${plate(row.zone)}<b>${row.number}</b><b>${row.window}</b></li>`)}</ol>
</section>`;

const strip = (parts, words) => html`<ul class=${`zones ${parts.map((part) => `${part.label}${part.single ? " single" : ""}`).join(" ")}`}>
  ${parts.map(({ label, cells }) => [
    html`<li class="lab" key=${label}>${twice(words.t(label), words.en(label))}</li>`,
    ...cells.map((cell, n) => html`<li key=${`${label} ${n}`}>${cell.zone && html`<span class=${`plate ${cell.zone.cls}${cell.zone.word ? " word" : ""}`}>
      ${cell.zone.word ?? cell.zone.letter}</span>`}<b>${cell.en ? twice(cell.text, cell.en) : cell.text}</b></li>`)])}
</ul>`;

const twice = (zh, en) => html`<span class="zh">${zh}</span><span class="en" lang="en">${en}</span>`;

const note = ({ text, late, off }, words) => html`<footer class="note">
  <p class=${off ? "off" : ""}>${text && [icon("info"), html`<span class="text">${text}</span>`]}</p>
  ${late.length > 0 && html`<p class="late"><em>${words.t("passed")}</em>${late.map((number) => html`<b>${number}</b>`)}<em>${words.t("ask_desk")}</em></p>`}
</footer>`;

const slide = (sign, title, detail, words, line = null) => html`<main class="slide">
  ${icon(sign)}<p class="title">${words.t(title)}<span class="en" lang="en">${words.en(title)}</span></p>
  ${(line ?? words.t(detail)) && html`<p class="detail">${line ?? words.t(detail)}</p>`}
</main>`;

const refusal = ({ panel, distance, detail }, words) => html`<div class="hall connecting"><main class="slide">
  ${icon("warning")}<p class="title">${words.t("unreadable_title", { panel, distance })}<span class="en" lang="en">${words.en("unreadable_title")}</span></p>
  <p class="detail">${words.t("unreadable_detail")}</p><p class="en" lang="en">${detail}</p>
</main></div>`;

const enrol = (code, words) => html`<main class="slide enrol">
  ${icon("lock")}<p class="title">${words.t("enrol_title")}<span class="en" lang="en">${words.en("enrol_title")}</span></p>
  <p class="code">${code}</p><p class="detail">${words.t("enrol_detail")}</p>
</main>`;
