/** The clerk console: sign in, choose a window, work. This file joins the parts. */
import { html, render } from "../shared/html.js";
import { connectLive } from "../shared/live.js";
import { SignIn } from "../staff/sign-in.js";
import { createLanguage, loadWords } from "../staff/language.js";
import { openSession } from "../staff/session.js";
import { openAside } from "./aside.js";
import { Choose, Lost, isMine } from "./choose.js";
import { post, windowCommands } from "./commands.js";
import { Desk } from "./desk.js";
import { Load, Me, Top } from "./frame.js";
import { KeyBar } from "./keybar.js";
import { listen } from "./keys.js";
import { openKeys } from "./keystore.js";
import { Mini } from "./mini.js";
import { MissingForm, MissingSheet } from "./missing.js";
import { DropForm, Held, Incoming } from "./moves.js";
import { LeaveQuestion, PauseForm } from "./overlays.js";
import { LostBanner, PaperLog } from "./paper.js";
import { phaseOf } from "./phase.js";
import { KeySettings } from "./settings.js";
import { stripPress } from "./strip.js";
import { TransferForm } from "./transfer.js";
import { Work } from "./work.js";

/** No sign of life from the controller for this long: the keys refuse, ms. */
const LOST_AFTER_MS = 3000;
const TICK_MS = 250;
const here = (path) => new URL(path, import.meta.url);

const words = await loadWords(here("../staff/i18n/"), here("./i18n/"));
const session = openSession();
const language = createLanguage(words, draw);
const mini = new URLSearchParams(location.search).has("mini");
const keys = openKeys(draw);
const root = document.getElementById("app");

/** Where the page is: {at: "signIn" | "choose" | "desk" | "lost", staff, problem, work}. */
let page = { at: "signIn", staff: null, problem: null, work: null };
/** A window is being opened: a double click opens it once. */
let opening = false;

function go(changes) {
  if (page.work && changes.at !== "desk") {
    page.work.stop();
    page.work = null;
  }
  page = { ...page, problem: null, ...changes };
  draw();
}

// ── Joining a window ────────────────────────────────────────────────────────────────────────────

/** Feeds, clock, keys and desk of window `no`; `stop()` ends them all. */
function startWork(no, staffNo) {
  const token = session.token();
  const hall = connectLive({ room: "hall", token, onState: (state) => desk.takeHall(state) });
  const commands = windowCommands(session.request, no);
  const desk = new Desk({ no, staffNo, now: hall.now, changed: draw, cap: keys.cap, ...commands });
  commands.hallKeys().then((found) => found && keys.takeHall(found));
  const own = connectLive({
    room: `console:${no}`,
    token,
    onState: (view) => desk.take(view),
    onRefused: (problem) => refused(desk, problem),
  });
  const watch = setInterval(() => {
    const { state, silentMs } = own.link();
    desk.setOffline(state === "connecting" || silentMs > LOST_AFTER_MS);
    draw();
  }, TICK_MS);
  const deaf = listen((name) => pressKey(desk, name), keys.map);
  const stop = () => {
    clearInterval(watch);
    deaf();
    page.work.strip?.close();
    own.close();
    hall.close();
  };
  return { desk, stop, strip: null };
}

function refused(desk, problem) {
  if (problem.code === "unauthenticated") desk.lose("lost.session");
  else if (problem.status === 403) desk.lose("lost.taken", { no: "?", window: desk.no });
}

/** On the full page the questions read their own digits; the strip shows none, there they are keys. */
const pressKey = (desk, name) => (mini ? stripPress(desk, name) : desk.press(name));

/** The strip beside other programs. It works by the same keys and on the same state. */
function showStrip(work) {
  if (work.strip && !work.strip.closed) return work.strip.focus();
  return openAside({
    onOpen(strip) {
      work.strip = strip;
      listen((name) => stripPress(work.desk, name), keys.map, strip);
      draw();
    },
    onClose(strip) {
      if (work.strip === strip) work.strip = null;
    },
  });
}

async function enter(w) {
  if (opening) return;
  opening = true;
  await openWindow(w).finally(() => { opening = false; });
}

async function openWindow(w) {
  const { staff } = page;
  if (!(isMine(w, staff) && w.state !== "closed")) {
    const outcome = await post(session.request, `/api/v1/windows/${w.no}/open`, {});
    if (outcome.problem?.code === "unauthenticated") return leaveSession();
    if (!outcome.answer) return go({ at: "choose", problem: outcome.problem ?? { key: "unsure.text" } });
  }
  go({ at: "desk" });
  page.work = startWork(w.no, staff.staff_no);
  draw();
}

const windows = () => session.request.get("/api/v1/windows").then((answer) => answer.windows);

/** Signed in: straight to the window the session already holds, else to the choice. */
async function arrive(staff) {
  page.staff = staff;
  if (staff.window !== null) {
    const own = (await windows().catch(() => [])).find((w) => w.no === staff.window);
    if (own && isMine(own, staff)) return enter(own);
  }
  go({ at: "choose", staff });
}

function leaveSession() {
  session.forget();
  go({ at: "signIn", staff: null });
}

async function again() {
  if (page.work.desk.lost.key === "lost.session") return leaveSession();
  go({ at: "choose" });
}

async function confirmLeave(desk) {
  const kind = desk.overlay;
  if (!(await desk.closeWindow())) return;
  if (kind === "close") return go({ at: "choose" });
  await signOut();
}

async function signOut() {
  await session.signOut();
  go({ at: "signIn", staff: null });
}

// ── Drawing ─────────────────────────────────────────────────────────────────────────────────────

function draw() {
  if (!root) return;
  render(html`<${Page} />`, root);
  const { work } = page;
  if (work?.strip && work.desk.lost) work.strip.close();
  else if (work?.strip && work.desk.view) render(html`<${Mini} ...${parts(work.desk)} />`, work.strip.document.getElementById("app"));
}

function Page() {
  const { at, work } = page;
  const lost = work?.desk.lost;
  const strip = mini && at === "desk" && !lost && work?.desk.view;
  document.body.className = strip ? "mini" : at === "desk" && !lost ? "desk" : "sheet";
  document.title = titleOf(work?.desk);
  if (at === "signIn") return html`<${SignIn} session=${session} L=${language} onSignedIn=${arrive} />`;
  if (at === "choose") return html`<${Choose} L=${language} staff=${page.staff} load=${windows}
    onEnter=${enter} onSignOut=${signOut} problem=${page.problem} />`;
  if (lost) return html`<${Lost} L=${language} lost=${lost} onAgain=${again} />`;
  if (!work?.desk.view) return html`<main class="card"><p role="status">${language.t("console.loading")}</p></main>`;
  return strip ? html`<${Mini} ...${parts(work.desk)} />` : html`<${Console} desk=${work.desk} />`;
}

const parts = (desk) => ({ desk, L: language, now: desk.now() });

function Console({ desk }) {
  const props = parts(desk);
  return html`<${Top} ...${props} onStrip=${() => showStrip(page.work)} onClose=${() => desk.open("close")} onSignOut=${() => desk.open("signOut")} />
    <${LostBanner} ...${props} />
    <${Me} ...${props} /><${Work} ...${props} /><${Load} ...${props} /><${KeyBar} ...${props} />
    <${Question} ...${props} /><${desk.sheet ? MissingSheet : PaperLog} ...${props} />`;
}

const QUESTIONS = { pause: PauseForm, transfer: TransferForm, drop: DropForm, held: Held, incoming: Incoming, missing: MissingForm, keys: KeySettings };

/** What is asked over the console; a new one for each subject. */
function Question({ desk, ...props }) {
  const { overlay, about } = desk;
  if (!overlay) return null;
  const kind = QUESTIONS[overlay];
  return kind
    ? html`<${kind} key=${`${overlay} ${about?.id}`} desk=${desk} keys=${keys} ...${props} />`
    : html`<${LeaveQuestion} desk=${desk} ...${props} kind=${overlay} onConfirm=${() => confirmLeave(desk)} />`;
}

function titleOf(desk) {
  const name = desk?.view
    ? language.t("console.windowNo", { no: desk.no })
    : language.t("console.title");
  if (!desk?.view) return name;
  const state = language.t(`phase.${phaseOf(desk.view)}`);
  return [desk.view.ticket?.number, state, name].filter(Boolean).join(" · ");
}

draw();
const staff = await session.check().catch(() => null);
if (staff) await arrive(staff);
