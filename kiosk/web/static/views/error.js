/** Something is in the way: what it is in plain words, and what to do now. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { sense } from "../names.js";
import { Sub, Way } from "../parts.js";
import { Shell } from "../shell.js";
import { Slip } from "./done.js";

const ICON_OF = [
  [/^(paper|printer)_/, "printer"],
  [/^card_/, "id-card"],
  [/^reader_/, "no-card"],
  [/^(offline|no_answer)$/, "link-lost"],
  [/^code_/, "scan"],
  [/^no_number$/, "ticket"],
  [/^no_booking$/, "calendar"],
];
const WHY = {
  "already-waiting": "ticket",
  "quota-exhausted": "clock",
  "ticketing-closed": "clock",
  "too-many-waiting": "people",
};

export function Fault({ view, s, act }) {
  const { error, ticket } = view;
  return html`<${Shell} view=${view} s=${s} act=${act} cls=${`fault ${ticket ? "with-slip" : ""} ${error.actions.length > 3 ? "many" : ""}`}>
    <section class="what" role="alert">${icon(WHY[error.why] ?? iconOf(error.code))}<div>
      <h1 id="headline" tabindex="-1">${sense(s.of(error.title, error.title_en))}</h1><${Sub} s=${s} text=${s.subOf(error.title, error.title_en)} />
      <p>${sense(s.of(error.say, error.say_en))}</p></div></section>
    ${ticket && html`<${Slip} s=${s} ticket=${ticket} plain />`}
    <section class="wayset"><h2>${s.t("error.ways")}</h2>
      <div class="ways">${error.actions.map((action, i) => html`<${Action} key=${action} view=${view} s=${s} action=${action} act=${act} main=${i === 0} />`)}</div>
    </section>
    ${view.staff_called && html`<p class="told"><span class="state info">${icon("ok")}${s.t("error.told")}</span>${s.t("error.toldHow")}</p>`}
  <//>`;
}

const iconOf = (code) => ICON_OF.find(([pattern]) => pattern.test(code))?.[1] ?? "warning";

/** Known ways out; a way the page does not know is not drawn. */
function Action({ view, s, action, act, main }) {
  const way = {
    retry: retry(view.error),
    staff: ["error.staff", "error.staffHow", "bell", "staff"],
    home: ["error.home", "error.homeHow", "all", "home"],
    exit: ["error.exit", "error.exitHow", "exit", "exit"],
    pad: ["error.pad", "error.padHow", "all", "pad_open"],
    reprint: ["error.reprint", "error.reprintHow", "printer", "reprint"],
    print_own: ["error.printOwn", "error.reprintHow", "printer", "print_own"],
    look: ["error.look", "error.lookHow", "search", "look_open"],
  }[action];
  if (!way) return null;
  const [k, how, name, name_of_act] = way;
  return html`<${Way} s=${s} k=${k} how=${how} name=${name} main=${main} onClick=${() => act(name_of_act)} />`;
}

function retry({ code, purpose }) {
  if (/^(card|reader)_/.test(code)) return ["error.retryCard", "error.retryCardHow", "id-card", "retry"];
  if (/^code_/.test(code)) return ["error.retryCode", "error.retryCodeHow", "scan", "retry"];
  if (code === "no_booking" || purpose === "booked") return ["error.retryBooking", "error.retryBookingHow", "calendar", "retry"];
  return ["error.retry", "error.retryHow", "rejoin", "retry"];
}
