import { io as socketIo } from "../vendor/socket.io.esm.min.js";
import { apply, announcements, fromSnapshot } from "./board.js";
import { forgetful } from "./memory.js";

/**
 * The live feed of one room, kept true: snapshot, events, gaps, heartbeat, reconnection.
 * After any cut it converges to the controller's state; while it cannot, it says so.
 */

export const STALE_DOT_MS = 5000;
export const STALE_BANNER_MS = 15000;
const WATCH_MS = 250;          // how often silence is measured
const SILENCE_MS = 6000;       // three missed beats: the socket is dead even if TCP does not know
const LAPSE_MS = 3000;         // a beat overdue by half: what comes next may have been held up on its way
const LATE_MS = 500;           // a call that is news is heard sooner
const GRACE_MS = 500;          // a beat may overtake the events it counts
const REFUSED_RETRY_MS = 3000;
const ACK_MS = 4000;

/** Reconnects within 5 s of the controller's return: 3 s for a hung attempt, 1 s at most between two. */
export const SOCKET_OPTIONS = Object.freeze({
  transports: ["websocket"],
  reconnectionDelay: 200,
  reconnectionDelayMax: 1000,
  randomizationFactor: 0.3,
  timeout: 3000,
  autoConnect: false,
});

/**
 * @param {object} options
 *   room      "hall" | "zone:B" | "window:5" | "console:5"
 *   token     device or staff token
 *   base      the controller's address, "" for the page's own
 *   refreshMs how often to ask for a fresh snapshot, for what no event tells (opening hours); 0: never
 *   memory    what outlives the page (see memory.js): shown as old until the controller is heard
 *   onState   (state) after every change; console rooms get the CONSOLE object as it came
 *   onCalls   ([{seq, recall, call}]) calls heard live, to be announced; never from a snapshot, and none that
 *             were made while the line was silent: those are in the state, as after a cut
 *   onLink    ({state, silentMs, heardAt}) when it changes, and each second while stale;
 *             state: "connecting" | "live" | "stale_dot" | "stale_banner"; heardAt: controller ms or null;
 *             silentMs null: what is shown is remembered, and nobody knows for how long nothing was heard
 *   onRefused (problem) when the controller refuses the token or the room; it keeps trying
 *   onBeat    (beat) each `hb`; the waits it brings are in the state by then
 *   onDevices ({at, devices}) how all kiosks and screens are, when one changes; to supervisors only
 * @returns {{ state(): object|null, link(): object, offset(): number, now(): number, close(): void }}
 *   `now()` is the controller's time in ms, `offset()` its difference to the page's clock.
 */
export function connectLive({
  room, token, base = "", io = socketIo,
  refreshMs = 0, memory = forgetful, onState = () => {}, onCalls = () => {}, onLink = () => {}, onRefused = () => {}, onBeat = () => {}, onDevices = () => {},
}) {
  const isConsole = room.startsWith("console:");
  const socket = io(base || location.origin, { ...SOCKET_OPTIONS, auth: { token } });
  const timers = new Set();
  const kept = memory.load(Date.now());
  let state = kept?.state ?? null;
  let seq = null;
  let anchor = null;           // {at, tick}: the controller's time at a tick of the monotonic clock
  let heard = null;            // performance.now() of the last message; a clock that never jumps
  let lapse = null;            // {end, tick}: the controller's time at which the line spoke again, and the page's
  let link = { state: "connecting", silentMs: 0, heardAt: null };
  let attempt = 0;             // answers to an older question are ignored
  let early = null;            // what was heard while an answer was on its way: a snapshot may be older
  let kickedAt = 0;

  const later = (ms, deed) => {
    const timer = setTimeout(() => { timers.delete(timer); deed(); }, ms);
    timers.add(timer);
  };

  const now = () => (anchor ? anchor.at + performance.now() - anchor.tick : Date.now());

  function hear() {
    const tick = performance.now();
    if (heard !== null && tick - heard > LAPSE_MS) lapse = { end: now(), tick };
    heard = tick;
    measure();
  }

  /** Whether a message of this time was held up by a line that was silent without being cut, and came when it spoke again. */
  const heldUp = ({ at }) =>
    lapse !== null && performance.now() - lapse.tick < LAPSE_MS && at < lapse.end - LATE_MS;

  /** Beats set the clock; a snapshot does until the first beat. The page's own clock may be wrong. */
  function setClock(at) {
    if (typeof at === "number") anchor = { at, tick: performance.now() };
  }

  function measure() {
    const silentMs = heard === null ? 0 : performance.now() - heard;
    const remembered = seq === null && state !== null;
    const name = remembered ? "stale_banner"
      : seq === null ? "connecting"
      : silentMs >= STALE_BANNER_MS ? "stale_banner"
      : silentMs >= STALE_DOT_MS ? "stale_dot" : "live";
    const whole = Math.floor(silentMs / 1000);
    const before = Math.floor(link.silentMs / 1000);
    const changed = name !== link.state || (name.startsWith("stale") && whole !== before);
    link = remembered
      ? { state: name, silentMs: null, heardAt: kept.heardAt }
      : { state: name, silentMs, heardAt: heard === null ? null : now() - silentMs };
    if (changed) onLink(link);
    wake(silentMs);
  }

  /** A pulled cable leaves a socket that looks alive: drop it and dial again. */
  function wake(silentMs) {
    const tick = performance.now();
    if (!socket.connected || silentMs < SILENCE_MS || tick - kickedAt < SILENCE_MS) return;
    kickedAt = tick;
    socket.disconnect();
    socket.connect();
  }

  function sync(question) {
    const mine = (attempt += 1);
    early = [];
    socket.timeout(ACK_MS).emit(question, { room }, (error, answer) => {
      if (mine !== attempt || closed) return;
      if (error || !answer?.ok) {
        if (answer?.problem) onRefused(answer.problem);
        return later(1000, () => socket.connected && mine === attempt && sync(question));
      }
      take(answer);
    });
  }

  function take(answer) {
    const overtook = early.filter((message) => message.seq > answer.seq);
    const newest = isConsole ? overtook.at(-1) ?? answer : answer;
    const whole = newest.snapshot ?? newest.console;
    const told = seq ?? answer.seq;
    early = null;
    seq = newest.seq;
    state = isConsole ? whole : fromSnapshot(whole);
    if (!anchor) setClock(whole?.at);
    hear();
    lapse = null;              // what follows a snapshot is news, whatever was silent before it
    keep();
    if (!isConsole) overtook.every((message) => follow(message, told));
  }

  /** A new state: shown, and remembered. */
  function keep() {
    if (!isConsole) memory.save(state, now());
    onState(state);
  }

  function onEvents(message) {
    if (message?.room !== room) return;
    hear();
    early?.push(message);
    if (seq !== null && message.seq > seq) follow(message, seq);
  }

  /** The state after a message, and calls in it that were not `told` before; false if it asked for a snapshot instead. */
  function follow(message, told) {
    if (message.prev > seq || !isMessage(message)) return ask();
    const fresh = message.events.filter((event) => event.seq > seq);
    state = fresh.reduce(apply, state);
    seq = message.seq;
    keep();
    const calls = announcements(fresh.filter((event) => event.seq > told && !heldUp(event)));
    if (calls.length) onCalls(calls);
    return fresh.some((event) => event.type === "day.opened") ? ask() : true;
  }

  function ask() {
    sync("snapshot");
    return false;
  }

  function onConsole(message) {
    if (message.room !== room) return;
    hear();
    early?.push(message);
    if (seq !== null && message.seq < seq) return;
    seq = message.seq;
    state = message.console;
    onState(state);
  }

  function onHeartbeat(beat) {
    hear();
    if (!heldUp(beat)) setClock(beat.at);
    if (state && !isConsole) state = { ...state, waits: beat.waits ?? null };
    onBeat(beat);
    const target = beat.rooms?.[room];
    if (seq === null || !(target > seq)) return;
    later(GRACE_MS, () => socket.connected && target > seq && sync("snapshot"));
  }

  let closed = false;
  socket.on("connect", () => sync("join"));
  socket.on("events", onEvents);
  socket.on("console", onConsole);
  socket.on("hb", onHeartbeat);
  socket.on("devices", onDevices);
  socket.on("disconnect", (reason) => {
    attempt += 1;
    if (reason === "io server disconnect") later(REFUSED_RETRY_MS, () => socket.connect());
  });
  socket.on("connect_error", (error) => {
    if (error.data?.code) onRefused(error.data);
    if (!socket.active) later(REFUSED_RETRY_MS, () => socket.connect());
  });

  const dial = () => closed || socket.connected || socket.disconnect().connect();
  globalThis.addEventListener?.("online", dial);
  const watch = setInterval(measure, WATCH_MS);
  const refresh = refreshMs ? setInterval(() => socket.connected && sync("snapshot"), refreshMs) : null;
  socket.connect();

  return {
    state: () => state,
    link: () => link,
    offset: () => now() - Date.now(),
    now,
    close() {
      closed = true;
      clearInterval(watch);
      clearInterval(refresh);
      timers.forEach(clearTimeout);
      globalThis.removeEventListener?.("online", dial);
      socket.disconnect();
    },
  };
}

/** Whether an `events` message is what the protocol says; what is not is not believed. */
function isMessage({ prev, seq, events }) {
  const seqs = Array.isArray(events) ? events.map((event) => event?.seq) : [];
  const rising = seqs.every((one, n) => Number.isInteger(one) && one > (n ? seqs[n - 1] : prev));
  return Number.isInteger(prev) && seqs.length > 0 && rising && seqs.at(-1) === seq;
}
