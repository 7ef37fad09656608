/** 通告 for the screens, which a second person releases, and the emergency slide. */
import { html, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { clock, hallDay } from "../shared/time.js";
import { TwoStep } from "../staff/deeds.js";
import { Block, useAct } from "./parts.js";

const LASTS = [30, 120, 480, 1440, 4320];
const KINDS = ["evacuate", "fire", "shelter", "suspended"];
const EMERGENCY_MIN = [30, 60, 240];
const LOOKS = { draft: ["warn", "clock"], standing: ["ok", "ok"], ended: ["off", "closed"] };

export function Notices(props) {
  const told = props.page.told;
  return html`<${Emergency} ...${props} emergency=${told?.emergency ?? null} /><${Lines} ...${props} told=${told} />`;
}

function Lines({ L, page, now, request, onDone, told }) {
  const { act, busy, outcome } = useAct(request, L, onDone);
  const [text, setText] = useState("");
  const [minutes, setMinutes] = useState(LASTS[1]);
  const most = told?.limits.text ?? 60;
  const write = async (event) => {
    event.preventDefault();
    if (await act("/notices", { text, minutes }, L.t("did.notice"))) setText("");
  };
  return html`<${Block} title=${L.t("notices.title")} note=${L.t("notices.note")}>
    <form class="line" onSubmit=${write}><label class="wide"><span>${L.t("notices.text", { n: [...text].length, most })}</span><input value=${text} maxlength=${most} required minlength="2"
        autocomplete="off" placeholder=${L.t("notices.example")} onInput=${(event) => setText(event.currentTarget.value)} /></label>
      <label><span>${L.t("notices.lasts")}</span><select value=${minutes} onChange=${(event) => setMinutes(Number(event.currentTarget.value))}>${LASTS.map((n) =>
        html`<option key=${n} value=${n}>${lasts(n, L)}</option>`)}</select></label>
      <button class="main" disabled=${busy || text.trim().length < 2}>${L.t("notices.write")}</button></form>
    ${outcome}
    ${!told ? html`<p class="none">${L.t("why.reading")}</p>` : told.notices.length === 0 && html`<p class="none">${L.t("notices.none")}</p>`}
    <ul class="notices">${(told?.notices ?? []).map((notice) => html`<${Line} key=${notice.id} L=${L} notice=${notice} busy=${busy} act=${act} me=${page.staff?.staff_no} tz=${page.board?.tz} now=${now} />`)}</ul><//>`;
}

function Line({ L, notice, busy, act, me, tz, now }) {
  const [look, sign] = LOOKS[notice.state];
  const path = `/notices/${notice.id}`;
  return html`<li class=${notice.state}><p class="text">${notice.text}</p>
    <p class="fine"><span class=${`state ${look}`}>${icon(sign)}${L.t(`notice.${notice.why ?? notice.state}`)}</span>
      <span>${L.t(notice.releaser ? "notices.by2" : "notices.by", { writer: notice.writer, releaser: notice.releaser })}</span>
      <span>${L.t("table.until", { time: until(notice.until, now, tz) })}</span></p>
    ${notice.state !== "ended" && html`<div class="line">
      ${notice.state === "draft" && (notice.writer === me ? html`<p class="hint">${L.t("notices.second")}</p>`
        : html`<${TwoStep} label=${L.t("notices.release")} sure=${L.t("notices.sure")} of=${`${L.t("notices.release")}：${notice.text}`} busy=${busy}
            onSure=${() => act(`${path}/release`, {}, L.t("did.release"))} />`)}
      <button type="button" class="small" disabled=${busy} onClick=${() => act(`${path}/withdraw`, {}, L.t("did.withdraw"))}>${L.t("notices.withdraw")}</button></div>`}</li>`;
}

function Emergency({ L, page, now, request, onDone, emergency }) {
  const { act, busy, outcome } = useAct(request, L, onDone);
  const [kind, setKind] = useState(KINDS[0]);
  const [minutes, setMinutes] = useState(EMERGENCY_MIN[1]);
  const [drill, setDrill] = useState(false);
  if (emergency) {
    return html`<${Block} title=${L.t("emergency.title")}><p class="standing">${icon("warning")}<span>${L.t("emergency.standing", { kind: L.t(`kind.${emergency.kind}`),
        by: emergency.by, since: clock(emergency.since, page.board?.tz), until: until(emergency.until, now, page.board?.tz) })}${emergency.drill && L.t("emergency.isDrill")}</span></p>
      <div class="line"><${TwoStep} label=${L.t("emergency.end")} sure=${L.t("emergency.sureEnd")} of=${L.t("emergency.end")} busy=${busy}
        onSure=${() => act("/emergency/end", {}, L.t("did.emergencyEnd"))} /></div>${outcome}<//>`;
  }
  return html`<${Block} title=${L.t("emergency.title")} note=${L.t("emergency.note")}>
    <div class="line"><label><span>${L.t("emergency.kind")}</span><select value=${kind} onChange=${(event) => setKind(event.currentTarget.value)}>${KINDS.map((one) =>
        html`<option key=${one} value=${one}>${L.t(`kind.${one}`)}</option>`)}</select></label>
      <label><span>${L.t("emergency.longest")}</span><select value=${minutes} onChange=${(event) => setMinutes(Number(event.currentTarget.value))}>${EMERGENCY_MIN.map((n) =>
        html`<option key=${n} value=${n}>${lasts(n, L)}</option>`)}</select></label>
      <label class="tick"><input type="checkbox" checked=${drill} onChange=${(event) => setDrill(event.currentTarget.checked)} /><span>${L.t("emergency.drill")}</span></label>
      <${TwoStep} label=${L.t("emergency.raise")} sure=${L.t("emergency.sure", { kind: L.t(`kind.${kind}`) })} of=${L.t("emergency.raise")} busy=${busy}
        onSure=${() => act("/emergency", { kind, minutes, drill }, L.t("did.emergency"))} /></div>${outcome}<//>`;
}

const lasts = (minutes, L) => (minutes < 60 ? L.t("lasts.minutes", { n: minutes }) : minutes < 1440 ? L.t("lasts.hours", { n: minutes / 60 }) : L.t("lasts.days", { n: minutes / 1440 }));

/** A time of today as a time, one of another day with its date. */
function until(ms, now, tz) {
  const day = hallDay(ms, tz);
  return day === hallDay(now, tz) ? clock(ms, tz) : `${day.slice(5)} ${clock(ms, tz)}`;
}
