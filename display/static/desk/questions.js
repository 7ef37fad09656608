/** The dialogs of the desk: cancel, priority, another window or matter. Each asks what the rule asks for, and no more. */
import { html, useState } from "../shared/html.js";
import { Items } from "./items.js";
import { Choice, Foot, Modal } from "./modal.js";
import { matterOf, named } from "./names.js";

const onSubmit = (deed) => (event) => {
  event.preventDefault();
  deed();
};

export function CancelQuestion({ desk, L, ticket }) {
  const { problem, close } = desk.asking;
  return html`<${Modal} title=${L.t("cancel.title", { number: ticket.number })} onClose=${close}>
    <form onSubmit=${onSubmit(() => desk.act(ticket, "cancel"))}><p>${L.t("cancel.text", { matter: matterOf(ticket, L) })}</p>
    <${Foot} L=${L} problem=${problem} busy=${desk.busy} danger label=${L.t("cancel.go")} onClose=${close} /></form><//>`;
}

/** A priority needs the group and what staff saw; both are one touch each. */
export function GrantQuestion({ desk, L, ticket }) {
  const { problem, close } = desk.asking;
  const [group, setGroup] = useState(null);
  const [reason, setReason] = useState(null);
  const groups = desk.cat.groups.map((each) => [each.id, named(each, L), L.t(`evidence.${each.evidence}`)]);
  if (ticket.class === "priority" || ticket.priority) groups.push(["", L.t("grant.none"), L.t("grant.noneNote")]);
  const send = () => desk.act(ticket, "grant", { priority: group || null, reason });
  return html`<${Modal} title=${L.t("grant.title", { number: ticket.number })} onClose=${close} wide>
    <form onSubmit=${onSubmit(send)}>
    <${Choice} name="group" legend=${L.t("grant.group")} of=${groups} value=${group} onChoose=${setGroup} first />
    <${Choice} name="reason" legend=${L.t("grant.reason")} value=${reason} onChoose=${setReason}
      of=${desk.cat.reasons.grant.map((id) => [id, L.t(`reason.${id}`)])} />
    <${Foot} L=${L} problem=${problem} busy=${desk.busy} ready=${group !== null && reason !== null} label=${L.t("grant.go")} onClose=${close} /></form><//>`;
}

/** To a window that can do it, or another matter instead of one. */
export function MoveQuestion({ desk, L, ticket }) {
  const { problem, close } = desk.asking;
  const [what, setWhat] = useState("window");
  const [to, setTo] = useState(null);
  const open = ticket.items.map((item, n) => [String(n), named(item, L), item]).filter(([, , item]) => item.state !== "done");
  const [index, setIndex] = useState(open[0]?.[0] ?? "0");
  const choose = (next) => { setWhat(next); setTo(null); };
  const send = () => desk.act(ticket, "move", what === "window" ? { to_window: Number(to) } : { item: Number(index), to_item: to });
  const into = to && what === "item" && desk.itemOf(to);
  return html`<${Modal} title=${L.t("move.title", { number: ticket.number })} onClose=${close} wide>
    <form onSubmit=${onSubmit(send)}>
    <${Choice} name="what" legend=${L.t("move.what")} value=${what} onChoose=${choose} first
      of=${[["window", L.t("move.window")], ["item", L.t("move.item")]]} />
    ${what === "window" ? html`<${Windows} desk=${desk} L=${L} ticket=${ticket} value=${to} onChoose=${setTo} />`
      : html`${open.length > 1 && html`<${Choice} name="index" legend=${L.t("move.which")} value=${index} onChoose=${setIndex}
          of=${open.map(([n, name]) => [n, name])} />`}
        <p class="into">${L.t("move.into")}<b>${into ? named(into, L) : L.t("move.choose")}</b></p>
        <${Items} desk=${desk} L=${L} bundles=${false} chosen=${to ? [to] : []} onItem=${setTo} short />`}
    <${Foot} L=${L} problem=${problem} busy=${desk.busy} ready=${to !== null} label=${L.t("move.go")} onClose=${close} /></form><//>`;
}

/** Windows with a clerk that do something of the ticket, free ones told apart from busy ones. */
function Windows({ desk, L, ticket, value, onChoose }) {
  const skills = new Set(ticket.items.filter((item) => item.state !== "done").map((item) => desk.itemOf(item.code)?.skill));
  const able = desk.windows.filter((window) => window.state !== "closed" && desk.skillsOf(window).some((skill) => skills.has(skill)));
  if (!able.length) return html`<p class="none">${L.t("move.nobody")}</p>`;
  return html`<${Choice} name="to" legend=${L.t("move.to")} value=${value} onChoose=${onChoose} of=${able.map((window) => [
    String(window.no), L.t("window.no", { no: window.no }),
    window.state === "paused" ? L.t("window.paused") : window.number ? L.t("window.busy", { number: window.number }) : L.t("window.free"),
  ])} />`;
}
