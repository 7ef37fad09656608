import { hallDay } from "./time.js";
import { openStorage } from "./storage.js";

/**
 * What a wall screen remembers over a reload, a crash or a power cut: the last board, so that it need not stand
 * empty while the controller is away. It is shown as old, never as new.
 */

const KEY = "jiaohao.board.";
const SAVE_MS = 10 * 1000;     // a memory card lives longer when it is seldom written

/** A memory that holds nothing. */
export const forgetful = Object.freeze({ load: () => null, save: () => {} });

/**
 * `boardMemory("hall")` → `{ load(now), save(state, heardAt) }`.
 * `load` gives `{ state, heardAt }` of the same hall day, of another day nothing but an emergency that still
 * stands; null when there is neither. `save` writes soon, at once when the emergency changes or the page goes.
 */
export function boardMemory(room, { storage = openStorage(), page = globalThis } = {}) {
  const key = KEY + room;
  let held = null;
  let timer = null;
  let written = null;

  function write() {
    clearTimeout(timer);
    timer = null;
    if (!held) return;
    storage.set(key, JSON.stringify(held));
    written = held.state.emergency ?? null;
    held = null;
  }

  page.addEventListener?.("pagehide", write);
  return {
    load(now) {
      const kept = parsed(storage.get(key));
      if (!kept) return null;
      const { state } = kept;
      if (hallDay(now, state.tz) === state.day) return kept;
      if (!state.emergency || now >= state.emergency.until) return null;
      return { ...kept, state: { ...state, calls: [], windows: [], notices: [] } };
    },
    save(state, heardAt) {
      const { tickets, ...board } = state;   // nobody shows them
      held = { state: board, heardAt };
      if (JSON.stringify(board.emergency ?? null) !== JSON.stringify(written)) return write();
      timer ??= setTimeout(write, SAVE_MS);
    },
  };
}

/** What was kept, if it is a board: a damaged or older memory is no memory. */
function parsed(text) {
  try {
    const kept = JSON.parse(text ?? "null");
    const { state } = kept ?? {};
    const whole = [state?.calls, state?.windows, state?.zones].every(Array.isArray);
    return whole && state.hall && state.day && state.tz && Number.isFinite(kept.heardAt) ? kept : null;
  } catch {
    return null;
  }
}
