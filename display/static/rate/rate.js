/** The visitor's page `/rate`: rates a visit by the code on the slip, on a phone in the hall's network or a kiosk. */
import { html, render } from "../shared/html.js";
import { loadI18n } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { createRequest, requestId } from "../shared/request.js";
import { Face, LEVELS, LOW, REASONS } from "../window/faces.js";

const CODE_LENGTH = 6;
const words = await loadI18n(new URL("./i18n/", import.meta.url));
const request = createRequest();
const page = { code: plain(decodeURIComponent(location.hash.slice(1))), level: null, reasons: [], busy: false, problem: null, done: false, id: requestId() };

function change(what) {
  // Another code, level or reason is another deed; the same one sent again is not.
  const same = !("code" in what || "level" in what || "reasons" in what);
  Object.assign(page, what, same ? {} : { problem: null, id: requestId() });
  draw();
}

/** A code as it is kept: letters and digits, capitals. */
function plain(typed) {
  return typed.toUpperCase().replace(/[^0-9A-Z]/g, "").slice(0, CODE_LENGTH);
}

async function send(event) {
  event.preventDefault();
  if (page.busy) return;
  change({ busy: true, problem: null });
  const { code, level, reasons, id } = page;
  try {
    await request.deed("/api/v1/ratings", { code, level, reasons: level <= LOW ? reasons : [] }, { tries: 3, id });
    change({ busy: false, done: true });
  } catch (problem) {
    change({ busy: false, problem });
  }
}

const flip = (reason) => change({ reasons: page.reasons.includes(reason) ? page.reasons.filter((one) => one !== reason) : [...page.reasons, reason] });
const ready = () => page.code.length === CODE_LENGTH && page.level !== null && !page.busy;
const twice = (key) => html`${words.t(key)}<span class="en" lang="en">${words.en(key)}</span>`;

const form = () => html`<form onSubmit=${send}>
  <label class="code"><span>${twice("code")}</span><input value=${page.code} inputmode="text" autocomplete="off" autocapitalize="characters" spellcheck="false" required
    aria-describedby="hint" onInput=${(event) => change({ code: plain(event.currentTarget.value) })} /></label>
  <p id="hint">${words.t("hint")}</p>
  <fieldset class="levels"><legend>${twice("level")}</legend>${LEVELS.map((level) => html`<label key=${level}>
    <input type="radio" name="level" value=${level} checked=${page.level === level} onChange=${() => change({ level })} /><${Face} level=${level} />
    <span>${twice(`level.${level}`)}</span></label>`)}</fieldset>
  ${page.level !== null && page.level <= LOW && html`<fieldset class="reasons"><legend>${twice("why")}</legend>${REASONS.map((reason) => html`<label key=${reason}>
    <input type="checkbox" checked=${page.reasons.includes(reason)} onChange=${() => flip(reason)} /><span>${words.t(`why.${reason}`)}</span></label>`)}</fieldset>`}
  <div role="alert">${page.problem && html`<p class="problem">${icon("warning")}<span>${page.problem.text()}</span></p>`}</div>
  <button class="send" disabled=${!ready()}>${twice("send")}</button>
  <p class="private">${icon("lock")}${words.t("private")}</p>
</form>`;

const thanks = () => html`<div class="thanks" role="status">${icon("ok")}<h2>${twice("thanks")}</h2></div>`;

function draw() {
  render(html`<header><h1>${twice("title")}</h1></header><main>${page.done ? thanks() : form()}</main>`, document.getElementById("app"));
}

addEventListener("hashchange", () => change({ code: plain(decodeURIComponent(location.hash.slice(1))), done: false }));
draw();
