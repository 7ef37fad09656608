/** What the panels share: a titled block, and how a deed ended. */
import { html, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { useDeed } from "../staff/deeds.js";
import { Complaint } from "../staff/sign-in.js";

export const Block = ({ title, note, children }) => html`<section class="panel block"><h2>${title}${note && html`<small>${note}</small>`}</h2>${children}</section>`;

/**
 * `useAct(request, L, onDone)` → {act(path, body, said), busy, Outcome}: does one thing, says that it is done or
 * why not, and has everything read again.
 */
export function useAct(request, L, onDone) {
  const { run, busy, problem } = useDeed(request);
  const [said, setSaid] = useState(null);
  async function act(path, body, words) {
    setSaid(null);
    const answer = await run(`/api/v1${path}`, body);
    if (!answer) return null;
    setSaid(words);
    await onDone();
    return answer;
  }
  const outcome = html`<${Complaint} text=${problem && L.say(problem)} />
    <div role="status">${said && !problem && html`<p class="well">${icon("ok")}<span>${said}</span></p>`}</div>`;
  return { act, busy, outcome };
}

/** The fields of a form as an object. */
export const fields = (event) => Object.fromEntries(new FormData(event.currentTarget));
