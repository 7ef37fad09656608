/** One window: who works there, what it does, and calling a chosen number. */
import { html, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { clock } from "../shared/time.js";
import { REASONS } from "../console/phase.js";
import { TwoStep } from "../staff/deeds.js";
import { Chosen } from "./chosen.js";
import { LOOKS, stateOf } from "./hall.js";
import { Block, fields, useAct } from "./parts.js";

export function OneWindow({ L, page, windows, now, request, onDone }) {
  const { act, busy, outcome } = useAct(request, L, onDone);
  const w = windows.find((each) => each.no === page.no);
  if (!w) return html`<section class="panel block"><p class="none">${L.t("window.choose")}</p></section>`;
  const deed = (name, body, params = {}) => act(`/windows/${w.no}/${name}`, body, L.t(`did.${name}`, { no: w.no, ...params }));
  const props = { L, page, w, now, busy, deed };
  return html`<${Summary} ...${props} />${outcome}
    ${w.state !== "closed" && html`<${Stop} ...${props} />`}
    <${Staff} ...${props} /><${Skills} key=${`${w.no} ${page.skills}`} ...${props} />
    ${w.state !== "closed" && html`<${Chosen} ...${props} />`}`;
}

function Summary({ L, page, w }) {
  const state = stateOf(w);
  const [look, sign] = LOOKS[state];
  const until = w.state === "paused" && w.until && L.t("window.until", { time: clock(w.until, page.board.tz) });
  const why = w.reason && (w.rostered ? L.t("window.rostered") : L.t(`reason.${w.reason}`));
  const facts = [w.clerk && L.t("window.clerk", { no: w.clerk }), w.number && L.t("window.number", { number: w.number }), why, until];
  return html`<section class="panel summary"><b>${w.no}</b><div><h2>${(L.lang() === "en" && w.name_en) || w.name}</h2>
    <p>${facts.filter(Boolean).join(" · ") || L.t("window.nobody")}</p></div><span class=${`state ${look}`}>${icon(sign)}${L.t(`state.${state}`)}</span></section>`;
}

/** Pause, resume, close, with the supervisor's authority. */
function Stop({ L, w, busy, deed }) {
  const [reason, setReason] = useState(REASONS[0].id);
  const [typed, setTyped] = useState(null);
  const minutes = typed ?? REASONS.find((each) => each.id === reason).minutes;
  const submit = (event) => {
    event.preventDefault();
    deed("pause", { reason, minutes: Number(minutes) });
  };
  return html`<${Block} title=${L.t("stop.title")} note=${w.number && L.t("stop.inHand")}>
    <div class="line">${w.state === "paused"
      ? html`<button type="button" class="main" disabled=${busy} onClick=${() => deed("resume", {})}>${L.t("stop.resume")}</button>`
      : html`<form class="line" onSubmit=${submit}><label><span>${L.t("stop.reason")}</span><select value=${reason}
          onChange=${(event) => { setReason(event.currentTarget.value); setTyped(null); }}>${REASONS.map(({ id }) =>
          html`<option key=${id} value=${id}>${L.t(`reason.${id}`)}</option>`)}</select></label>
        <label class="few"><span>${L.t("stop.minutes")}</span><input type="number" min="1" max="240" required value=${minutes}
          onInput=${(event) => setTyped(event.currentTarget.value)} /></label>
        <button class="main" disabled=${busy || Boolean(w.number)}>${L.t("stop.pause")}</button></form>`}
      <${TwoStep} label=${L.t("stop.close")} sure=${L.t("stop.sure")} of=${L.t("stop.closeOf", { no: w.no })} busy=${busy || Boolean(w.number)}
        onSure=${() => deed("close", {})} /></div><//>`;
}

/** Open the window for a clerk, or put another clerk here. */
function Staff({ L, page, w, busy, deed }) {
  const closed = w.state === "closed";
  const submit = (event) => {
    event.preventDefault();
    const { clerk, over } = fields(event);
    deed("open", { clerk, take_over: Boolean(over) }, { clerk });
  };
  const free = page.staffing?.free ?? [];
  return html`<${Block} title=${L.t(closed ? "open.title" : "open.other")}>
    <form class="line" onSubmit=${submit}><label class="few"><span>${L.t("field.staffNo")}</span><input name="clerk" required pattern="[0-9]{3,6}"
        list="free" autocomplete="off" /></label><datalist id="free">${free.map(({ no }) => html`<option key=${no} value=${no} />`)}</datalist>
      <label class="tick"><input type="checkbox" name="over" defaultChecked=${!closed} /><span>${L.t("open.over")}</span></label>
      <button class="main" disabled=${busy || Boolean(w.number)}>${L.t(closed ? "open.go" : "open.replace")}</button></form>
    ${free.length > 0 && html`<p class="hint">${L.t("open.free", { list: free.map(({ no }) => no).slice(0, 8).join(L.t("list.sep")) })}</p>`}<//>`;
}

/** What the window does from its next call on; a new one when that was changed elsewhere. */
function Skills({ L, page, w, busy, deed }) {
  const [chosen, setChosen] = useState(null);
  const known = page.skills;
  if (!page.catalogue || !known) return null;
  const now = new Set(chosen ?? known);
  const same = now.size === known.length && known.every((id) => now.has(id));
  const flip = (id) => {
    const next = new Set(now);
    if (!next.delete(id)) next.add(id);
    setChosen([...next]);
  };
  return html`<${Block} title=${L.t("skills.title")} note=${L.t("skills.note")}>
    <fieldset class="checks"><legend class="sr">${L.t("skills.title")}</legend>${page.catalogue.skills.map((skill) => html`<label key=${skill.id}>
      <input type="checkbox" checked=${now.has(skill.id)} onChange=${() => flip(skill.id)} /><span>${(L.lang() === "en" && skill.name_en) || skill.name}</span></label>`)}</fieldset>
    <div class="line"><button type="button" class="main" disabled=${busy || same || now.size === 0}
      onClick=${() => deed("skills", { skills: [...now] })}>${L.t("skills.save")}</button>
      ${!same && html`<button type="button" class="small" onClick=${() => setChosen(null)}>${L.t("skills.back")}</button>`}</div><//>`;
}
