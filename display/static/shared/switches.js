import { openStorage } from "./storage.js";

/**
 * What staff can do at the screen itself, with a keyboard, also when no controller answers:
 * Ctrl+Alt+N takes the notices off this screen and puts them back, Ctrl+Alt+E shows 紧急疏散 and takes it away.
 */

const KEY = "jiaohao.switches";
const AS_DELIVERED = Object.freeze({ notices: true, evacuate: false });

/** `switches(onChange)` → `{ notices, evacuate }` now, by `.state()`; kept over a reload. */
export function switches(onChange = () => {}, { storage = openStorage(), page = globalThis } = {}) {
  let state = { ...AS_DELIVERED, ...read(storage.get(KEY)) };
  const flip = (name) => {
    state = { ...state, [name]: !state[name] };
    storage.set(KEY, JSON.stringify(state));
    onChange(state);
  };
  page.addEventListener("keydown", (event) => {
    const name = { KeyN: "notices", KeyE: "evacuate" }[event.code];
    if (!name || !event.ctrlKey || !event.altKey || event.repeat) return;
    event.preventDefault();
    flip(name);
  });
  return { state: () => state };
}

function read(text) {
  try {
    const { notices, evacuate } = JSON.parse(text ?? "{}");
    return { notices: notices !== false, evacuate: evacuate === true };
  } catch {
    return AS_DELIVERED;
  }
}
