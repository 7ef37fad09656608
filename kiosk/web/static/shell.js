/** The frame of every screen: the hall's bar, the screen itself, the tools, and what is said. */

import { html, useLayoutEffect, useRef } from "../shared/html.js";
import { icon, mark } from "../shared/icons.js";
import { fit } from "./fit.js";
import { useNow, wall } from "./time.js";

/** @param cls the screen's layout  @param lead a tool before the others: {k, name, onClick} or null
 *  @param quiet true: only the staff button, as long as one thing is asked
 *  @param at what the reader's focus follows, where one screen has several pages */
export function Shell({ view, s, act, cls, at = cls, lead = null, quiet = false, children }) {
  return html`
    <header class="k-head">
      ${mark()}
      <p class="hall"><span class="long">${s.of(view.hall.name, view.hall.name_en)}</span><span class="short" aria-hidden="true">${view.hall.short || s.of(view.hall.name, view.hall.name_en)}</span>${hallSub(view, s)}</p>
      <${Clock} view=${view} s=${s} />
    </header>
    ${view.alone && html`<p class="k-strip" role="status">${icon("link-lost")}<span>${s.t("alone.say")}<span class="en" lang=${s.subTag}>${s.sub("alone.say")}</span></span></p>`}
    <${Main} cls=${cls} at=${at}>${children}<//>
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

const Switch = ({ on, text, onClick, children }) => html`
  <button class=${on ? "tool on" : "tool"} aria-pressed=${String(Boolean(on))} onClick=${onClick}>${children}<span>${text}</span></button>`;

/** Larger text, contrast, voice, language. */
function Comfort({ view, s, act }) {
  const other = view.lang === "en" ? "zh" : "en";
  return html`
    <${Switch} on=${view.elder} text=${s.t(view.elder ? "tool.normal" : "tool.large")} onClick=${() => act("elder", { on: !view.elder })}>
      ${s.lang === "en" ? icon("text") : html`<span class="glyph" aria-hidden="true">大</span>`}<//>
    <${Switch} on=${view.contrast} text=${s.t("tool.contrast")} onClick=${() => act("contrast", { on: !view.contrast })}>${icon("contrast")}<//>
    ${view.voice_available && html`<${Switch} on=${view.voice} text=${s.t(view.voice ? "tool.voiceOn" : "tool.voice")} onClick=${() => act("voice", { on: !view.voice })}>${icon("voice")}<//>`}
    <button class="tool" lang=${other === "en" ? "en" : "zh-CN"} onClick=${() => act("lang", { lang: other })}>
      ${icon("language")}<span>${other === "en" ? "English" : "中文"}</span>
    </button>`;
}

function Clock({ view, s }) {
  const { time, zh, en } = wall(useNow(1000), view.tz_offset_min ?? 480);
  return html`<p class="clock"><time>${time}</time><span>${s.lang === "en" ? en : zh}</span></p>`;
}

/** What the kiosk says: always there for screen readers, a caption where the voice is on. It
 * outlives the screens, or nobody would hear that it has changed. */
export function Said({ view, s }) {
  const text = view?.say ? s.of(view.say.text, view.say.text_en) : "";
  const shown = Boolean(text && view?.voice && view?.voice_available);
  return html`<p class=${shown ? "k-caption" : "sr"} role="status" aria-live="polite">${shown && icon("voice")}<span>${text}</span></p>`;
}

/** Moves the reader's focus to the headline of a new screen, and fits the screen to the panel. */
export function Main({ cls, at = cls, children }) {
  const ref = useRef(null);
  useLayoutEffect(() => fit(ref.current));
  useLayoutEffect(() => {
    ref.current.querySelector("h1")?.focus({ preventScroll: true });
  }, [at]);
  return html`<main ref=${ref} class=${`k-main ${cls}`} aria-labelledby="headline">${children}</main>`;
}
