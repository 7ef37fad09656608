/** What the desk can do, and what follows from it for the page. */
import { html } from "../shared/html.js";
import { ended } from "./life.js";
import { named } from "./names.js";
import { narrowed, readQuery } from "./query.js";

/**
 * `createModel({page, L, change, words, request, post, refresh, left})` → the deeds that the views are given.
 * `page` is the state and `change` alters it; `post` does a deed once; `refresh()` reads the list again
 * soon; `left()` when the session is over.
 */
export function createModel({ page, L, change, words, request, post, refresh, left }) {
  const sentence = (key, values) => ({ code: key, rest: {}, text: (lang) => words.say(lang, key, values) });
  const itemOf = (code) => page.cat.items.find((item) => item.code === code);
  const zoneOf = (id) => page.cat.zones.find((zone) => zone.id === id);
  const at = (ticket, deed) => `/api/v1/tickets/${ticket.id}/${deed}`;
  let deeds = 0; // answered: a ticket whose reading began before the last one is old

  /** The answer of a deed, or {problem}; one at a time. */
  async function attempt(ask) {
    if (page.busy) return { problem: null };
    change({ busy: true });
    const outcome = await reading(ask);
    change({ busy: false });
    return outcome;
  }

  /** The answer of a reading, or {problem}: no deed waits for it, nor it for one. */
  async function reading(ask) {
    try {
      return { answer: await ask() };
    } catch (problem) {
      if (problem.status === 401) left();
      return { problem };
    }
  }

  const lookUp = async (asked) => (await request.post("/api/v1/lookups", asked)).tickets[0];

  function open(ticket) {
    change({ shown: ticket, tab: "ticket", given: null, why: null, notice: null, finding: { busy: false, problem: null } });
  }

  /** Reads the ticket that is shown again: what a deed answers does not tell its class and wait. */
  async function reload(ticket) {
    const before = deeds;
    const found = await lookUp({ number: ticket.number }).catch(() => null);
    if (found && page.shown?.id === found.id && deeds === before) change({ shown: found });
    refresh();
  }

  /** Reads how a ticket ended that is no longer open; one of an earlier day is let go. */
  async function follow(ticket) {
    const before = deeds;
    try {
      const found = await lookUp({ number: ticket.number });
      if (page.shown?.id === ticket.id && deeds === before) change({ shown: found.id === ticket.id ? found : null });
    } catch (problem) {
      if (problem.status === 404 && page.shown?.id === ticket.id) change({ shown: null });
    }
  }

  async function find(text) {
    const asked = readQuery(text, page.cat.digits);
    const here = narrowed(page.tickets ?? [], text);
    const sure = here.find((ticket) => ticket.number === asked?.number || ticket.code === asked?.code);
    if (sure || (here.length === 1 && text.trim())) return open(sure ?? here[0]);
    if (!asked || asked.tail) return change({ finding: { busy: false, problem: sentence(here.length > 1 && text.trim() ? "find.several" : "find.what") } });
    change({ finding: { busy: true, problem: null } });
    try {
      open(await lookUp(asked));
    } catch (problem) {
      change({ finding: { busy: false, problem } });
    }
    return null;
  }

  /** Does something to a ticket; `said` is what the page says was done. */
  async function act(ticket, deed, body = {}, said = deed) {
    change({ notice: null, asking: page.asking && { ...page.asking, problem: null } });
    const { answer, problem } = await attempt(() => post(at(ticket, deed), body));
    if (answer) deeds += 1;
    if (problem && page.asking) change({ asking: { ...page.asking, problem } });
    else if (problem) change({ notice: { problem } });
    else if (answer) change({ asking: null, why: null, notice: { done: said }, shown: { ...page.shown, ...answer.ticket } });
    if (answer?.slip) change({ given: { ticket: answer.ticket, slip: answer.slip, printed: false } });
    await reload(ticket);
  }

  return {
    itemOf,
    find,
    open,
    act,
    say: words.say,
    skillsOf: (window) => page.cat.windows.find((one) => one.no === window.no)?.skills ?? [],
    plate: (id) => html`<span class=${`plate ${zoneOf(id)?.cls ?? "x"}`} aria-hidden="true">${zoneOf(id)?.letter}</span>`,
    zoneName: (id) => named(zoneOf(id) ?? {}, L),
    type: (typed) => change({ typed, finding: { ...page.finding, problem: null } }),
    turn: (tab) => change({ tab, given: null, notice: null }),
    /**
     * A reading of the open tickets begins; what is returned says what the page holds once they are read. The
     * ticket that is shown is followed to its end, unless a deed was answered meanwhile: then they are read again.
     */
    listing() {
      const before = deeds;
      return ({ tickets }) => {
        const { shown } = page;
        if (deeds !== before) return { tickets };
        const now = shown && tickets.find((ticket) => ticket.id === shown.id);
        if (shown && !now && !ended(shown.state)) follow(shown);
        return { tickets, shown: now ?? shown };
      };
    },
    ask: (what, ticket) => change({ asking: { what, ticket, problem: null, close: () => change({ asking: null }) }, notice: null }),
    async askWhy(ticket) {
      const { answer, problem } = await attempt(() => request.get(at(ticket, "why")));
      change({ why: answer?.why ?? null, notice: problem ? { problem } : null });
    },
    /** Gives a number; the problem, if there is one. */
    async take(body) {
      const { answer, problem } = await attempt(() => post("/api/v1/tickets", body));
      if (answer) change({ given: { ticket: answer.ticket, slip: answer.slip, printed: false } });
      refresh();
      return problem ?? null;
    },
    /** The answer of reading a path, or the problem. */
    read: (path) => reading(() => request.get(path)),
    /** The answer of a deed that concerns no open ticket, or the problem. */
    deed: (path, body) => attempt(() => post(path, body)),
    /** Gives the number of an appointment; the problem, if there is one. */
    async checkIn(claim) {
      const { answer, problem } = await attempt(() => post("/api/v1/appointments/check-in", claim));
      if (answer) change({ given: { ticket: answer.ticket, slip: answer.slip, printed: false } });
      refresh();
      return problem ?? null;
    },
    async takeIn(body) {
      const { answer, problem } = await attempt(() => post("/api/v1/tickets/take-in", body));
      refresh();
      return { ticket: answer?.ticket, problem };
    },
    print() {
      window.print();
      change({ given: { ...page.given, printed: true } });
    },
    /** The person has the number: on paper, as the guide saw, or told. Then the next one. */
    async givenAway() {
      const { ticket, printed } = page.given;
      const first = ticket.print === "pending" && page.staff.role === "guide";
      if (first) await attempt(() => post(at(ticket, "print"), { outcome: printed ? "printed" : "unproven" }));
      change({ given: null });
      document.querySelector("[name=find]")?.focus();
    },
  };
}
