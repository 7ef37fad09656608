/** The supervisor's page `/supervisor`: all windows, and what may be done about them. */
import { html } from "../shared/html.js";
import { openHallPage } from "../staff/hall-page.js";
import { SupervisorView } from "./view.js";

const STAFFING_MS = 15_000;
const here = (path) => new URL(path, import.meta.url);

const hall = await openHallPage({
  title: "sup.title",
  roles: ["supervisor"],
  folders: [here("../why/i18n/"), here("./i18n/")],
  empty: () => ({ tab: "alarms", no: null, windows: null, devices: null, catalogue: null, lunch: null, alarms: null, staffing: null, values: null,
    grants: null, tickets: null, skills: null, told: null }),
});
const { read, state: page } = hall;

/** What each tab shows, read when it is opened and again when the hall changes. */
const READ = {
  // calls for the supervisor stand above the tabs, with their answer
  alarms: () => read("/decisions?limit=1", ({ alarms }) => ({ alarms: alarms.filter(({ kind }) => kind !== "help") })),
  window: () => Promise.all([
    read("/desk/tickets?state=waiting", ({ tickets }) => ({ tickets })),
    read(`/windows/${page.no}/console`, ({ console: desk }) => (desk.window.no === page.no ? { skills: desk.skills.map(({ id }) => id) } : {})),
  ]),
  rules: () => read("/policy", ({ values }) => ({ values })),
  grants: () => read("/grants", ({ grants }) => ({ grants })),
  notices: () => read("/notices", (told) => ({ told })),
};

const readWindows = () => read("/windows", ({ windows }) => ({ windows }));
const readDevices = () => read("/devices", ({ devices }) => ({ devices }));
const readStaffing = () => read("/staffing", ({ staffing }) => ({ staffing }));
const again = () => Promise.all([readWindows(), READ.alarms(), page.tab !== "alarms" && READ[page.tab]?.()]);

/** Open a tab; `no` chooses the window of the window tab. */
function open(tab, no = page.no) {
  hall.change({ tab, no, skills: no === page.no ? page.skills : null });
  READ[tab]?.();
}

hall.begin({
  view: () => html`<${SupervisorView} L=${hall.L} page=${page} allowed=${hall.allowed()} now=${hall.now()} request=${hall.request}
    onOpen=${open} onDone=${again} onSignOut=${hall.signOut} />`,
  again,
  started: () => {
    readStaffing();
    readDevices();
    read("/catalogue", (catalogue) => ({ catalogue }));
    read("/roster", ({ lunch }) => ({ lunch }));
    return [setInterval(readStaffing, STAFFING_MS)];
  },
  onBoard: hall.settle,
  onDevices: ({ devices }) => {
    hall.change({ devices });
    READ.alarms();
  },
});
