/** The slide that fills every screen in an emergency 紧急提示: fixed words, a sign, no motion. */
import { standingEmergency } from "./board.js";
import { html } from "./html.js";
import { icon } from "./icons.js";

const SIGNS = { fire: "flame", evacuate: "exit", shelter: "shelter", suspended: "pause" };
const LINES = [1, 2, 3];

/** PURE. The slide as plain data, or null. `evacuate`: the key at the screen itself was pressed. */
export function emergencyModel({ state, now, evacuate, words }) {
  const standing = standingEmergency(state, now);
  const found = standing ?? (evacuate ? { kind: "evacuate", drill: false } : null);
  if (!found) return null;
  const kind = found.kind in SIGNS ? found.kind : "evacuate";   // one that a newer controller knows
  return {
    kind, sign: SIGNS[kind], drill: found.drill ? words.t("emergency.drill") : null,
    drillEn: found.drill ? words.en("emergency.drill") : null,
    title: words.t(`emergency.${kind}`), titleEn: words.en(`emergency.${kind}`),
    lines: LINES.map((n) => words.t(`emergency.${kind}.${n}`)), en: words.en(`emergency.${kind}.1`),
  };
}

export const EmergencyView = ({ model }) => html`<main class=${`emergency ${model.kind}`} role="alert" key="emergency">
  ${model.drill && html`<p class="drill">${icon("info")}${model.drill}<span lang="en">${model.drillEn}</span></p>`}
  <div class="what">${icon(model.sign)}<div><p class="title">${model.title}<span class="en" lang="en">${model.titleEn}</span></p>
    <ul>${model.lines.map((line) => html`<li>${line}</li>`)}</ul></div></div>
  <p class="en" lang="en">${model.en}</p>
</main>`;
