/** The guide desk `/desk`: numbers given, found, brought back, moved. What it shows is the controller's. */
import { html, render } from "../shared/html.js";
import { connectLive } from "../shared/live.js";
import { createLanguage, loadWords } from "../staff/language.js";
import { openSession } from "../staff/session.js";
import { SignIn } from "../staff/sign-in.js";
import { createDeeds } from "./deeds.js";
import { listenKeys } from "./keys.js";
import { createModel } from "./model.js";
import { DeskView } from "./view.js";

const SETTLE_MS = 400;
const FORECAST_MS = 15_000;
const CLOCK_MS = 5000;
const OPEN = "/api/v1/desk/tickets?state=open&limit=1000";
const ROLES = new Set(["guide", "supervisor"]);
const folder = (name) => new URL(`../${name}/i18n/`, import.meta.url);

const session = openSession();
const words = await loadWords(folder("staff"), folder("why"), folder("desk"));
const L = createLanguage(words, draw);
const empty = () => ({
  cat: null, board: null, tickets: null, alarms: [], forecast: null, problem: null, link: { state: "connecting", silentMs: 0 },
  tab: "take", typed: "", finding: { busy: false, problem: null }, shown: null, why: null, notice: null, asking: null, given: null, busy: false,
});
const page = { staff: await session.check().catch(() => null), now: Date.now(), ...empty() };
const model = createModel({ page, L, change, words, request: session.request, post: createDeeds(session.request), refresh: settle, left: leave });
let live = null;
let timers = [];
let soon = null;

function change(what) {
  Object.assign(page, what);
  draw();
}

/** Reads the list again soon, once for many events. */
function settle() {
  soon ??= setTimeout(() => { soon = null; readTickets(); }, SETTLE_MS);
}

async function read(path, keep) {
  try {
    change({ ...keep(await session.request.get(path)), problem: null });
  } catch (problem) {
    if (problem.status === 401) leave();
    else change({ problem });
  }
}

async function readTickets() {
  await read(OPEN, ({ tickets }) => model.listed(tickets));
  await read("/api/v1/decisions?limit=1", ({ alarms }) => ({ alarms }));
}
const readForecast = () => read("/api/v1/forecast", ({ items }) => ({ forecast: Object.fromEntries(items.map((item) => [item.code, item])) }));

async function begin() {
  draw();
  if (!page.staff || !ROLES.has(page.staff.role) || live) return;
  live = connectLive({
    room: "hall", token: session.token(),
    onLink: (link) => change({ link }),
    onRefused: (problem) => problem.code === "unauthenticated" && leave(),
    onState: (board) => {
      const fresh = board.seq !== page.board?.seq;
      change({ board, link: live?.link() ?? page.link });
      if (fresh) settle();
    },
  });
  timers = [setInterval(readForecast, FORECAST_MS), setInterval(() => change({ now: live.now() }), CLOCK_MS)];
  await read("/api/v1/catalogue", (cat) => ({ cat, now: live?.now() ?? Date.now() }));
  readForecast();
}

function leave() {
  live?.close();
  live = null;
  timers.forEach(clearInterval);
  clearTimeout(soon);
  soon = null;
  session.forget();
  change({ staff: null, ...empty() });
}

async function signOut() {
  await session.signOut();
  leave();
}

function signedIn(staff) {
  page.staff = staff;
  begin();
}

listenKeys({ turn: model.turn });

function draw() {
  document.title = L.t("desk.title");
  const allowed = Boolean(page.staff) && ROLES.has(page.staff.role);
  render(page.staff
    ? html`<${DeskView} L=${L} desk=${{ ...page, ...model, allowed, role: page.staff.role, windows: page.board?.windows ?? [], signOut }} />`
    : html`<${SignIn} session=${session} L=${L} onSignedIn=${signedIn} />`, document.getElementById("app"));
}

begin();
