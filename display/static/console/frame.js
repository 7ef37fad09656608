/** The frame around the work: head line, my state on the left, counts on the right. */
import { html } from "../shared/html.js";
import { icon, mark } from "../shared/icons.js";
import { loadOf, minutesUntil, phaseOf, secondsUntil, serviceBar } from "./phase.js";
import { hasLetter, langOf, named, whole } from "./ticket.js";
import { clock, minutesSeconds, minutesSince, stopwatch } from "./time.js";

export const PHASES = {
  idle: { icon: "ok", look: "ok" },
  offered: { icon: "bell", look: "info" },
  called: { icon: "bell", look: "call" },
  arrived: { icon: "people", look: "info" },
  serving: { icon: "people", look: "info" },
  paused: { icon: "pause", look: "off" },
  closed: { icon: "closed", look: "off" },
};

const CLOSING_SOON_MIN = 30;

export const windowName = (view, lang) =>
  (lang === "en" && view.window.name_en) || view.window.name || "";

/** Head line: window, clerk, ways out, connection, clock. */
export function Top({ desk, L, now, onStrip, onClose, onSignOut }) {
  const { window: w } = desk.view;
  return html`<header class="top">
    ${mark()}<h1>${L.t("console.windowNo", { no: w.no })}</h1>
    <span class="where"><span lang=${w.name_en ? null : "zh-CN"}>${windowName(desk.view, L.lang())}</span>
      ${hasLetter(w.zone) && html`<span aria-hidden="true"> · </span>${L.t("console.zone", { zone: w.zone })}`}</span>
    <span class="sep"></span><span>${L.t("console.staffNo", { no: desk.staffNo })}</span>
    <span class="ways">
      <button type="button" onClick=${onStrip}>${L.t("menu.mini")}</button>
      <button type="button" onClick=${() => desk.open("keys")}>${L.t("menu.keys")}</button>
      <button type="button" onClick=${onClose}>${L.t("menu.close")}</button>
      <button type="button" onClick=${onSignOut}>${L.t("menu.signOut")}</button>
      <button type="button" lang=${L.lang() === "zh" ? "en" : "zh-CN"}
        onClick=${L.other}>${L.t("lang.other")}</button>
    </span>
    <span class=${desk.offline ? "net off" : "net"}>${icon(desk.offline ? "link-lost" : "link")}
      ${L.t(desk.offline ? "console.offline" : "console.connected")}</span>
    <time>${clock(now, desk.hall?.tz)}</time>
  </header>`;
}

/** What the timer counts: {ms, note} for the phase. */
export function timerOf(desk, now, L) {
  const phase = phaseOf(desk.view);
  const ticket = desk.view.ticket;
  if (phase === "called") {
    const wait = secondsUntil(ticket.pass_from, now);
    const pass = wait ? L.t("timer.calledPass", { s: wait }) : L.t("timer.mayPass");
    return { ms: now - ticket.last_called_at, note: `${L.t("timer.called")}${L.t("sep")}${pass}` };
  }
  if (ticket?.state === "serving") return { ms: now - ticket.arrived_at, note: L.t(`timer.${phase}`) };
  const { until } = desk.view.window;
  if (phase === "paused" && until) {
    const left = until - now;
    return { ms: Math.abs(left), note: L.t(left >= 0 ? "timer.paused" : "timer.overdue") };
  }
  return { ms: now - (desk.since ?? now), note: L.t(phase === "paused" ? "timer.off" : "timer.idle") };
}

/** My state: what I am doing, for how long, and my day. */
export function Me({ desk, L, now }) {
  const phase = phaseOf(desk.view);
  const look = PHASES[phase];
  const timer = timerOf(desk, now, L);
  return html`<section class="me" aria-label=${L.t("me.label")}>
    <p class=${`state ${look.look}`}>${icon(look.icon)}${L.t(`phase.${phase}`)}</p>
    <p class="timer" role="timer">${stopwatch(timer.ms)}<small>${whole(timer.note)}</small></p>
    <${Bar} view=${desk.view} now=${now} L=${L} />
    <${Away} view=${desk.view} now=${now} L=${L} />
    <${Facts} view=${desk.view} now=${now} L=${L} tz=${desk.hall?.tz} />
  </section>`;
}

function Bar({ view, now, L }) {
  const { ticket } = view;
  if (ticket?.state === "called") {
    const [from, until] = [ticket.last_called_at, ticket.pass_from];
    const fill = until > from ? Math.min(100, ((now - from) / (until - from)) * 100) : 100;
    return html`<div class="p90"><i style=${{ width: `${fill}%` }}></i></div>`;
  }
  if (ticket?.state !== "serving") return null;
  const elapsed = now - ticket.arrived_at;
  const { fill, mark: at } = serviceBar(elapsed, ticket.p90_min);
  const over = ticket.p90_min && elapsed > ticket.p90_min * 60_000;
  return html`<div class=${over ? "p90 over" : "p90"}><i style=${{ width: `${fill}%` }}></i>
      <b style=${{ left: `${at}%` }}></b></div>
    <p class="p90-note"><span>${L.t("timer.expected", { n: ticket.expected_min })}</span>
      <span>${over ? L.t("timer.over") : L.t("timer.p90", { n: ticket.p90_min })}</span></p>`;
}

/** Numbers this window answers for that are not at it: held, or handed on and not accepted yet. */
function Away({ view, now, L }) {
  const held = view.held.map((brief) => ({ ...brief, sign: "clock", words: L.t("held.row") }));
  const handed = view.outgoing.map((brief) => ({ ...brief, sign: "transfer", words: L.t("outgoing.row", { no: brief.to }) }));
  const rows = [...held, ...handed];
  return rows.length > 0 && html`<ul class="away" aria-label=${L.t("away.label")}>${rows.map((row) => html`<li key=${row.id}>
    ${icon(row.sign)}<b>${row.number}</b><span>${row.words}</span><small>${whole(L.t("away.left", { n: minutesUntil(row.until, now) }))}</small></li>`)}</ul>`;
}

function Facts({ view, now, L, tz }) {
  const { finished, mean_s: mean } = view.today;
  return html`<dl class="facts2">
    <div><dt>${L.t("fact.finished")}</dt><dd>${L.t("fact.finishedN", { n: finished })}</dd></div>
    <div><dt>${L.t("fact.mean")}</dt><dd>${mean ? minutesSeconds(mean) : L.t("fact.none")}</dd></div>
    <div><dt>${L.t("fact.held")}</dt><dd>${view.held.length} / ${view.hold_limit}</dd></div>
    ${view.closes_at && html`<div><dt>${L.t("fact.closes")}</dt><dd>${closing(view.closes_at, now, L, tz)}</dd></div>`}
  </dl>`;
}

function closing(at, now, L, tz) {
  const time = clock(at, tz);
  const left = Math.ceil((at - now) / 60_000);
  if (left > CLOSING_SOON_MIN) return time;
  return L.t(left > 0 ? "fact.closesSoon" : "fact.closesPast", { time, n: left });
}

/** The queues this window can serve: counts, never people. */
export function Load({ desk, L, now }) {
  const rows = loadOf(desk.view, desk.hall?.queues);
  const mine = rows.reduce((sum, row) => sum + row.waiting, 0);
  const hall = Object.values(desk.hall?.waiting ?? {}).reduce((sum, n) => sum + n, 0);
  return html`<aside class="load" aria-label=${L.t("load.label")}>
    <h2>${L.t("load.title")}<span>${L.t("load.only")}</span></h2>
    <table><thead><tr><th scope="col">${L.t("load.skill")}</th><th scope="col">${L.t("load.waiting")}</th>
      <th scope="col">${L.t("load.oldest")}</th></tr></thead>
    <tbody>${rows.map((row) => html`<tr key=${row.id}><th scope="row" lang=${langOf(row, L)}>${named(row, L)}</th>
      <td>${row.waiting}</td><td>${oldest(row, now, L)}</td></tr>`)}</tbody></table>
    <dl class="sum"><div><dt>${L.t("load.mine")}</dt><dd>${mine} <small>${L.t("load.matters")}</small></dd></div>
      <div><dt>${L.t("load.hall")}</dt><dd>${hall} <small>${L.t("load.people")}</small></dd></div></dl>
  </aside>`;
}

const oldest = (row, now, L) =>
  row.waiting && row.oldest_at
    ? L.t("load.minutes", { n: minutesSince(row.oldest_at, now) })
    : L.t("load.none");
