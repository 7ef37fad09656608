/** The keys of this browser's clerk: the hall's, and what was changed here. */
import { openStorage } from "../shared/storage.js";
import { ACTIONS, DELIVERED, capIn, overlaid } from "./keymap.js";

const KEY = "jiaohao.console.keys";

/** `openKeys(changed)` → {map(), cap(name), set(map), reset(), changed(), takeHall(keys)}. */
export function openKeys(changed = () => {}, storage = openStorage()) {
  let hall = DELIVERED;
  let own = read();
  let map = overlaid(hall, own);

  function read() {
    try {
      return JSON.parse(storage.get(KEY) ?? "null");
    } catch {
      return null;
    }
  }

  function keep(next) {
    own = next;
    map = overlaid(hall, own);
    changed();
  }

  return {
    map: () => map,
    /** What is written on the console's key of this name. */
    cap: (name) => capIn(map, name),
    /** Whether anything is other than the hall has it. */
    changed: () => ACTIONS.some(([id]) => map[id].join() !== hall[id].join()),
    /** Keep a whole map for this browser. */
    set(next) {
      storage.set(KEY, JSON.stringify(next));
      keep(next);
    },
    /** As the hall has it. */
    reset() {
      storage.remove(KEY);
      keep(null);
    },
    /** The hall's own defaults, by deed. */
    takeHall(keys) {
      hall = overlaid(DELIVERED, keys);
      keep(own);
    },
  };
}
