/** The supervisor's page `/supervisor`: all windows, and what may be done about them. */
import { html, render } from "../shared/html.js";
import { connectLive } from "../shared/live.js";
import { createLanguage, loadWords } from "../staff/language.js";
import { openSession } from "../staff/session.js";
import { SignIn } from "../staff/sign-in.js";
import { SupervisorView } from "./view.js";

const SETTLE_MS = 400;
const CLOCK_MS = 5000;
const STAFFING_MS = 15_000;
const NOTHING = { board: null, windows: null, devices: null, catalogue: null, lunch: null, alarms: null, staffing: null, values: null, grants: null,
  tickets: null, skills: null, problem: null };

const here = (path) => new URL(path, import.meta.url);
const session = openSession();
const words = await loadWords(here("../staff/i18n/"), here("../why/i18n/"), here("./i18n/"));
const L = createLanguage(words, draw);
const page = { staff: await session.check().catch(() => null), link: { state: "connecting", silentMs: 0 }, now: Date.now(), tab: "alarms", no: null, ...NOTHING };
let live = null;
let timers = [];
let soon = null;

function change(what) {
  Object.assign(page, what);
  draw();
}

const allowed = () => page.staff?.role === "supervisor";

async function read(path, keep) {
  try {
    change({ ...keep(await session.request.get(`/api/v1${path}`)), problem: null });
  } catch (problem) {
    if (problem.status === 401) leave();
    else change({ problem });
  }
}

/** What each tab shows, read when it is opened and again when the hall changes. */
const READ = {
  alarms: () => read("/decisions?limit=1", ({ alarms }) => ({ alarms })),
  window: () => Promise.all([
    read("/desk/tickets?state=waiting", ({ tickets }) => ({ tickets })),
    read(`/windows/${page.no}/console`, ({ console: desk }) => (desk.window.no === page.no ? { skills: desk.skills.map(({ id }) => id) } : {})),
  ]),
  rules: () => read("/policy", ({ values }) => ({ values })),
  grants: () => read("/grants", ({ grants }) => ({ grants })),
};

const readWindows = () => read("/windows", ({ windows }) => ({ windows }));
const readDevices = () => read("/devices", ({ devices }) => ({ devices }));
const readStaffing = () => read("/staffing", ({ staffing }) => ({ staffing }));
const again = () => Promise.all([readWindows(), READ.alarms(), page.tab !== "alarms" && READ[page.tab]?.()]);

/** Reads again soon, once for many events. */
function settle() {
  soon ??= setTimeout(() => { soon = null; again(); }, SETTLE_MS);
}

/** Open a tab; `no` chooses the window of the window tab. */
function open(tab, no = page.no) {
  change({ tab, no, skills: no === page.no ? page.skills : null });
  READ[tab]?.();
}

function begin() {
  if (!allowed() || live) return draw();
  live = connectLive({
    room: "hall", token: session.token(),
    onLink: (link) => change({ link }),
    onDevices: ({ devices }) => {
      change({ devices });
      READ.alarms();
    },
    onRefused: (problem) => problem.code === "unauthenticated" && leave(),
    onState: (board) => {
      change({ board, link: live?.link() ?? page.link });
      settle();
    },
  });
  timers = [setInterval(readStaffing, STAFFING_MS), setInterval(() => change({ now: live.now() }), CLOCK_MS)];
  readStaffing();
  readDevices();
  read("/catalogue", (catalogue) => ({ catalogue }));
  read("/roster", ({ lunch }) => ({ lunch }));
  draw();
}

function leave() {
  live?.close();
  live = null;
  timers.forEach(clearInterval);
  clearTimeout(soon);
  soon = null;
  session.forget();
  change({ staff: null, tab: "alarms", no: null, ...NOTHING });
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
  document.title = L.t("sup.title");
  render(page.staff
    ? html`<${SupervisorView} L=${L} page=${page} allowed=${allowed()} now=${live?.now() ?? page.now} request=${session.request}
        onOpen=${open} onDone=${again} onSignOut=${signOut} />`
    : html`<${SignIn} session=${session} L=${L} onSignedIn=${signedIn} />`, document.getElementById("app"));
}

draw();
begin();
