/** An appointment: when, for what, and whether its number is given now. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { sense } from "../names.js";
import { Place, Plate, Sub, has } from "../parts.js";
import { Shell } from "../shell.js";
import { dayText } from "../time.js";

const SIGN = { due: "ok", late: "ok", over: "warning", early: "clock", other_day: "calendar", arrived: "info", cancelled: "info", missed: "info" };
const TONE = { due: "good", late: "good", over: "mind", early: "mind", other_day: "mind" };

export function Booked({ view, s, act }) {
  const { booked } = view;
  const { due } = booked;
  const said = (which) => s[which](`booked.${due}`, { time: booked.opens, day: dayText(s, booked.day, which) });
  return html`<${Shell} view=${view} s=${s} act=${act} cls="booked" lead=${{ k: "tool.back", name: "back", onClick: () => act("back") }}>
    <section class="visit">
      <p class="lab">${icon("calendar")}<span>${s.t("booked.lab")}</span></p>
      <p class="when"><small>${due === "other_day" ? dayText(s, booked.day) : s.t("booked.today")}</small>${booked.start}</p>
      <h1 id="headline" tabindex="-1">${sense(s.of(booked.item, booked.item_en))}<${Sub} s=${s} text=${s.subOf(booked.item, booked.item_en)} /></h1>
      ${booked.zone && html`<p class="to"><${Plate} zone=${booked.zone} /><span><${Place} s=${s} zone=${booked.zone} windows=${booked.windows} /></span></p>`}
    </section>
    <p class=${`verdict ${TONE[due] ?? ""}`} role="status">${icon(SIGN[due])}<span>${sense(said("t"))}<${Sub} s=${s} text=${said("sub")} /></span></p>
    <div class="act"><${Next} view=${view} s=${s} act=${act} /></div>
  <//>`;
}

/** The next step, whatever the time. */
function Next({ view, s, act }) {
  const { booked, visitor } = view;
  if (booked.check_in) {
    return html`<button class="cta" onClick=${() => act("check_in")}>${icon("ticket")}<span>${s.t(booked.due === "over" ? "booked.takeOrdinary" : "item.take")}</span></button>`;
  }
  const look = booked.due === "arrived";
  return html`${look && html`<button class="cta" onClick=${() => act("look_open")}>${icon("search")}<span>${s.t("booked.look")}</span></button>`}
    ${has(visitor) && html`<button class="btn2" onClick=${() => act("home")}>${icon("ticket")}${s.t("booked.other")}</button>`}
    <button class=${look ? "btn2" : "cta"} onClick=${() => act("exit")}>${icon("check")}${s.t("booked.fine")}</button>`;
}
