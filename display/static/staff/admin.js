/** Accounts and devices, for administrators. */
import { html, render } from "../shared/html.js";
import { createLanguage, loadWords } from "./language.js";
import { Accounts } from "./accounts.js";
import { Devices } from "./devices.js";
import { openSession } from "./session.js";
import { Complaint, Head, SignIn } from "./sign-in.js";

const session = openSession();
const L = createLanguage(await loadWords(new URL("./i18n/", import.meta.url)), draw);
let staff = await session.check().catch(() => null);

async function signOut() {
  await session.signOut();
  staff = null;
  draw();
}

function signedIn(who) {
  staff = who;
  draw();
}

function Admin() {
  const allowed = staff.role === "admin";
  return html`<${Head} L=${L} title=${L.t("admin.title")}>
      <span>${L.t("ways.title", { no: staff.staff_no })}</span><a href="/">${L.t("admin.home")}</a>
      <button type="button" onClick=${signOut}>${L.t("signIn.out")}</button><//>
    <main class="page"><h1>${L.t("admin.title")}</h1>
    ${allowed
      ? html`<div class="columns"><${Accounts} L=${L} request=${session.request} me=${staff.staff_no} />
          <${Devices} L=${L} request=${session.request} /></div>`
      : html`<${Complaint} text=${L.t("admin.forbidden")} />`}</main>`;
}

function draw() {
  document.title = L.t("admin.title");
  render(staff ? html`<${Admin} />` : html`<${SignIn} session=${session} L=${L} onSignedIn=${signedIn} />`,
    document.getElementById("app"));
}

draw();
