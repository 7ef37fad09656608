/** Appointments 预约: a time for somebody without a kiosk, and check-in of those who are here (FR-14, FR-16). */
import { html, useEffect, useRef, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { Complaint } from "../staff/sign-in.js";
import { Items } from "./items.js";
import { named } from "./names.js";

const MOST_TIMES = 48;

export function Appointments({ desk, L }) {
  const [item, setItem] = useState(null);
  const [times, setTimes] = useState(null);
  const [made, setMade] = useState(null);
  const [today, setToday] = useState([]);
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState(null);
  const wish = useRef(null); // the item chosen last: times of another are not shown
  const asked = useRef(0); // how often today's were asked for: an older answer is not shown

  async function read() {
    const mine = (asked.current += 1);
    const { answer } = await desk.read("/api/v1/appointments");
    if (answer && mine === asked.current) setToday(answer.bookings);
  }
  useEffect(() => { read(); }, []);

  async function choose(wanted) {
    wish.current = wanted;
    setItem(wanted);
    setMade(null);
    const { answer, problem: refused } = await desk.read(`/api/v1/appointments/slots?item=${encodeURIComponent(wanted)}`);
    if (wish.current !== wanted) return;
    setTimes(answer?.slots.slice(0, MOST_TIMES) ?? null);
    setProblem(refused ?? null);
  }
  function again() {
    wish.current = null;
    setItem(null);
    setTimes(null);
    setMade(null);
    setProblem(null);
  }
  async function book(start) {
    const { answer, problem: refused } = await desk.deed("/api/v1/appointments", { item, start });
    setProblem(refused ?? null);
    if (!answer) return choose(item);
    setMade(answer.booking);
    setTimes(null);
    return read();
  }
  async function checkIn(claim) {
    const refused = await desk.checkIn(claim);
    setProblem(refused);
    if (!refused) setCode("");
    read();
  }
  async function giveBack(booking) {
    const { problem: refused } = await desk.deed(`/api/v1/appointments/${booking}/cancel`);
    setProblem(refused ?? null);
    read();
  }
  function onCode(event) {
    event.preventDefault();
    if (code.trim()) checkIn({ code: code.trim() });
  }

  const open = today.filter(({ state }) => state === "booked");
  return html`<div class="take appointments">
    <form class="check-in" onSubmit=${onCode}><label><span>${L.t("appointment.code")}</span><input name="booking_code" value=${code} autocomplete="off"
      spellcheck=${false} maxlength="9" autocapitalize="characters" class="code-input" placeholder="7K3M-2Q"
      onInput=${(event) => setCode(event.currentTarget.value)} /></label>
      <button class="main" disabled=${desk.busy || !code.trim()}>${L.t("appointment.checkIn")}</button></form>
    <${Complaint} text=${problem && L.say(problem)} />
    <section aria-labelledby="today-title"><h3 id="today-title">${L.t("appointment.today", { n: open.length })}</h3>
      ${!open.length && html`<p class="none">${L.t("appointment.none")}</p>`}
      <ul class="bookings" tabindex="0" aria-labelledby="today-title">${open.map((each) => html`<li key=${each.id}><b>${each.start.slice(11, 16)}</b>
        <span>${named(each, L)}</span>
        <button type="button" class="small" disabled=${desk.busy} onClick=${() => checkIn({ booking: each.id })}>${L.t("appointment.checkIn")}</button>
        <button type="button" class="small" disabled=${desk.busy} onClick=${() => giveBack(each.id)}>${L.t("appointment.cancel")}</button></li>`)}</ul></section>
    <section aria-labelledby="new-title"><h3 id="new-title">${L.t("appointment.new")}</h3>
      ${made ? html`<div role="status"><p class="well made">${icon("ok")}<span>${L.t("appointment.made", {
        day: made.day, time: made.start.slice(11, 16) })} <b class="code">${made.code}</b></span></p></div>`
      : times ? html`<p class="hint"><b>${named(desk.itemOf(item), L)}</b> ${times.length ? L.t("appointment.choose") : L.t("appointment.full")}</p>
        <ul class="times" tabindex="0" aria-label=${L.t("appointment.choose")}>${times.map(({ start, left }) => html`<li key=${start}><button type="button" class="small"
          disabled=${desk.busy} onClick=${() => book(start)}>${start.slice(5, 10)} <b>${start.slice(11)}</b> <small>${L.t("appointment.left", { n: left })}</small></button></li>`)}</ul>`
      : html`<${Items} desk=${desk} L=${L} chosen=${[]} onItem=${choose} bundles=${false} short />`}
      ${(made || times) && html`<button type="button" class="small" onClick=${again}>${L.t("appointment.again")}</button>`}</section></div>`;
}
