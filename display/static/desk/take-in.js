/** The slip of a kiosk that died while it was alone: what stands on it goes into the line (FR-23). */
import { html, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { clock } from "../shared/time.js";
import { Complaint } from "../staff/sign-in.js";
import { Items } from "./items.js";
import { Chosen, useMatter } from "./matter.js";
import { instantOf, readQuery, readTime } from "./query.js";

const EMPTY = { number: "", code: "", time: "" };

export function TakeIn({ desk, L }) {
  const matter = useMatter();
  const [slip, setSlip] = useState(EMPTY);
  const [problem, setProblem] = useState(null);
  const [done, setDone] = useState(null);
  const set = (field) => (event) => {
    setProblem(null);
    setSlip({ ...slip, [field]: event.currentTarget.value });
  };
  const number = readQuery(slip.number, desk.cat.digits)?.number;
  const code = readQuery(slip.code, desk.cat.digits)?.code;
  const wall = clock(desk.now, desk.cat.tz);
  const time = readTime(slip.time);
  const given = time ? instantOf(time, wall, desk.now) : null;
  const wrong = time && given === null ? L.t("takeIn.future", { time: wall }) : null;
  async function send(event) {
    event.preventDefault();
    if (!number || !code || given === null || !matter.any) return;
    const { ticket, problem: refused } = await desk.takeIn({ number, code, given_at: given, ...matter.body });
    setProblem(refused ?? null);
    if (!ticket) return;
    setDone(ticket);
    setSlip(EMPTY);
    matter.clear();
  }
  const field = (name, props) => html`<label><span>${L.t(`takeIn.${name}`)}</span><input name=${`slip_${name}`} required autocomplete="off" spellcheck=${false}
    value=${slip[name]} onInput=${set(name)} ...${props} /></label>`;
  return html`<form class="take take-in" onSubmit=${send}>
    <p class="hint">${L.t("takeIn.hint")}</p>
    <div class="slip-facts">${field("number", { placeholder: "R051", maxlength: 8, autocapitalize: "characters", class: "code-input" })}
      ${field("code", { placeholder: "7K3M-2Q", maxlength: 9, autocapitalize: "characters", class: "code-input" })}
      ${field("time", { placeholder: "10:42", maxlength: 5, inputmode: "numeric", class: "code-input" })}</div>
    <${Items} desk=${desk} L=${L} chosen=${matter.ids} onItem=${matter.item} onBundle=${matter.bundleIs} short />
    <div class="order"><${Chosen} desk=${desk} L=${L} matter=${matter} />
      <${Complaint} text=${wrong ?? (problem && L.say(problem))} />
      ${problem && ["not-leased", "code-taken"].includes(problem.code) && html`<div class="instead"><div><button type="button" class="small"
        onClick=${() => desk.find(problem.rest.number ?? slip.number)}>${L.t("instead.show", { number: problem.rest.number ?? number })}</button></div></div>`}
      <div class="go"><div role="status">${done && html`<p class="well">${icon("ok")}<span>${L.t("takeIn.done", { number: done.number })}</span></p>`}</div>
        <button class="main" disabled=${desk.busy || !number || !code || given === null || !matter.any}>${L.t("takeIn.go")}</button></div></div></form>`;
}
