/** What opens over the console: the pause form and the two questions before leaving. */
import { html, useLayoutEffect, useRef, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { REASONS } from "./phase.js";
import { clock } from "./time.js";

const LONGEST_MIN = 240;

/** A modal that takes the focus and gives it back. Esc reaches the desk like any other key. */
function Modal({ title, children }) {
  const ref = useRef(null);
  useLayoutEffect(() => { // before the next key can come: F9 and a digit follow each other fast
    ref.current.showModal();
    ref.current.querySelector("[data-first]")?.focus();
  }, []);
  return html`<dialog ref=${ref} class="modal" aria-labelledby="modal-title"
    onCancel=${(event) => event.preventDefault()}><h2 id="modal-title">${title}</h2>${children}</dialog>`;
}

const Back = ({ desk, L }) =>
  html`<button type="button" class="plain" onClick=${() => desk.back()}><kbd>Esc</kbd>${L.t("key.back")}</button>`;

const Complaint = ({ desk, L }) =>
  desk.notice && html`<p class="notice" role="alert">${icon("warning")}<span>${desk.notice.problem
    ? L.say(desk.notice.problem) : L.t(desk.notice.key, desk.notice.params)}</span></p>`;

/** Reason and planned minutes of a pause. Digits choose the reason unless the minutes are being typed. */
export function PauseForm({ desk, L }) {
  const [reason, setReason] = useState(REASONS[0].id);
  const [typed, setTyped] = useState(null);
  const minutes = typed ?? REASONS.find((each) => each.id === reason).minutes;
  const valid = Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_MIN;
  const onKeyDown = (event) => {
    if (event.target.type === "number" || !/^[1-5]$/.test(event.key)) return;
    const chosen = REASONS[event.key - 1].id;
    setReason(chosen);
    event.currentTarget.querySelector(`[value=${chosen}]`).focus();
  };
  const onSubmit = (event) => {
    event.preventDefault();
    if (valid) desk.pause(reason, minutes);
  };
  return html`<${Modal} title=${L.t("pause.title")}><form onKeyDown=${onKeyDown} onSubmit=${onSubmit}>
    <fieldset><legend>${L.t("pause.reason")}</legend><div class="reasons">${REASONS.map(({ id }, index) =>
      html`<label key=${id}><input type="radio" name="reason" value=${id} checked=${id === reason}
        data-first=${index === 0 ? "" : null} onChange=${() => setReason(id)} />
        <kbd>${index + 1}</kbd>${L.t(`reason.${id}`)}</label>`)}</div></fieldset>
    <label class="minutes"><span>${L.t("pause.minutes")}</span>
      <input type="number" min="1" max=${LONGEST_MIN} step="1" required value=${minutes} aria-describedby="minutes-hint"
        onInput=${(event) => setTyped(event.currentTarget.valueAsNumber)} /></label>
    <p class="hint" id="minutes-hint">${L.t("pause.minutesHint", {
      time: valid ? clock(desk.now() + minutes * 60_000, desk.hall?.tz) : "--:--" })}</p>
    <${Complaint} desk=${desk} L=${L} />
    <div class="row"><${Back} desk=${desk} L=${L} />
      <button type="submit" class="main" disabled=${Boolean(desk.busy)}><kbd>Enter</kbd>${L.t("pause.confirm")}</button></div>
  </form><//>`;
}

/** "close" or "signOut": both close the window; `onConfirm` does it. */
export function LeaveQuestion({ desk, L, kind, onConfirm }) {
  const { no } = desk;
  return html`<${Modal} title=${L.t(`${kind}.title`, { no })}>
    <p>${L.t(`${kind}.text`, { no })}</p>
    <${Complaint} desk=${desk} L=${L} />
    <div class="row"><${Back} desk=${desk} L=${L} />
      <button type="button" class="main" data-first disabled=${Boolean(desk.busy)}
        onClick=${onConfirm}><kbd>Enter</kbd>${L.t(`${kind}.confirm`)}</button></div><//>`;
}
