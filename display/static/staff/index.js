/** The front page: sign in, then the way to every page. */
import { html, render, useEffect, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { createLanguage, loadWords } from "./language.js";
import { openSession } from "./session.js";
import { Head, SignIn } from "./sign-in.js";

const session = openSession();
const L = createLanguage(await loadWords(new URL("./i18n/", import.meta.url)), draw);
let staff = await session.check().catch(() => null);

const WORK = {
  clerk: [["/console", "people", "ways.console"], ["/console?mini", "text", "ways.mini"]],
  supervisor: [["/supervisor", "all", "ways.supervisor"], ["/desk", "ticket", "ways.desk"], ["/why", "help", "ways.why"]],
  guide: [["/desk", "ticket", "ways.desk"], ["/why", "help", "ways.why"]],
  auditor: [["/why", "help", "ways.why"]],
  admin: [["/admin", "lock", "ways.admin"]],
};

const Way = ({ href, sign, name, note }) =>
  html`<li><a href=${href}>${icon(sign)}<span><b>${name}</b><small>${note}</small></span>${icon("chevron")}</a></li>`;

/** Pages of this role, then the screens of this hall as the controller knows them. */
function Ways() {
  const [board, setBoard] = useState(null);
  useEffect(() => {
    session.request.get("/api/v1/snapshot?room=hall").then((answer) => setBoard(answer.snapshot), () => null);
  }, []);
  const work = WORK[staff.role] ?? [];
  const zoneName = (zone) => (L.lang() === "en" && zone.name_en) || zone.name;
  return html`<${Head} L=${L} title=${L.t("signIn.product")}>
      <button type="button" onClick=${signOut}>${L.t("signIn.out")}</button><//>
    <main class="card wide"><h1>${L.t("ways.title", { no: staff.staff_no })}${L.lang() === "zh" ? "，" : ", "}${L.t(`role.${staff.role}`)}</h1>
    <p class="hint">${L.t("ways.hint")}</p>
    ${work.length > 0 && html`<h2 class="ways-title">${L.t("ways.work")}</h2><ul class="ways-list">${work.map(([href, sign, key]) =>
      html`<${Way} key=${href} href=${href} sign=${sign} name=${L.t(key)} note=${L.t(`${key}Note`)} />`)}</ul>`}
    <h2 class="ways-title">${L.t("ways.screens")}</h2><ul class="ways-list">
      <${Way} href="/screens/hall" sign="all" name=${L.t("ways.hall")} note=${L.t("ways.hallNote")} />
      ${board?.zones.map((zone) => html`<${Way} key=${zone.id} href=${`/screens/zone/${zone.id}`} sign="flag"
        name=${L.t("ways.zone", { name: zoneName(zone) })} note=${L.t("ways.zoneNote")} />`)}</ul>
    ${board?.windows.length > 0 && html`<h2 class="ways-title">${L.t("ways.windows")}</h2><ul class="numbers">
      ${board.windows.map((w) => html`<li key=${w.no}><a href=${`/screens/window/${w.no}`}
        aria-label=${L.t("ways.windowLabel", { no: w.no })}>${w.no}</a></li>`)}</ul>`}</main>`;
}

async function signOut() {
  await session.signOut();
  staff = null;
  draw();
}

function signedIn(who) {
  staff = who;
  draw();
}

function draw() {
  document.title = L.t("signIn.product");
  render(staff ? html`<${Ways} />` : html`<${SignIn} session=${session} L=${L} onSignedIn=${signedIn} />`,
    document.getElementById("app"));
}

draw();
