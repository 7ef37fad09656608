/** The window screen drawn from its model. */
import { EmergencyView } from "../shared/emergency.js";
import { html } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { RatingView } from "./rating-view.js";

/** `touch`: what the visitor may do to the rating. */
export function WindowView({ model, words, code, touch }) {
  if (model.emergency) return html`<${EmergencyView} model=${model.emergency} />`;
  if (model.rating) return html`<${RatingView} view=${model.rating} touch=${touch} words=${words} />`;
  if (code && model.kind === "connecting") return enrol(code, words);
  return html`<div class=${`win${model.stale ? " lost" : ""}${model.hush ? " hush" : ""}`}>
    ${who(model)}${now(model)}
    ${model.stale && html`<p class="stale" role="status">${icon("warning")}${words.t("stale")}</p>`}
  </div>`;
}

const who = ({ who, no, link }) => html`<header class="who">
  <p class="zone">${who && [html`<span class=${`plate ${who.plate.cls}`}>${who.plate.letter}</span>`, who.zone]}
    ${link && html`<span class="link">${icon("link-lost")}<span class="sr">${link}</span></span>`}</p>
  <h1 class="n">${no}</h1>
  <p class="svc">${who && [html`<b>${who.name}</b>`, html`<span>${who.services}</span>`]}</p>
</header>`;

const now = (model) => html`<main class=${`now ${model.kind}${model.pulse ? " pulse" : ""}`} key=${`${model.kind}:${model.pulse ?? ""}`} aria-live="polite">
  ${icon(model.icon)}
  <p class="word">${model.word}${model.again && html`<span class="again">${model.again}</span>`}${model.en && html`<span class="en" lang="en">${model.en}</span>`}</p>
  ${model.number && html`<p class="no">${model.number}</p>`}
  <p class="sub">${model.strong && html`<b>${model.strong}</b>`}${model.sub && html`<span>${model.sub}</span>`}</p>
</main>`;

const enrol = (code, words) => html`<main class="enrol">${icon("lock")}
  <p class="title">${words.t("enrol_title")}</p><p class="code">${code}</p><p class="detail">${words.t("enrol_detail")}</p></main>`;
