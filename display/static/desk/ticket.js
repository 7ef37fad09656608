/** One ticket: how it stands in one sentence, what may be done, and why it was not called yet. */
import { html } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { clock } from "../shared/time.js";
import { waitText } from "../shared/waits.js";
import { Complaint } from "../staff/sign-in.js";
import { Answer } from "../why/ask.js";
import { LOOKS, actions, bindable, ended, flags } from "./life.js";
import { grouped, minutesSince, named } from "./names.js";
import { Needs } from "./take.js";

const SIGNS = { why: "help", return: "back", reprint: "printer", grant: "flag", move: "transfer", free: "people", cancel: "cross" };
/** What opens a question first; the rest is done at once. */
const ASKS = new Set(["cancel", "grant", "move"]);

export function TicketPane({ desk, L }) {
  const ticket = desk.shown;
  if (!ticket) return html`<p class="none">${L.t("ticket.nothing")}</p>`;
  const [look, sign] = LOOKS[ticket.state];
  return html`<article class="one" aria-labelledby="one-number">
    <div class="one-head"><h2 class="big" id="one-number">${ticket.number}</h2>
      <div role="status"><p class="now"><span class=${`state ${look}`}>${icon(sign)}${L.t(`state.${ticket.state}`)}</span></p>
        <p class="headline">${headline(ticket, desk, L)}</p></div></div>
    <${Deeds} desk=${desk} L=${L} ticket=${ticket} />
    <${Complaint} text=${desk.notice?.problem && L.say(desk.notice.problem)} />
    <div role="status">${desk.notice?.done && html`<p class="well">${icon("ok")}<span>${L.t(`done.${desk.notice.done}`, { number: ticket.number })}</span></p>`}
      ${desk.why && html`<${Answer} L=${L} why=${desk.why} tz=${desk.cat.tz} />`}</div>
    <${Facts} desk=${desk} L=${L} ticket=${ticket} />
    ${!ended(ticket.state) && html`<${Help} key=${ticket.id} desk=${desk} L=${L} ticket=${ticket} />`}</article>`;
}

/** What the person is told now. */
function headline(ticket, desk, L) {
  const values = { window: ticket.window ?? ticket.target, time: clock(ticket.deadline_at, desk.cat.tz) };
  if (ticket.state === "waiting" && ticket.target) return L.t("now.target", values);
  if (ticket.state === "waiting") return waiting(ticket, L);
  return L.t(`now.${ticket.state}`, values);
}

function waiting(ticket, L) {
  const { ahead: n, wait } = ticket;
  if (n === null) return L.t("now.waiting");
  if (!wait) return L.t("now.aheadOnly", { n });
  return L.t(wait[1] === 0 ? "now.noWait" : "now.ahead", { n, wait: waitText(L.t, wait) });
}

function Deeds({ desk, L, ticket }) {
  const deed = (name) => {
    if (ASKS.has(name)) return desk.ask(name, ticket);
    if (name === "why") return desk.askWhy(ticket);
    return name === "free" ? desk.act(ticket, "move", { to_window: null }, name) : desk.act(ticket, name);
  };
  const may = actions(ticket);
  return may.length > 0 && html`<div class="deeds">${may.map((name, n) => html`<button type="button" key=${name} data-deed=${name} disabled=${desk.busy}
    class=${name === "cancel" ? "deed danger" : n === 0 && name !== "reprint" ? "deed first" : "deed"} onClick=${() => deed(name)}>${icon(SIGNS[name])}<span>${L.t(`act.${name}`)}</span></button>`)}</div>`;
}

function Facts({ desk, L, ticket }) {
  const { tz } = desk.cat;
  const group = desk.cat.groups.find((each) => each.id === ticket.priority);
  const rows = [
    [L.t("ticket.zone"), html`${desk.plate(ticket.zone)} ${desk.zoneName(ticket.zone)}`],
    [L.t("ticket.waited"), L.t("ticket.since", { n: minutesSince(ticket.seniority_at, desk.now), time: clock(ticket.issued_at, tz) })],
    [L.t("given.code"), grouped(ticket.code) || L.t("ticket.noCode")],
    group && [L.t("take.group"), named(group, L)],
    ticket.slot_at && [L.t("flag.appointment"), clock(ticket.slot_at, tz)],
  ].filter(Boolean);
  const told = ended(ticket.state) ? [] : ticket.needs; // which the switches below show
  const marks = flags(ticket).filter(([key]) => key !== "several" && !told.includes(key));
  return html`<dl class="facts-of">${rows.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    ${marks.length > 0 && html`<p class="flags-of">${marks.map(([key, drawing]) => html`<span class="flag" key=${key}>${icon(drawing)}${
      key === "target" ? L.t("flag.targetAt", { no: ticket.target }) : L.t(`flag.${key}`)}</span>`)}</p>`}
    <ol class="matters">${ticket.items.map((item, n) => html`<li key=${n}><span>${named(item, L)}</span>
      <small>${item.result ? L.t(`result.${item.result}`) : L.t(`item.${item.state}`)}</small></li>`)}</ol>`;
}

/** What help the person needs. A low counter binds the number, as long as it is at no window. */
function Help({ desk, L, ticket }) {
  const may = bindable(ticket.state);
  const low = ticket.needs.includes("low_counter");
  const windows = desk.cat.windows.filter((window) => window.low_counter).map((window) => window.no).join("、");
  const note = desk.notice?.problem?.code === "no-low-counter" ? "needs.noLow" : may ? low && "needs.lowNote" : "needs.lowFixed";
  return html`<${Needs} desk=${desk} L=${L} needs=${ticket.needs} disabled=${desk.busy} fixed=${may ? [] : ["low_counter"]}
      onChange=${(needs) => desk.act(ticket, "needs", { needs })} />
    ${note && html`<p class="instead">${L.t(note, { windows })}</p>`}`;
}
