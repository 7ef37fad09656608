import { createRequest, Problem } from "./request.js";
import { openStorage } from "./storage.js";

/** How a page gets its token: handed over in the fragment, kept from last time, given by the display agent, or by enrolling. */

const KEY = "jiaohao.token";
/** A window's screen has a token of its own, worth ratings there; the others of a browser may share one. */
const keyOf = (room) => (room?.startsWith("window:") ? `${KEY}.${room}` : KEY);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** A device's code as people read it out: "7K3M2Q" → "7K3-M2Q". */
export const spokenCode = (code) => (/^\w{6}$/.test(code ?? "") ? `${code.slice(0, 3)}-${code.slice(3)}` : code);

/** Takes `#token=…` out of the address (so that it is in no history or screenshot) and keeps it. Null when there is none. */
export function takeToken({ key = KEY, storage = openStorage() } = {}) {
  const fields = new URLSearchParams(location.hash.slice(1));
  const token = fields.get("token");
  if (!token) return null;
  storage.set(key, token);
  history.replaceState(null, "", location.pathname + location.search);
  return token;
}

/** The token kept in this browser, or null. */
export const keptToken = ({ key = KEY, storage = openStorage() } = {}) => storage.get(key);

/** Forgets the kept token (sign-out, revoked). */
export const forgetToken = ({ key = KEY, storage = openStorage() } = {}) => storage.remove(key);

const isLoopback = () => ["127.0.0.1", "localhost", "[::1]"].includes(location.hostname);

/** `GET /agent.json` of the display agent this page came from; null when no agent serves it. */
async function askAgent() {
  if (!isLoopback()) return null;
  try {
    const answer = await createRequest().get("/agent.json");
    return answer && "controller" in answer ? answer : null;
  } catch {
    return null;
  }
}

async function waitForAgent(first, onCode) {
  for (let answer = first; ; answer = (await askAgent()) ?? answer) {
    if (answer.token) return { base: answer.controller, token: answer.token, screen: answer.screen };
    onCode(spokenCode(answer.code ?? null));
    await pause(2000);
  }
}

async function enrolled({ kind, name, room, key, storage, onCode }) {
  let secret = storage.get(key);
  for (;;) {
    try {
      if (!secret) {
        secret = (await createRequest().post("/api/v1/devices", { kind, name, ...(room && { room }) })).secret;
        storage.set(key, secret);
      }
      const device = await createRequest({ token: secret }).get("/api/v1/devices/me");
      if (device.state === "approved") return secret;
      onCode(device.state === "pending" ? spokenCode(device.code) : null);
    } catch (error) {
      // A device the controller does not know or no longer wants enrols afresh.
      if (error instanceof Problem && [401, 403, 404].includes(error.status)) {
        storage.remove(key);
        secret = null;
      }
    }
    await pause(2000);
  }
}

/**
 * Where this screen's controller is and what lets it in: `{ base, token, screen }`.
 * Waits as long as it takes; meanwhile `onCode(code)` shows the code an administrator must approve
 * (null: no code yet); `onAgent()` is called at once if a display agent serves the page; `room` is what it asks to be approved for. `base` is "" when the controller itself serves the page.
 */
export async function screenAccess({ kind = "screen", name, room = null, onCode = () => {}, onAgent = () => {}, storage = openStorage() }) {
  const key = keyOf(room);
  const given = takeToken({ key, storage });
  if (given) return { base: "", token: given, screen: null };
  const agent = await askAgent();
  if (agent) {
    onAgent();
    return waitForAgent(agent, onCode);
  }
  const kept = keptToken({ key, storage });
  if (kept) return { base: "", token: kept, screen: null };
  const token = await enrolled({ kind, name, room, key: `${key}.device`, storage, onCode });
  return { base: "", token, screen: null };
}

const DEAD = new Set(["unauthenticated", "device-revoked", "device-pending"]);

/** For `onRefused`: a token the controller no longer takes is forgotten, and the page begins again. */
export function beginAgain(problem, { room = null, storage = openStorage(), afterMs = 5000 } = {}) {
  if (!DEAD.has(problem.code)) return;
  forgetToken({ key: keyOf(room), storage });
  setTimeout(() => location.reload(), afterMs);
}
