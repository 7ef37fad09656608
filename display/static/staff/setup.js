/** Setting up an account from a one-time link `/setup#TOKEN`. */
import { html, render, useState } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { createRequest } from "../shared/request.js";
import { openStorage } from "../shared/storage.js";
import { createLanguage, loadWords } from "./language.js";
import { Complaint, Head } from "./sign-in.js";

const KEY = "jiaohao.setup";
const SHORTEST = 10;
const storage = openStorage("sessionStorage");
const L = createLanguage(await loadWords(new URL("./i18n/", import.meta.url)), draw);
const token = takeToken();

/** The token of the link, kept for this tab and taken out of the address. */
function takeToken() {
  const given = location.hash.slice(1);
  if (!given) return storage.get(KEY);
  storage.set(KEY, given);
  history.replaceState(null, "", location.pathname);
  return given;
}

/** Why the form cannot be sent yet, as a key of the catalogue, or null. */
function fault(password, again) {
  if ([...password].length < SHORTEST) return "setup.short";
  return password === again ? null : "setup.differ";
}

function Setup() {
  const [account, setAccount] = useState(null);
  const [problem, setProblem] = useState(token ? null : { key: "setup.noToken" });
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  async function submit(event) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = form.get("password");
    const wrong = fault(password, form.get("again"));
    if (wrong) return setProblem({ key: wrong });
    setBusy(true);
    try {
      const staff_no = form.get("staff_no").trim();
      setAccount(await createRequest().post("/api/v1/setup", { token, staff_no, password }));
      storage.remove(KEY);
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  }
  const text = problem && (problem.key ? L.t(problem.key) : L.say(problem));
  const kind = shown ? "text" : "password";
  return html`<${Head} L=${L} title=${L.t("signIn.product")} />
    ${account ? html`<${Done} account=${account} />` : html`<main class="card"><h1>${L.t("setup.title")}</h1>
    <p class="hint">${L.t("setup.hint")}</p>
    <form onSubmit=${submit}>
      <label><span>${L.t("field.staffNo")}</span><input name="staff_no" required autofocus autocomplete="username"
        autocapitalize="off" spellcheck=${false} /></label>
      <label><span>${L.t("field.password")}</span><input name="password" type=${kind} required
        autocomplete="new-password" /><small>${L.t("setup.rule")}</small></label>
      <label><span>${L.t("field.again")}</span><input name="again" type=${kind} required
        autocomplete="new-password" /></label>
      <label class="tick"><input type="checkbox" checked=${shown} onChange=${() => setShown(!shown)} />
        <span>${L.t("field.show")}</span></label>
      <${Complaint} text=${text} />
      <button class="main" disabled=${busy || !token}>${L.t("setup.go")}</button>
    </form></main>`}`;
}

const Done = ({ account }) => html`<main class="card"><h1>${L.t("setup.doneTitle")}</h1>
  <p class="well" role="status">${icon("ok")}<span>${L.t("setup.done", {
    no: account.staff_no, role: L.t(`role.${account.role}`) })}</span></p>
  <p class="after"><a class="main" href="/">${L.t("setup.signIn")}</a></p></main>`;

function draw() {
  document.title = L.t("setup.title");
  render(html`<${Setup} />`, document.getElementById("app"));
}

draw();
