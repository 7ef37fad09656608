/**
 * 请评价: the visitor who has just been served may rate the visit. A state machine over what the window's board says,
 * the clock and the visitor's touches; talks to the controller through `request`.
 *
 * Nothing is chosen beforehand and nobody but the visitor ends it: it ends by itself, or when the next number is called.
 */

import { LOW } from "./faces.js";

const REFUSED = Object.freeze({});
const THANKS_MS = 4000;
const WHY_MS = 15000;
const ASK_AGAIN_MS = 1500;
const TRIES = 3;

/**
 * `createRating({ no, request, now, onChange })` → `{ follow(window), rate(level), flip(reason), send(), skip(), view() }`.
 *   request  {get, deed} to whoever serves this page
 *   now      () → the controller's time, ms
 *   follow   the window as the board has it; called on every change and now and then
 *   view     null, or {phase: "ask"|"sending"|"why"|"thanks"|"late", number, left (s), whole (s, of the phase), chosen}
 */
export function createRating({ no, request, now, onChange }) {
  const path = `/api/v1/windows/${no}/rating`;
  let phase = "idle";
  let visit = null;            // {number, until} that the window asks for
  let token = null;
  let ended = null;            // the visit that was rated here, or not
  let ends = 0;                // when the phase ends by itself, ms
  let whole = 0;               // s that the phase had at first
  let chosen = [];
  let asked = 0;               // when the token was asked for last
  let turn = 0;                // answers to an older visit are ignored

  const same = (a, b) => a?.number === b?.number && a?.until === b?.until;

  function go(next, forMs = 0) {
    phase = next;
    ends = forMs ? now() + forMs : 0;
    whole = phase === "idle" ? 0 : left();
    onChange();
  }

  function end() {
    ended = visit;
    token = null;
    turn += 1;
    go("idle");
  }

  function follow(window) {
    const asks = window?.rating && !window.number && now() < window.rating.until ? window.rating : null;
    if (window?.number && phase !== "idle") return end();   // somebody else stands here now
    if (phase === "idle" && asks && !same(asks, ended)) begin(asks);
    if (phase === "ask" && !asks) return end();             // taken back, rated by the slip, or the time is over
    if (ends && now() >= ends) (phase === "why" || phase === "sending" ? thank : end)();
    return undefined;
  }

  async function begin(asks) {
    if (!same(asks, visit)) token = null;
    visit = asks;
    if (now() - asked < ASK_AGAIN_MS && asked <= now()) return;
    asked = now();
    const mine = (turn += 1);
    const found = await tokenNow();
    if (mine !== turn || phase !== "idle") return;
    if (found === REFUSED) ended = asks;       // not this window's screen, or over: it will not be otherwise
    if (found?.number !== asks.number) return;
    token = found.token;
    chosen = [];
    go("ask");
  }

  /** What this screen may rate now; null when nobody answers. */
  async function tokenNow() {
    try {
      return (await request.get(path)).rating ?? REFUSED;
    } catch (problem) {
      return problem.code === "unreachable" ? null : REFUSED;
    }
  }

  async function rate(level) {
    if (phase !== "ask") return;
    go("sending");
    const mine = turn;
    const answer = await sendLevel(level);
    if (mine !== turn) return;
    if (answer === "late") go("late", THANKS_MS);
    else if (level <= LOW && answer === "taken") go("why", WHY_MS);
    else thank();
  }

  /** "taken", "known" (it was rated before) or "late". A restarted controller gives a new token for the same visit. */
  async function sendLevel(level) {
    for (let left = 2; left > 0; left -= 1) {
      try {
        await request.deed(path, { token, level }, { tries: TRIES });
        return "taken";
      } catch (problem) {
        if (problem.code === "already-rated") return "known";
        const again = problem.code === "rating-over" ? await tokenNow() : null;
        if (!again || again.number !== visit.number || again.token === token) return "late";
        token = again.token;
      }
    }
    return "late";
  }

  function flip(reason) {
    if (phase !== "why") return;
    chosen = chosen.includes(reason) ? chosen.filter((one) => one !== reason) : [...chosen, reason];
    ends = now() + WHY_MS;
    onChange();
  }

  function send() {
    if (phase !== "why") return;
    // The rating is kept already; reasons that get lost are no reason to bother the visitor.
    if (chosen.length) request.deed(`${path}/reasons`, { token, reasons: chosen }, { tries: TRIES }).catch(() => {});
    thank();
  }

  function thank() {
    go("thanks", THANKS_MS);
  }

  const left = () => Math.max(0, Math.ceil(((phase === "ask" ? visit.until : ends) - now()) / 1000));
  const view = () => (phase === "idle" ? null : { phase, number: visit.number, left: ends || phase === "ask" ? left() : null, whole, chosen });
  return { follow, rate, flip, send, skip: () => phase === "why" && thank(), view };
}
