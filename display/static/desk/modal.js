/** A question over the page: takes the focus, gives it back, closes with Esc. */
import { html, useLayoutEffect, useRef } from "../shared/html.js";
import { Complaint } from "../staff/sign-in.js";

export function Modal({ title, onClose, children, wide = false }) {
  const ref = useRef(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    ref.current.showModal();
    ref.current.querySelector("[data-first]")?.focus();
    return () => before?.focus?.();
  }, []);
  return html`<dialog ref=${ref} class=${wide ? "modal wide" : "modal"} aria-labelledby="modal-title"
    onCancel=${(event) => { event.preventDefault(); onClose(); }}><h2 id="modal-title">${title}</h2>${children}</dialog>`;
}

/** The last line of a dialog: what went wrong, the way back, and the deed. */
export const Foot = ({ L, problem, busy, ready = true, label, danger = false, onClose }) => html`
  <${Complaint} text=${problem && L.say(problem)} />
  <div class="row"><button type="button" class="plain" onClick=${onClose}>${L.t("back")}<kbd>Esc</kbd></button>
    <button type="submit" class=${danger ? "main danger" : "main"} disabled=${busy || !ready}>${label}</button></div>`;

/** One choice of several as big buttons; arrow keys work as in any group of radio buttons. */
export const Choice = ({ name, legend, of, value, onChoose, first = false }) => html`
  <fieldset class="choice"><legend>${legend}</legend><div>${of.map(([id, label, note], n) => html`
    <label key=${id} class=${id === value ? "on" : ""}><input type="radio" name=${name} value=${id} checked=${id === value}
      data-first=${first && n === 0 ? "" : null} onChange=${() => onChoose(id)} /><span>${label}${note && html`<small>${note}</small>`}</span></label>`)}
  </div></fieldset>`;
