/** The supervisor's page `/why`: who was called and why, who was not, and which windows to open. */
import { html, render } from "../shared/html.js";
import { connectLive } from "../shared/live.js";
import { createLanguage, loadWords } from "../staff/language.js";
import { openSession } from "../staff/session.js";
import { SignIn } from "../staff/sign-in.js";
import { WhyView } from "./view.js";

const DECISIONS = 30;
const SETTLE_MS = 400;
const STAFFING_MS = 15_000;
const CLOCK_MS = 5000;
const READERS = new Set(["supervisor", "guide", "auditor"]);

const session = openSession();
const words = await loadWords(new URL("../staff/i18n/", import.meta.url), new URL("./i18n/", import.meta.url));
const L = createLanguage(words, draw);
const page = {
  staff: await session.check().catch(() => null), board: null, link: { state: "connecting", silentMs: 0 }, now: Date.now(),
  decisions: null, alarms: [], staffing: null, problem: null, ask: { busy: false, answer: null, problem: null },
};
let live = null;
let timers = [];
let soon = null;
let foretold = null;           // the instant of the forecast that the page shows

function change(what) {
  Object.assign(page, what);
  draw();
}

/** Reads again soon, once for many events. */
function settle() {
  soon ??= setTimeout(() => { soon = null; readDecisions(); }, SETTLE_MS);
}

async function read(path, keep) {
  try {
    change({ ...keep(await session.request.get(path)), problem: null });
  } catch (problem) {
    if (problem.status === 401) leave();
    else change({ problem });
  }
}

const readDecisions = () => read(`/api/v1/decisions?limit=${DECISIONS}`, ({ decisions, alarms }) => ({ decisions, alarms }));
const readStaffing = () => read("/api/v1/staffing", ({ staffing }) => ({ staffing }));

function begin() {
  if (!page.staff || !READERS.has(page.staff.role) || live) return draw();
  let windows = "";
  live = connectLive({
    room: "hall", token: session.token(),
    onLink: (link) => change({ link }),
    onRefused: (problem) => problem.code === "unauthenticated" && leave(),
    onBeat: ({ waits }) => {
      if ((waits?.at ?? null) === foretold) return;
      foretold = waits?.at ?? null;
      readStaffing();
    },
    onState: (board) => {
      change({ board, link: live?.link() ?? page.link });
      settle();
      const states = board.windows.map((window) => window.state).join();
      if (states !== windows) readStaffing();
      windows = states;
    },
  });
  timers = [setInterval(readStaffing, STAFFING_MS), setInterval(() => change({ now: live.now() }), CLOCK_MS)];
  draw();
}

function leave() {
  live?.close();
  live = null;
  timers.forEach(clearInterval);
  clearTimeout(soon);
  soon = null;
  session.forget();
  change({ staff: null, board: null, decisions: null, alarms: [], staffing: null, problem: null,
    ask: { busy: false, answer: null, problem: null } });
}

/** "r046 " → the ticket of today with that number. */
async function ask(typed) {
  const number = typed.toUpperCase().replace(/[^0-9A-Z]/g, "");
  if (!number || !page.board || page.ask.busy) return;
  change({ ask: { ...page.ask, busy: true } });
  try {
    const answer = await session.request.get(`/api/v1/tickets/${page.board.day}-${encodeURIComponent(number)}/why`);
    change({ ask: { busy: false, answer: answer.why, problem: null } });
  } catch (problem) {
    change({ ask: { busy: false, answer: null, problem } });
  }
}

async function signOut() {
  await session.signOut();
  leave();
}

function signedIn(staff) {
  page.staff = staff;
  begin();
}

function draw() {
  document.title = L.t("why.title");
  const allowed = page.staff && READERS.has(page.staff.role);
  render(page.staff
    ? html`<${WhyView} L=${L} page=${page} allowed=${allowed} now=${live?.now() ?? page.now} onAsk=${ask} onSignOut=${signOut} />`
    : html`<${SignIn} session=${session} L=${L} onSignedIn=${signedIn} />`, document.getElementById("app"));
}

draw();
begin();
