/** The frame of every screen: the hall's bar, the screen itself, the tools. */

import { html, useEffect, useLayoutEffect, useRef } from "../shared/html.js";
import { icon, mark } from "../shared/icons.js";
import { fit } from "./fit.js";
import { useNow, wall } from "./time.js";

/** @param cls the screen's layout  @param lead a tool before the others: {k, name, onClick} or null
 *  @param quiet true: only the staff button, as long as one thing is asked */
export function Shell({ view, s, act, cls, lead = null, quiet = false, children }) {
  return html`
    <header class="k-head">
      ${mark()}
      <p class="hall">${s.of(view.hall.name, view.hall.name_en)}${hallSub(view, s)}</p>
      <${Clock} view=${view} s=${s} />
    </header>
    <${Main} cls=${cls}>${children}<//>
    <nav class="k-tools" aria-label=${s.t("tool.label")}>
      ${lead && html`<${Tool} name=${lead.name} text=${s.t(lead.k)} onClick=${lead.onClick} />`}
      ${!quiet && html`<${Comfort} view=${view} s=${s} act=${act} />`}
      <button class=${view.staff_called ? "tool help on" : "tool help"} onClick=${() => act("staff")}>
        ${icon(view.staff_called ? "ok" : "bell")}<span>${s.t(view.staff_called ? "tool.called" : "tool.staff")}</span>
      </button>
    </nav>`;
}

function hallSub(view, s) {
  const text = s.subOf(view.hall.name, view.hall.name_en);
  return text ? html`<span class="en" lang=${s.subTag}>${text}</span>` : null;
}

const Tool = ({ name, text, onClick }) =>
  html`<button class="tool" onClick=${onClick}>${icon(name)}<span>${text}</span></button>`;

/** Larger text, voice, language. */
function Comfort({ view, s, act }) {
  const other = view.lang === "en" ? "zh" : "en";
  return html`
    <button class=${view.elder ? "tool on" : "tool"} aria-pressed=${String(Boolean(view.elder))} onClick=${() => act("elder", { on: !view.elder })}>
      ${s.lang === "en" ? icon("text") : html`<span class="glyph" aria-hidden="true">大</span>`}<span>${s.t(view.elder ? "tool.normal" : "tool.large")}</span>
    </button>
    ${view.voice_available && html`
      <button class=${view.voice ? "tool on" : "tool"} aria-pressed=${String(Boolean(view.voice))} onClick=${() => act("voice", { on: !view.voice })}>
        ${icon("voice")}<span>${s.t(view.voice ? "tool.voiceOn" : "tool.voice")}</span>
      </button>`}
    <button class="tool" lang=${other === "en" ? "en" : "zh-CN"} onClick=${() => act("lang", { lang: other })}>
      ${icon("language")}<span>${other === "en" ? "English" : "中文"}</span>
    </button>`;
}

function Clock({ view, s }) {
  const { time, zh, en } = wall(useNow(1000), view.tz_offset_min ?? 480);
  return html`<p class="clock"><time>${time}</time><span>${s.lang === "en" ? en : zh}</span></p>`;
}

/** Moves the reader's focus to the headline of a new screen, and fits the screen to the panel. */
export function Main({ cls, children }) {
  const ref = useRef(null);
  useLayoutEffect(() => fit(ref.current));
  useEffect(() => {
    ref.current.querySelector("h1")?.focus({ preventScroll: true });
    const again = () => fit(ref.current);
    window.addEventListener("resize", again);
    return () => window.removeEventListener("resize", again);
  }, [cls]);
  return html`<main ref=${ref} class=${`k-main ${cls}`}>${children}</main>`;
}
