/** The rating drawn: five equal faces with the official words, the best first and none chosen. */
import { html } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { Face, LEVELS, REASONS } from "./faces.js";

const ROUND = 283;             // of the ring, r = 45
const NO_CLOCK = { left: null, whole: 0 };

/** `view`: see `createRating`; `touch`: its deeds. */
export function RatingView({ view, touch, words }) {
  const pages = { ask, sending: ask, why, thanks: () => said("ok", "thanks", words), late: () => said("clock", "late", words) };
  return html`<main class=${`rate ${view.phase}`} key="rate">${pages[view.phase]({ view, touch, words })}</main>`;
}

const head = (title, en, detail, { left, whole }, words) => html`<header class="ask"><div><h1>${title}<span class="en" lang="en">${en}</span></h1><p>${detail}</p></div>
  ${left !== null && html`<p class="left" aria-label=${words.t("rate.left", { n: left })}><svg viewBox="0 0 100 100" aria-hidden="true"><circle cx="50" cy="50" r="45" class="round" />
    <circle cx="50" cy="50" r="45" class="rest" stroke-dasharray=${`${(ROUND * Math.min(left, whole)) / whole} ${ROUND}`} /></svg>${left}</p>`}</header>`;

const ask = ({ view, touch, words }) => [
  head(words.t("rate.title"), words.en("rate.title"), words.t("rate.detail", { number: view.number }), view.phase === "ask" ? view : NO_CLOCK, words),
  html`<ul class="faces">${LEVELS.map((level) => html`<li key=${level}><button type="button" class="face" disabled=${view.phase === "sending"} onClick=${() => touch.rate(level)}>
    <${Face} level=${level} />
    <b>${words.t(`level.${level}`)}</b><span class="en" lang="en">${words.en(`level.${level}`)}</span></button></li>`)}</ul>`,
  html`<footer>${icon("lock")}${words.t("rate.private")}</footer>`,
];

const why = ({ view, touch, words }) => [
  head(words.t("why.title"), words.en("why.title"), words.t("why.detail"), view, words),
  html`<ul class="reasons">${REASONS.map((reason) => html`<li key=${reason}><button type="button" aria-pressed=${String(view.chosen.includes(reason))} onClick=${() => touch.flip(reason)}>
    ${icon(view.chosen.includes(reason) ? "check" : "plus")}<span>${words.t(`why.${reason}`)}</span></button></li>`)}</ul>`,
  html`<p class="send"><button type="button" onClick=${touch.skip}>${words.t("why.skip")}</button>
    <button type="button" class="main" disabled=${view.chosen.length === 0} onClick=${touch.send}>${words.t("why.send")}</button></p>`,
];

const said = (sign, key, words) => html`<div class="said" role="status">${icon(sign)}<p>${words.t(`${key}.title`)}<span class="en" lang="en">${words.en(`${key}.title`)}</span></p>
  <p class="detail">${words.t(`${key}.detail`)}</p></div>`;
