/** The supervisor's page `/why`: who was called and why, who was not, and which windows to open. */
import { html } from "../shared/html.js";
import { openHallPage } from "../staff/hall-page.js";
import { WhyView } from "./view.js";

const DECISIONS = 30;
const STAFFING_MS = 15_000;

const hall = await openHallPage({
  title: "why.title",
  roles: ["supervisor", "guide", "auditor"],
  folders: [new URL("./i18n/", import.meta.url)],
  empty: () => ({ decisions: null, alarms: [], staffing: null, ask: { busy: false, answer: null, problem: null } }),
});
const page = hall.state;

const readDecisions = () => hall.read(`/decisions?limit=${DECISIONS}`, ({ decisions, alarms }) => ({ decisions, alarms }));
const readStaffing = () => hall.read("/staffing", ({ staffing }) => ({ staffing }));
const states = (board) => board?.windows.map((window) => window.state).join();

/** "r046 " → the ticket of today with that number. */
async function ask(typed) {
  const number = typed.toUpperCase().replace(/[^0-9A-Z]/g, "");
  if (!number || !page.board || page.ask.busy) return;
  hall.change({ ask: { ...page.ask, busy: true } });
  try {
    const answer = await hall.request.get(`/api/v1/tickets/${page.board.day}-${encodeURIComponent(number)}/why`);
    hall.change({ ask: { busy: false, answer: answer.why, problem: null } });
  } catch (problem) {
    hall.change({ ask: { busy: false, answer: null, problem } });
  }
}

let foretold = null;           // the instant of the forecast that the page shows

hall.begin({
  view: () => html`<${WhyView} L=${hall.L} page=${page} allowed=${hall.allowed()} now=${hall.now()} onAsk=${ask} onSignOut=${hall.signOut} />`,
  again: readDecisions,
  started: () => [setInterval(readStaffing, STAFFING_MS)],
  onBeat: ({ waits }) => {
    if ((waits?.at ?? null) === foretold) return;
    foretold = waits?.at ?? null;
    readStaffing();
  },
  onBoard: (board, before) => {
    hall.settle();
    if (states(board) !== states(before)) readStaffing();
  },
});
