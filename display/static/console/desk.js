/**
 * One clerk at one window: what is known, what is in flight, and what a key press does.
 *
 * No DOM and no network here: `send(deed, body)` carries a command out and resolves to
 * {answer}, {problem} or {lost: true}; `reload()` asks for the window's state; `changed()` is
 * called after every change. One press sends at most one command; while one is in flight, or the
 * controller is out of reach, presses are refused and nothing is kept for later.
 */
import { RESULTS, keysOf, phaseOf } from "./phase.js";

/** How long F4 may still be taken back or given another result, ms. */
export const GRACE_MS = 2000;
/** A second press of the same key within this time is the same press, ms. */
const BOUNCE_MS = 250;
/** How long the feed may take to show what an answer promised before it is asked for, ms. */
const SETTLE_MS = 600;

const BODIES = {
  recall: (ticket) => ({ ticket: ticket.id }),
  arrive: (ticket) => ({ ticket: ticket.id }),
  pass: (ticket) => ({ ticket: ticket.id }),
};

export class Desk {
  constructor({ no, staffNo, send, reload, now, changed, grace = GRACE_MS }) {
    Object.assign(this, { no, staffNo, send, reload, now, changed, graceMs: grace });
    this.view = null; // CONSOLE of the protocol
    this.hall = null; // {queues, waiting, tz} of the room "hall"
    this.offline = true;
    this.busy = null; // the deed in flight
    this.busyFrom = 0; // the seq of the state in which its key was pressed
    this.awaited = null; // {seq, wake}: the state that its answer speaks of
    this.overlay = null; // "pause" | "close" | "signOut"
    this.grace = null; // {until, ticket, item, result}: a finish that may still be taken back
    this.result = RESULTS[0];
    this.ticked = { ticket: null, names: new Set() };
    this.notice = null; // {key} | {problem}
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
    this.changed();
  }

  /** Take the hall's counts. */
  takeHall({ queues, waiting, tz }) {
    this.hall = { queues, waiting, tz };
    if (this.nobody && this.#skillsWait()) this.nobody = null;
    this.changed();
  }

  setOffline(offline) {
    if (offline === this.offline) return;
    this.offline = offline;
    if (offline) this.#dropGrace();
    if (!offline && this.notice?.key === "offline.refused") this.notice = null;
    this.changed();
  }

  /** This page may act no more: shown until the clerk chooses again. */
  lose(key, params = {}) {
    this.#dropGrace();
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
    this.#dropGrace();
    this.result = this.view.ticket?.preset ?? RESULTS[0];
    this.nobody = null;
    if (!before || phaseOf(before) !== phaseOf(this.view)) this.since = this.now();
    const id = this.view.ticket?.id ?? null;
    if (id !== this.ticked.ticket) this.ticked = { ticket: id, names: new Set() };
  }

  #skillsWait() {
    const mine = this.view?.skills ?? [];
    return mine.some((skill) => (this.hall.queues?.[skill.id]?.waiting ?? 0) > 0);
  }

  // ── What the clerk does ───────────────────────────────────────────────────────────────────

  keys() {
    const overlay = Boolean(this.overlay || this.grace || this.notice);
    if (!this.view) return [];
    const keys = keysOf(this.view, this.now(), { overlay, offline: this.offline });
    if (!this.busy) return keys;
    // What is refused while a command is in flight is drawn as refused: all but the key that was
    // pressed, and that one too once it means something else, like the next item's F4.
    const pressed = (key) => key.deed === this.busy && this.view.seq === this.busyFrom;
    return keys.map((key) => (pressed(key) ? key : { ...key, look: "dim" }));
  }

  /** One press of a key by its name, "F1" … "F9", "Esc" or a digit. */
  async press(name) {
    if (this.#bounced(name)) return;
    performance.mark(`key:${name}`);
    if (name === "Esc") return this.back();
    if (this.lost || !this.view) return;
    const digit = /^[1-5]$/.test(name); // chosen on this page only: need not wait for an answer
    if (this.busy && (!digit || this.busy === "finish")) return;
    if (this.offline) return this.say({ key: "offline.refused" });
    if (this.overlay) return;
    if (digit) return this.chooseResult(RESULTS[name - 1]);
    if (this.grace) return this.#pressInGrace(name);
    const key = this.keys().find((each) => each.key === name);
    if (!key || key.look === "dim") return;
    await this.#act(key.deed);
  }

  /** Close whatever is open, innermost first. */
  back() {
    if (this.grace) this.#dropGrace();
    else if (this.overlay) this.overlay = null;
    else this.notice = null;
    this.changed();
  }

  /** Choose the result of the item in hand; while F4 may still be taken back, this settles it. */
  async chooseResult(result) {
    if (this.view && phaseOf(this.view) !== "serving") return;
    this.result = result;
    if (!this.grace) return this.changed();
    this.grace.result = result;
    await this.#commitFinish();
  }

  tick(name) {
    const { names } = this.ticked;
    if (!names.delete(name)) names.add(name);
    this.changed();
  }

  open(overlay) {
    if (this.busy || this.lost) return;
    if (this.offline) return this.say({ key: "offline.refused" });
    const number = this.view?.ticket?.number;
    if (number) return this.say({ key: "busy.leave", params: { number } });
    this.overlay = overlay;
    this.changed();
  }

  async pause(reason, minutes) {
    if (this.offline) return this.say({ key: "offline.refused" });
    await this.#command("pause", { reason, minutes });
  }

  /** Close the window; true when the controller said it is closed. */
  async closeWindow() {
    if (this.offline) return this.say({ key: "offline.refused" });
    return Boolean(await this.#command("close", {}));
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

  async #act(deed) {
    if (deed === "pause") return this.open("pause");
    if (deed === "finish") return this.#beginGrace();
    const answer = await this.#command(deed, BODIES[deed]?.(this.view.ticket) ?? {});
    if (deed === "call" && answer && !answer.ticket) {
      this.nobody = answer.reason;
      this.changed();
    }
  }

  #beginGrace() {
    const { id, active } = this.view.ticket;
    const grace = { ticket: id, item: active, result: this.result, until: this.now() + this.graceMs };
    grace.timer = setTimeout(() => this.#commitFinish(), this.graceMs);
    Object.assign(this, { grace, notice: null });
    this.changed();
  }

  #dropGrace() {
    if (this.grace) clearTimeout(this.grace.timer);
    this.grace = null;
  }

  async #pressInGrace(name) {
    if (name === "F4") return this.#commitFinish();
    if (name !== "F1") return;
    await this.#commitFinish(); // the next person was called for: the finish stands
    if (this.view && phaseOf(this.view) === "idle" && !this.notice) await this.#act("call");
  }

  async #commitFinish() {
    if (!this.grace) return;
    const { ticket, item, result } = this.grace;
    this.#dropGrace();
    await this.#command("finish", { ticket, item, result });
  }

  /** Carry one command out and wait until the state shown is at least as new as its answer. */
  async #command(deed, body) {
    if (this.busy || this.lost) return null;
    Object.assign(this, { busy: deed, busyFrom: this.view.seq, notice: null });
    this.changed();
    const outcome = await this.send(deed, body);
    if (outcome.answer) await this.#settle(outcome.answer.seq);
    else await this.#fail(outcome);
    Object.assign(this, { busy: null, overlay: outcome.answer ? null : this.overlay });
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
