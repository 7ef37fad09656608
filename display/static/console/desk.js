/**
 * One clerk at one window: what is known, what is in flight, and what a key press does.
 *
 * No DOM and no network here: `send(deed, body)` carries a command out and resolves to
 * {answer}, {problem} or {lost: true}; `reload()` asks for the window's state; `items()` for the
 * hall's service items; `changed()` is called after every change; `cap(name)` is what is written
 * on the key of that name. One press sends one command;
 * while one is in flight, or the controller is out of reach, presses are refused and nothing is
 * kept for later. F4 alone may be followed at once: by F1, which calls the next person, or by a
 * digit, which takes the finish back and records it with another result.
 */
import { RESULTS, keysOf, phaseOf, undoLeft } from "./phase.js";

/** A second press of the same key within this time is the same press, ms. */
const BOUNCE_MS = 250;
/** How long the feed may take to show what an answer promised before it is asked for, ms. */
const SETTLE_MS = 600;

/** Deeds that speak of the ticket in hand alone. */
const OF_TICKET = new Set(["recall", "arrive", "start", "pass", "hold"]);
/** Deeds that first ask for something. */
const ASKING = new Set(["pause", "transfer", "drop", "held", "incoming"]);
/** What concerns this page alone and needs no controller. */
const OF_PAGE = new Set(["keys"]);
/** What may not be asked while somebody is in hand. */
const WITH_EMPTY_HANDS = new Set(["pause", "close", "signOut"]);

export class Desk {
  constructor({ no, staffNo, send, reload, items, now, changed, cap = (name) => name }) {
    Object.assign(this, { no, staffNo, send, reload, items, now, changed, cap });
    this.view = null; // CONSOLE of the protocol
    this.hall = null; // {queues, waiting, windows, tz} of the room "hall"
    this.offline = true;
    this.busy = null; // the deed in flight
    this.busyFrom = 0; // the seq of the state in which its key was pressed
    this.awaited = null; // {seq, wake}: the state that its answer speaks of
    this.overlay = null; // "close" | "signOut", one of OF_PAGE or of ASKING
    this.about = null; // the held BRIEF that is to be given up, if the overlay is about one
    this.sheet = null; // {item, missing}: the notice that the browser's printer is given now
    this.finished = null; // {ticket, number, item, result}: what the last F4 here recorded
    this.after = null; // "F1" or a digit that was pressed while the finish was in flight
    this.result = RESULTS[0];
    this.ticked = { ticket: null, names: new Set() };
    this.notice = null; // {key, params, good} | {problem}
    this.nobody = null; // the reason of a call that found nobody
    this.lost = null; // {key, params}: the window is in other hands
    this.since = null; // when the present phase began, as seen by this page
    this.lastPress = { key: null, at: -Infinity };
  }

  // ── What arrives ──────────────────────────────────────────────────────────────────────────

  /** Take the window's whole state. Older than what is held: ignored. */
  take(view) {
    if (this.view && view.seq < this.view.seq) return;
    const before = this.view;
    this.view = view;
    if (this.awaited && view.seq >= this.awaited.seq) this.awaited.wake();
    this.#watchOwner(before);
    this.#watchPhase(before);
    this.#watchOverlay(before);
    this.changed();
  }

  /** Take the hall's counts and windows. */
  takeHall({ queues, waiting, windows, tz }) {
    this.hall = { queues, waiting, windows, tz };
    if (this.nobody && this.#skillsWait()) this.nobody = null;
    this.changed();
  }

  setOffline(offline) {
    if (offline === this.offline) return;
    this.offline = offline;
    if (!offline && this.notice?.key === "offline.refused") this.notice = null;
    this.changed();
  }

  /** This page may act no more: shown until the clerk chooses again. */
  lose(key, params = {}) {
    Object.assign(this, { lost: { key, params }, overlay: null });
    this.changed();
  }

  #watchOwner(before) {
    const { clerk, state } = this.view.window;
    if (this.busy || this.lost) return;
    if (clerk && clerk !== this.staffNo) {
      this.lose("lost.taken", { no: clerk, window: this.no });
    } else if (before && before.window.state !== "closed" && state === "closed") {
      this.lose("lost.closed", { window: this.no });
    }
  }

  #watchPhase(before) {
    const mark = (view) => view && `${phaseOf(view)} ${view.ticket?.id} ${view.ticket?.active}`;
    if (mark(before) === mark(this.view)) return;
    this.result = this.view.ticket?.preset ?? RESULTS[0];
    this.nobody = null;
    if (this.notice?.good && this.view.ticket) this.notice = null;
    if (!before || phaseOf(before) !== phaseOf(this.view)) this.since = this.now();
    const id = this.view.ticket?.id ?? null;
    if (id !== this.ticked.ticket) this.ticked = { ticket: id, names: new Set() };
  }

  /** A question whose subject is gone is asked no more. */
  #watchOverlay(before) {
    const { view, overlay } = this;
    const other = before?.ticket?.id !== view.ticket?.id;
    const gone = {
      transfer: () => other,
      missing: () => other || phaseOf(view) !== "serving",
      drop: () => (this.about ? !view.held.some(({ id }) => id === this.about.id) : other),
      held: () => view.held.length === 0 || Boolean(view.ticket),
      incoming: () => view.incoming.length === 0,
      pause: () => view.window.state !== "open" || Boolean(view.ticket),
    };
    if (gone[overlay]?.()) Object.assign(this, { overlay: null, about: null });
  }

  #skillsWait() {
    const mine = this.view?.skills ?? [];
    return mine.some((skill) => (this.hall.queues?.[skill.id]?.waiting ?? 0) > 0);
  }

  // ── What the clerk does ───────────────────────────────────────────────────────────────────

  keys() {
    const overlay = Boolean(this.overlay || this.notice);
    if (!this.view) return [];
    const keys = keysOf(this.view, this.now(), { overlay, offline: this.offline });
    if (!this.busy) return keys;
    // What is refused while a command is in flight is drawn as refused: all but the key that was
    // pressed, and that one too once it means something else, like the next item's F4.
    const pressed = (key) => key.deed === this.busy && this.view.seq === this.busyFrom;
    return keys.map((key) => (pressed(key) ? key : { ...key, look: "dim" }));
  }

  /** One press of a key by its name, "F1" … "F12", "Esc" or a digit. */
  async press(name) {
    if (this.#bounced(name)) return;
    performance.mark(`key:${name}`);
    if (name === "Esc") return this.back();
    if (this.lost || !this.view) return;
    const digit = /^[1-5]$/.test(name);
    if (this.busy) return this.#pressWhileBusy(name, digit);
    if (this.offline) return this.say({ key: "offline.refused" });
    if (this.overlay) return this.#pressInOverlay(name);
    if (digit) return this.chooseResult(RESULTS[name - 1]);
    const key = this.keys().find((each) => each.key === name);
    if (!key || key.look === "dim") return;
    await this.#act(key.deed);
  }

  /** Close whatever is open, innermost first; when nothing is, take the last key back. */
  async back() {
    if (this.overlay) Object.assign(this, { overlay: null, about: null });
    else if (this.notice) this.notice = null;
    else if (this.view && !this.busy && !this.lost) return this.undo();
    this.changed();
  }

  /** Take the last key back while the controller allows it. */
  async undo() {
    if (this.offline || !undoLeft(this.view, this.now())) return;
    await this.#command("undo", {});
  }

  /** The finish that a digit may still change, or null. */
  correctable() {
    const { undo } = this.view;
    const same = undo?.what === "finish" && undo.number === this.finished?.number;
    return same && undoLeft(this.view, this.now()) ? this.finished : null;
  }

  /** Choose the result of the item in hand; right after F4, change the one that was recorded. */
  async chooseResult(result) {
    if (!this.view || this.offline) return;
    const recorded = this.correctable();
    if (recorded) return this.#correct(recorded, result);
    if (phaseOf(this.view) !== "serving") return;
    if (result === "supplement" && this.result === result) return this.open("missing");
    this.result = result;
    this.changed();
  }

  tick(name) {
    const { names } = this.ticked;
    if (!names.delete(name)) names.add(name);
    this.changed();
  }

  open(overlay, about = null) {
    if (this.busy || this.lost) return;
    if (this.offline && !OF_PAGE.has(overlay)) return this.say({ key: "offline.refused" });
    const number = this.view?.ticket?.number;
    if (number && WITH_EMPTY_HANDS.has(overlay)) return this.say({ key: "busy.leave", params: { number } });
    Object.assign(this, { overlay, about, notice: null });
    this.changed();
  }

  pause(reason, minutes) {
    return this.#asked("pause", { reason, minutes });
  }

  /** Hand the ticket on: {to_window} or {to_item}, and a word for the next clerk. */
  transfer(to, note) {
    return this.#asked("transfer", { ticket: this.view.ticket.id, ...to, note });
  }

  drop(reason) {
    const { id } = this.about ?? this.view.ticket;
    return this.#asked("drop", { ticket: id, reason });
  }

  /** Tell all that is missing for the item in hand, on paper from the window's printer. */
  tellMissing(missing) {
    const { id, active } = this.view.ticket;
    return this.#asked("missing", { ticket: id, item: active, missing });
  }

  /** The same from the browser's printer. */
  printSheet(missing) {
    this.sheet = { item: this.view.ticket.active, missing };
    this.changed();
    globalThis.print?.();
    Object.assign(this, { sheet: null, overlay: null });
    this.changed();
  }

  callBack(brief) {
    return this.#asked("call-back", { ticket: brief.id });
  }

  async accept(brief) {
    const answer = await this.#asked("accept", { ticket: brief.id });
    if (answer) this.say({ key: "incoming.accepted", params: { number: brief.number }, good: true });
  }

  sendBack(brief) {
    return this.#asked("send-back", { ticket: brief.id });
  }

  /** The supervisor need not come any more. */
  withdrawHelp() {
    return this.#asked("help/withdraw", {});
  }

  /** Close the window; true when the controller said it is closed. */
  async closeWindow() {
    return Boolean(await this.#asked("close", {}));
  }

  say(notice) {
    this.notice = notice;
    this.changed();
  }

  // ── Inside ────────────────────────────────────────────────────────────────────────────────

  #bounced(name) {
    const at = performance.now();
    const bounced = this.lastPress.key === name && at - this.lastPress.at < BOUNCE_MS;
    this.lastPress = { key: name, at };
    return bounced;
  }

  /** A digit is chosen on this page only and need not wait; what follows F4 waits for its answer. */
  #pressWhileBusy(name, digit) {
    if (this.busy === "finish") {
      if (digit || name === "F1") this.after = name;
    } else if (digit && !this.overlay && !this.correctable()) this.chooseResult(RESULTS[name - 1]);
  }

  #pressInOverlay(name) {
    if (name === "F6" && this.overlay === "incoming" && this.view.ticket) this.open("transfer");
  }

  async #act(deed) {
    if (ASKING.has(deed)) return this.open(deed);
    if (deed === "undo") return this.undo();
    if (deed === "finish") return this.#finish();
    const body = OF_TICKET.has(deed) ? { ticket: this.view.ticket.id } : {};
    const answer = await this.#command(deed, body);
    if (deed === "call" && answer && !answer.ticket) {
      this.nobody = answer.reason;
      this.changed();
    }
  }

  async #finish() {
    const { id, number, active } = this.view.ticket;
    const done = { ticket: id, number, item: active, result: this.result };
    this.after = null;
    const answer = await this.#command("finish", { ticket: id, item: active, result: done.result });
    if (!answer) return;
    this.finished = done;
    this.changed();
    await this.#afterFinish(this.after);
  }

  async #afterFinish(name) {
    if (name && name !== "F1") return this.chooseResult(RESULTS[name - 1]);
    if (name && ["idle", "offered"].includes(phaseOf(this.view))) await this.#act("call");
  }

  async #correct(recorded, result) {
    if (this.busy || recorded.result === result) return;
    if (!(await this.#command("undo", {}))) return;
    const { ticket } = this.view;
    if (ticket?.id !== recorded.ticket || ticket.active !== recorded.item) return;
    this.result = result;
    await this.#finish();
  }

  /** A command that an overlay asked for. */
  async #asked(deed, body) {
    if (this.offline) return this.say({ key: "offline.refused" });
    return this.#command(deed, body);
  }

  /** Carry one command out and wait until the state shown is at least as new as its answer. */
  async #command(deed, body) {
    if (this.busy || this.lost) return null;
    Object.assign(this, { busy: deed, busyFrom: this.view.seq, notice: null });
    this.changed();
    const outcome = await this.send(deed, body);
    if (outcome.answer) await this.#settle(outcome.answer.seq);
    else await this.#fail(outcome);
    this.busy = null;
    if (outcome.answer) Object.assign(this, { overlay: null, about: null });
    this.changed();
    return outcome.answer ?? null;
  }

  async #settle(seq) {
    if (this.view.seq < seq) {
      await new Promise((wake) => {
        this.awaited = { seq, wake };
        setTimeout(wake, SETTLE_MS);
      });
      this.awaited = null;
    }
    if (this.view.seq < seq) await this.#refresh();
  }

  async #fail({ problem }) {
    if (problem?.code === "unauthenticated") return this.lose("lost.session");
    await this.#refresh();
    this.notice = problem ? { problem } : { key: "unsure.text" };
  }

  async #refresh() {
    const view = await this.reload();
    if (view) this.take(view);
  }
}
