/** The left side: the search box, and the open tickets that fit what was typed. */
import { html, useEffect, useRef, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { Complaint } from "../staff/sign-in.js";
import { LOOKS, STATES, flags, longestFirst } from "./life.js";
import { matterOf, minutesSince, named } from "./names.js";
import { narrowed } from "./query.js";

const SHOWN = 60;

/** Number or short code; Enter opens the ticket. The text stays selected, so that the next one replaces it. */
export function Search({ desk, L }) {
  const box = useRef(null);
  useEffect(() => box.current?.focus(), []);
  async function submit(event) {
    event.preventDefault();
    await desk.find(box.current.value);
    box.current?.select();
  }
  return html`<form class="search" role="search" onSubmit=${submit}>
    <label><span class="sr">${L.t("find.label")}</span><input ref=${box} name="find" autocomplete="off" autocapitalize="characters"
      spellcheck=${false} maxlength="80" placeholder=${L.t("find.example")} onInput=${(event) => desk.type(event.currentTarget.value)} /></label>
    <button class="main" disabled=${desk.finding.busy}>${L.t("find.go")}</button></form>
    <${Complaint} text=${desk.finding.problem && L.say(desk.finding.problem)} />`;
}

export function List({ desk, L }) {
  const [state, setState] = useState("");
  const [zone, setZone] = useState("");
  const [room, setRoom] = useState(SHOWN);
  const tickets = longestFirst(narrowed(desk.tickets ?? [], desk.typed)
    .filter((ticket) => (!state || ticket.state === state) && (!zone || ticket.zone === zone)));
  return html`<section class="panel list" aria-labelledby="list-title"><h2 id="list-title">${L.t("list.title")}
      <small>${desk.tickets && L.t("list.count", { n: tickets.length })}</small></h2>
    <div class="filters">
      <label><span class="sr">${L.t("list.state")}</span><select name="state" onChange=${(event) => setState(event.currentTarget.value)}>
        <option value="">${L.t("list.allStates")}</option>
        ${STATES.map((each) => html`<option key=${each} value=${each}>${L.t(`state.${each}`)}</option>`)}</select></label>
      <label><span class="sr">${L.t("list.zone")}</span><select name="zone" onChange=${(event) => setZone(event.currentTarget.value)}>
        <option value="">${L.t("list.allZones")}</option>
        ${desk.cat.zones.map((each) => html`<option key=${each.id} value=${each.id}>${named(each, L)}</option>`)}</select></label></div>
    ${!desk.tickets ? html`<p class="none">${L.t("why.reading")}</p>` : !tickets.length && html`<p class="none">${L.t(desk.tickets.length ? "list.noneHere" : "list.none")}</p>`}
    ${tickets.length > 0 && html`<ul class="tickets" tabindex="0" aria-label=${L.t("list.title")}>${tickets.slice(0, room).map((ticket) => html`
      <${Row} key=${ticket.id} desk=${desk} L=${L} ticket=${ticket} />`)}
      ${tickets.length > room && html`<li class="more"><button type="button" class="small" onClick=${() => setRoom(room + SHOWN)}>${L.t("list.more", {
        n: tickets.length - room })}</button></li>`}</ul>`}</section>`;
}

function Row({ desk, L, ticket }) {
  const [look, sign] = LOOKS[ticket.state];
  const chosen = desk.shown?.id === ticket.id && desk.tab === "ticket";
  return html`<li><button type="button" class=${chosen ? "on" : ""} aria-current=${chosen ? "true" : null} onClick=${() => desk.open(ticket)}>
    <b class="number">${ticket.number}</b>
    <span class="what"><span class="matter">${matterOf(ticket, L)}</span>
      <span class="marks">${desk.plate(ticket.zone)}${flags(ticket).map(([key, drawing]) => html`
        <span key=${key} class="mark-of" title=${L.t(`flag.${key}`)}>${icon(drawing)}<span class="sr">${L.t(`flag.${key}`)}</span></span>`)}
      ${ticket.state !== "waiting" && html`<span class=${`state ${look}`}>${icon(sign)}${L.t(`state.${ticket.state}`)}</span>`}</span></span>
    <span class="age"><b>${minutesSince(ticket.seniority_at, desk.now)}</b> ${L.t("min")}</span></button></li>`;
}
