/** What the pages share that follow the hall for people of certain roles: signing in, the live board, reading, leaving. */
import { html, render } from "../shared/html.js";
import { connectLive } from "../shared/live.js";
import { createLanguage, loadWords } from "./language.js";
import { openSession } from "./session.js";
import { SignIn } from "./sign-in.js";

const SETTLE_MS = 400;
const CLOCK_MS = 5000;
const LINK = { state: "connecting", silentMs: 0 };

/**
 * `await openHallPage({title, roles, folders, empty})` → the page; nothing happens before `begin`.
 *   title    key of the document's title
 *   roles    who may see more than the sign-in
 *   folders  of words, besides those of the staff pages
 *   empty    () → what the page knows when nobody is signed in; joins {staff, board, link, now, problem} in `state`
 * `begin({view, started, onBoard, onBeat, again})`:
 *   view     () → the whole page for somebody signed in
 *   started  () → timers to stop on leaving; called when somebody with the role has come
 *   onBoard  (board, before) on every new board; onBeat on every heartbeat; onDevices when a device has changed
 *   again    reads what may have changed; `settle()` calls it once for many events
 */
export async function openHallPage({ title, roles, folders, empty }) {
  const session = openSession();
  const words = await loadWords(new URL("./i18n/", import.meta.url), ...folders);
  const L = createLanguage(words, draw);
  const nothing = () => ({ board: null, link: LINK, problem: null, ...empty() });
  const state = { staff: await session.check().catch(() => null), now: Date.now(), ...nothing() };
  const allowed = () => roles.includes(state.staff?.role);
  let parts = null;
  let live = null;
  let timers = [];
  let soon = null;

  function change(what) {
    Object.assign(state, what);
    draw();
  }

  function settle() {
    soon ??= setTimeout(() => { soon = null; parts.again(); }, SETTLE_MS);
  }

  /** Reads `/api/v1` + path; `keep(answer)` → what changes in `state`. A lost session leaves the page. */
  async function read(path, keep) {
    try {
      change({ ...keep(await session.request.get(`/api/v1${path}`)), problem: null });
    } catch (problem) {
      if (problem.status === 401) leave();
      else change({ problem });
    }
  }

  function enter() {
    draw();
    if (!allowed() || live) return;
    live = connectLive({
      room: "hall", token: session.token(),
      onLink: (link) => change({ link }),
      onRefused: (problem) => problem.code === "unauthenticated" && leave(),
      onBeat: parts.onBeat,
      onDevices: parts.onDevices,
      onState: (board) => {
        const before = state.board;
        change({ board, link: live?.link() ?? state.link });
        parts.onBoard(board, before);
      },
    });
    timers = [setInterval(() => change({ now: live.now() }), CLOCK_MS), ...parts.started()];
  }

  function leave() {
    live?.close();
    live = null;
    timers.forEach(clearInterval);
    clearTimeout(soon);
    soon = null;
    session.forget();
    change({ staff: null, ...nothing() });
  }

  async function signOut() {
    await session.signOut();
    leave();
  }

  function signedIn(staff) {
    state.staff = staff;
    enter();
  }

  function draw() {
    document.title = L.t(title);
    render(state.staff ? parts.view() : html`<${SignIn} session=${session} L=${L} onSignedIn=${signedIn} />`,
      document.getElementById("app"));
  }

  function begin(given) {
    parts = given;
    enter();
  }

  return { L, words, state, request: session.request, allowed, now: () => live?.now() ?? state.now, change, settle, read, leave, signOut, begin };
}
