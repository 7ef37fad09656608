/** What the controller says in both languages. */
import { html } from "../shared/html.js";

/** A sentence of the controller in the page's language, the other one small beneath. */
export function Said({ L, words, tag = "p", cls = "" }) {
  const [first, second] = L.lang() === "en" ? ["en", "zh"] : ["zh", "en"];
  const langs = { zh: "zh-CN", en: "en" };
  return html`<${tag} class=${`said ${cls}`}><span lang=${langs[first]}>${words[first]}</span>
    <small lang=${langs[second]}>${words[second]}</small><//>`;
}
