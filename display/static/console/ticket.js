/** The ticket in hand: who is called and why, what is to be done, which documents, which result. */
import { html } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { MissingLine } from "./missing.js";
import { phaseOf, undoLeft } from "./phase.js";
import { clock } from "./time.js";
import { Choices, UndoKey, undoWords } from "./undo.js";

const FLAG_ICONS = { bundle: "bundle", several: "bundle", appointment: "calendar", recalled: "bell", priority: "flag", help: "help", low_counter: "wheelchair", interpreter: "language", sign: "sign", calledBack: "bell" };
/** Catalogues write brackets half-width; screens show them full-width. */
export const wide = (text) => text.replaceAll("(", "（").replaceAll(")", "）");

/** Zones of the hall have a letter; the enquiry and pick-up desks have a name only. */
export const hasLetter = (zone) => /^[A-Z]$/.test(zone);

/** A number stays on one line with its measure word: "4 项", "14 分钟", "8 min". */
const MEASURED = /(\d+\s?(?:分钟|[分秒项人次号位]|min|s\b|items?\b)[，；。,;.]?)/;
export const whole = (text) =>
  text.split(MEASURED).map((part, index) => (index % 2 ? html`<span class="nb">${part}</span>` : part));

/** A name of the catalogue in the language of the desk, Chinese where it has no English. */
export const named = (thing, L, field = "name") => (L.lang() === "en" && thing[`${field}_en`]) || thing[field];
export const langOf = (thing, L, field = "name") => (L.lang() === "en" && thing[`${field}_en`] ? "en" : "zh-CN");

export function Ticket({ desk, L }) {
  const { ticket } = desk.view;
  return html`<${Head} ticket=${ticket} L=${L} />
    <div class="split">
      <${Items} ticket=${ticket} L=${L} tz=${desk.hall?.tz} />
      <${Materials} desk=${desk} L=${L} />
    </div>
    ${phaseOf(desk.view) === "serving" && html`<${Result} desk=${desk} L=${L} />`}`;
}

function Head({ ticket, L }) {
  const called = ticket.state === "called" ? " called" : "";
  const [titled, field] = ticket.bundle ? [ticket, "bundle"] : [ticket.items[ticket.active ?? 0] ?? { name: "" }, "name"];
  const flags = [...(ticket.called_back ? ["calledBack"] : []), ...ticket.needs, ...ticket.flags];
  const parts = [
    ticket.masked ?? L.t("ticket.noName"),
    ticket.items.length > 1 && L.t("ticket.bundleItems", { n: ticket.items.length }),
    L.t("ticket.waited", { n: Math.floor(ticket.waited_s / 60) }),
  ];
  return html`<section class=${`tk${called}`}><p class="no">${ticket.number}</p>
    <div><h2 lang=${langOf(titled, L, field)}>${wide(named(titled, L, field))}</h2><p class="sub">${parts.filter(Boolean).join(L.t("sep"))}</p>
      ${flags.length > 0 && html`<p class="flags">${flags.map((flag) =>
        html`<span class=${ticket.needs.includes(flag) ? "flag need" : "flag"} key=${flag}>${icon(FLAG_ICONS[flag] ?? "info")}${L.t(`flag.${flag}`)}</span>`)}</p>`}
    </div>
    ${ticket.reason && html`<p class="why"><b>${L.t("ticket.why")}</b>${whole(ticket.reason[L.lang()] ?? "")}</p>`}
    ${ticket.note && html`<p class="word">${icon("enquiry")}<span><b>${L.t("ticket.note")}</b>${ticket.note}</span></p>`}
  </section>`;
}

function Items({ ticket, L, tz }) {
  const here = ticket.items.filter((item) => item.here);
  const done = here.filter((item) => item.state === "done").length;
  const count = { n: ticket.state === "serving" ? done : ticket.items.length, m: here.length };
  const key = ticket.state === "serving" ? "items.doneHere" : "items.countHere";
  return html`<section class="pane"><h2>${L.t("items.title")}
    <span>${ticket.items.length > 1 ? L.t(key, count) : L.t("items.one")}</span></h2>
    <ul class="items" tabindex="0">${ticket.items.map((item, index) =>
      html`<${Item} key=${index} item=${item} at=${ticket.state === "serving" && index === ticket.active}
        L=${L} tz=${tz} />`)}</ul></section>`;
}

const ITEM_LOOKS = {
  done: { icon: "ok", cls: "done" },
  at: { icon: "arrow-right", cls: "at" },
  open: { icon: "circle", cls: "" },
};

function Item({ item, at, L, tz }) {
  const look = ITEM_LOOKS[item.state === "done" ? "done" : at ? "at" : "open"];
  return html`<li class=${look.cls} aria-current=${at ? "step" : null}>${icon(look.icon)}
    <span><span lang=${langOf(item, L)}>${wide(named(item, L))}</span><small>${itemNote(item, L, tz)}</small></span>
    ${itemState(item, at, L)}</li>`;
}

function itemNote(item, L, tz) {
  if (item.state === "done" && item.finished_at) {
    const done = L.t("items.doneAt", { time: clock(item.finished_at, tz), result: L.t(`result.${item.result}`) });
    return item.here ? done : [done, named(item, L, "skill_name")].join(L.t("sep"));
  }
  const skill = named(item, L, "skill_name");
  if (item.here) return skill;
  const known = hasLetter(item.zone) ? "items.nextNote" : "items.nextNoteElse";
  return L.t(known, { skill, zone: item.zone });
}

function itemState(item, at, L) {
  if (item.state === "done") return html`<span class="state ok">${icon("check")}${L.t(`result.${item.result}`)}</span>`;
  if (at) return html`<span class="state info">${icon("clock")}${L.t("items.active")}</span>`;
  if (!item.here) return html`<span class="state off">${icon("transfer")}${L.t("items.next")}</span>`;
  return null;
}

/** The documents to look at. The ticks live in this page only and go with the ticket. */
function Materials({ desk, L }) {
  const { ticket } = desk.view;
  const ticked = desk.ticked.names;
  const all = ticket.materials;
  return html`<section class="pane"><h2>${L.t("materials.title")}
      ${all.length > 0 && html`<span>${L.t("materials.count", { n: ticked.size, m: all.length })}</span>`}</h2>
    ${all.length === 0
      ? html`<p class="none">${L.t("materials.none")}</p>`
      : html`<ul class="mat">${all.map((name) => html`<li key=${name}><label>
          <input type="checkbox" checked=${ticked.has(name)} onChange=${() => desk.tick(name)} />
          <span class="box">${icon("check")}</span><span lang="zh-CN">${wide(name)}</span></label></li>`)}</ul>`}
    ${phaseOf(desk.view) === "serving" && html`<${MissingLine} desk=${desk} L=${L} />`}
    <p class="foot">${ticket.state === "called"
      ? html`${icon("bell")}${L.t("calls.note", { n: ticket.calls, m: ticket.recalls_left })}`
      : all.length > 0 && html`${icon("info")}${L.t("materials.note")}`}</p></section>`;
}

/** Which result F4 will record; right after F4, which one it has recorded and how long that may be changed. */
function Result({ desk, L }) {
  const recorded = desk.correctable();
  return html`<section class=${recorded ? "result recorded" : "result"} aria-label=${L.t("result.title")}>
    <${Choices} desk=${desk} L=${L} chosen=${recorded?.result ?? desk.result} />
    ${undoLeft(desk.view, desk.now()) ? html`<span class="sr" role="status">${undoWords(desk, L)}</span><${UndoKey} desk=${desk} L=${L} />`
      : html`<p><span>${L.t("result.hint", { key: desk.cap("F4") })}</span></p>`}
  </section>`;
}
