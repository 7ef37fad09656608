/** The sign-in form: staff number and password. Used by the front page and the console. */
import { html, useState } from "../shared/html.js";
import { icon, mark } from "../shared/icons.js";

/** The line above every staff page. */
export function Head({ L, title, children = null }) {
  return html`<header class="head">${mark()}<b>${title}</b><span class="ways">${children}
    <button type="button" lang=${L.lang() === "zh" ? "en" : "zh-CN"}
      onClick=${L.other}>${L.t("lang.other")}</button></span></header>`;
}

/** A refusal in one sentence, read out when it appears. */
export const Complaint = ({ text }) =>
  html`<div role="alert">${text && html`<p class="problem">${icon("warning")}<span>${text}</span></p>`}</div>`;

/** `onSignedIn(staff)` is called once the controller has given a token. */
export function SignIn({ session, L, onSignedIn }) {
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);
  async function submit(event) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      const staff = await session.signIn(form.get("staff_no").trim(), form.get("password"));
      await onSignedIn((await session.check()) ?? staff);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  }
  return html`<${Head} L=${L} title=${L.t("signIn.product")} />
    <main class="card"><h1>${L.t("signIn.title")}</h1>
    <form onSubmit=${submit}>
      <label><span>${L.t("field.staffNo")}</span><input name="staff_no" required autofocus autocomplete="username"
        autocapitalize="off" spellcheck=${false} /></label>
      <label><span>${L.t("field.password")}</span><input name="password" type="password" required
        autocomplete="current-password" /></label>
      <${Complaint} text=${problem && L.say(problem)} />
      <button class="main" disabled=${busy}>${L.t(busy ? "signIn.busy" : "signIn.go")}</button>
    </form></main>`;
}
