/** What opens over the console: the frame of all questions, the pause form, the questions before leaving. */
import { html, useLayoutEffect, useRef, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { REASONS } from "./phase.js";
import { digitOf } from "./keys.js";
import { clock } from "./time.js";

const LONGEST_MIN = 240;

/** A modal that takes the focus and gives it back. Esc reaches the desk like any other key. */
export function Modal({ title, children, wide = false }) {
  const ref = useRef(null);
  useLayoutEffect(() => { // before the next key can come: F9 and a digit follow each other fast
    ref.current.showModal();
    ref.current.querySelector("[data-first]")?.focus();
  }, []);
  return html`<dialog ref=${ref} class=${wide ? "modal wide" : "modal"} aria-labelledby="modal-title"
    onCancel=${(event) => event.preventDefault()}><h2 id="modal-title">${title}</h2>${children}</dialog>`;
}

export const Back = ({ desk, L }) =>
  html`<button type="button" class="plain" onClick=${() => desk.back()}><kbd>${desk.cap("Esc")}</kbd>${L.t("key.back")}</button>`;

export const Complaint = ({ desk, L }) =>
  desk.notice && html`<p class="notice" role="alert">${icon("warning")}<span>${desk.notice.problem
    ? L.say(desk.notice.problem) : L.t(desk.notice.key, desk.notice.params)}</span></p>`;

/** Reasons to choose from, each with its digit; `rest(id)` says why one cannot be chosen now, or null. */
export function Reasons({ L, legend, words, ids, chosen, onChoose, rest = () => null }) {
  return html`<fieldset><legend>${legend}</legend><div class="reasons" style=${{ "--n": ids.length }}>${ids.map((id, index) => {
    const why = rest(id);
    return html`<label key=${id} class=${why ? "no" : null}><input type="radio" name="reason" value=${id} checked=${id === chosen}
      disabled=${Boolean(why)} data-first=${id === chosen ? "" : null} onChange=${() => onChoose(id)} />
      <kbd>${index + 1}</kbd>${L.t(`${words}.${id}`)}${why && html`<small>${why}</small>`}</label>`;
  })}</div></fieldset>`;
}

/** Digits choose one of the form's reasons unless a number is being typed. */
export const onDigit = (ids, choose) => (event) => {
  const id = event.target.type !== "number" && ids[digitOf(event) - 1];
  const radio = id && event.currentTarget.querySelector(`[value=${id}]:not(:disabled)`);
  if (!radio) return;
  choose(id);
  radio.focus();
};

const PAUSES = REASONS.map(({ id }) => id);

/** Reason and planned minutes of a pause. */
export function PauseForm({ desk, L }) {
  const [reason, setReason] = useState(PAUSES[0]);
  const [typed, setTyped] = useState(null);
  const minutes = typed ?? REASONS.find((each) => each.id === reason).minutes;
  const valid = Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_MIN;
  const onSubmit = (event) => {
    event.preventDefault();
    if (valid) desk.pause(reason, minutes);
  };
  return html`<${Modal} title=${L.t("pause.title")}><form onKeyDown=${onDigit(PAUSES, setReason)} onSubmit=${onSubmit}>
    <${Reasons} L=${L} legend=${L.t("pause.reason")} words="reason" ids=${PAUSES} chosen=${reason} onChoose=${setReason} />
    <label class="minutes"><span>${L.t("pause.minutes")}</span>
      <input type="number" min="1" max=${LONGEST_MIN} step="1" required value=${minutes} aria-describedby="minutes-hint"
        onInput=${(event) => setTyped(event.currentTarget.valueAsNumber)} /></label>
    <p class="hint" id="minutes-hint">${L.t("pause.minutesHint", {
      time: valid ? clock(desk.now() + minutes * 60_000, desk.hall?.tz) : "--:--" })}</p>
    <${Complaint} desk=${desk} L=${L} />
    <${Row} desk=${desk} L=${L} confirm=${L.t("pause.confirm")} />
  </form><//>`;
}

/** Back, and the button that sends the form. */
export const Row = ({ desk, L, confirm, disabled = false }) => html`<div class="row"><${Back} desk=${desk} L=${L} />
  <button type="submit" class="main" disabled=${disabled || Boolean(desk.busy)}><kbd>Enter</kbd>${confirm}</button></div>`;

/** "close" or "signOut": both close the window; `onConfirm` does it. */
export function LeaveQuestion({ desk, L, kind, onConfirm }) {
  const { no, view } = desk;
  const held = view.held.length;
  return html`<${Modal} title=${L.t(`${kind}.title`, { no })}>
    <p>${L.t(`${kind}.text`, { no })}</p>
    ${held > 0 && html`<p>${L.t("close.held", { n: held })}</p>`}
    <${Complaint} desk=${desk} L=${L} />
    <div class="row"><${Back} desk=${desk} L=${L} />
      <button type="button" class="main" data-first disabled=${Boolean(desk.busy)}
        onClick=${onConfirm}><kbd>Enter</kbd>${L.t(`${kind}.confirm`)}</button></div><//>`;
}
