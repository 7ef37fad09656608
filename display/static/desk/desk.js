/** The guide desk `/desk`: numbers given, found, brought back, moved. What it shows is the controller's. */
import { html } from "../shared/html.js";
import { openHallPage } from "../staff/hall-page.js";
import { createDeeds } from "./deeds.js";
import { listenKeys } from "./keys.js";
import { createModel } from "./model.js";
import { DeskView } from "./view.js";

const FORECAST_MS = 15_000;
const folder = (name) => new URL(`../${name}/i18n/`, import.meta.url);

const hall = await openHallPage({
  title: "desk.title",
  roles: ["guide", "supervisor"],
  folders: [folder("why"), folder("desk")],
  empty: () => ({ cat: null, tickets: null, alarms: [], forecast: null, tab: "take", typed: "", finding: { busy: false, problem: null },
    shown: null, why: null, notice: null, asking: null, given: null, busy: false }),
});
const { L, read, request, state: page, words } = hall;
const model = createModel({ page, L, change: hall.change, words, request, post: createDeeds(request), refresh: hall.settle,
  left: hall.leave });

async function readTickets() {
  await read("/desk/tickets?state=open&limit=1000", model.listing());
  await read("/decisions?limit=1", ({ alarms }) => ({ alarms }));
}

const readForecast = () => read("/forecast", ({ items }) => ({ forecast: Object.fromEntries(items.map((item) => [item.code, item])) }));

listenKeys({ turn: model.turn });

hall.begin({
  view: () => html`<${DeskView} L=${L} desk=${{ ...page, ...model, allowed: hall.allowed(), role: page.staff.role,
    windows: page.board?.windows ?? [], signOut: hall.signOut }} />`,
  again: readTickets,
  started: () => {
    read("/catalogue", (cat) => ({ cat, now: hall.now() })).then(readForecast);
    return [setInterval(readForecast, FORECAST_MS)];
  },
  onBoard: (board, before) => board.seq !== before?.seq && hall.settle(),
});
