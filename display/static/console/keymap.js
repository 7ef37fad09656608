/**
 * Which keys of the keyboard press which key of the console. Pure.
 *
 * The console's keys have names, "F1" … "F12", "Esc" and the digits "1" … "5" of the results; a map
 * gives each of them keys of the keyboard, as `KeyboardEvent.code` names them. A hall sets its own
 * defaults, a clerk changes them for this browser.
 */

/** Each deed with the name of its key, in the order in which they are drawn and may be changed. */
export const ACTIONS = [
  ["call", "F1"], ["recall", "F2"], ["arrive", "F3"], ["finish", "F4"], ["transfer", "F6"], ["hold", "F7"],
  ["pass", "F8"], ["pause", "F9"], ["drop", "F10"], ["help", "F12"], ["back", "Esc"],
  ["done", "1"], ["accepted", "2"], ["supplement", "3"], ["refused", "4"], ["referred", "5"],
];
/** A deed has at most so many keys. */
export const MOST_KEYS = 2;

const PAD = { NumpadAdd: "+", NumpadSubtract: "-", NumpadMultiply: "*", NumpadDivide: "/", NumpadDecimal: "." };
const NAMED = { Escape: "Esc", Insert: "Ins", Delete: "Del", Home: "Home", End: "End", PageUp: "PgUp", PageDown: "PgDn", Pause: "Pause", ScrollLock: "ScrLk" };

/** As they are delivered: the function keys, and a number pad under the right hand. */
export const DELIVERED = Object.freeze({
  call: ["F1", "NumpadAdd"], recall: ["F2", "NumpadMultiply"], arrive: ["F3", "Numpad0"], finish: ["F4", "NumpadDecimal"],
  transfer: ["F6", "Numpad6"], hold: ["F7", "Numpad7"], pass: ["F8", "Numpad8"], pause: ["F9", "Numpad9"],
  drop: ["F10"], help: ["F12", "NumpadDivide"], back: ["Escape", "NumpadSubtract"],
  done: ["Numpad1"], accepted: ["Numpad2"], supplement: ["Numpad3"], refused: ["Numpad4"], referred: ["Numpad5"],
});

/** Whether a key of the keyboard may press anything here. Letters, digits and Enter belong to what is typed. */
export const mayPress = (code) => /^F([1-9]|1\d|2[0-4])$/.test(code) || /^Numpad[0-9]$/.test(code) || code in PAD || code in NAMED;

/** Whether it is a digit of the number pad: in a question it chooses, in a field it types. */
export const padDigit = (code) => /^Numpad([0-9])$/.exec(code ?? "")?.[1] ?? null;

/** How a key is written on the console: "F1", "Esc", "Num +". */
export function capOf(code) {
  const pad = padDigit(code) ?? PAD[code];
  return pad ? `Num ${pad}` : NAMED[code] ?? code;
}

/** The deed that has this key in `map`, or null. */
export const ownerOf = (map, code) => ACTIONS.map(([id]) => id).find((id) => map[id]?.includes(code)) ?? null;

/** The deeds that must keep a key; a result has its digit in any case. */
export const needsKey = (id) => !/^\d$/.test(nameOf(id));
export const nameOf = (id) => ACTIONS.find(([each]) => each === id)?.[1] ?? null;
const idOf = (name) => ACTIONS.find(([, each]) => each === name)?.[0] ?? null;

/**
 * Give a deed a key: {map} or {problem: "taken" | "cannot" | "full", owner}.
 * A key that another deed has is refused, never taken away from it.
 */
export function bind(map, id, code) {
  if (!mayPress(code)) return { problem: "cannot" };
  const owner = ownerOf(map, code);
  if (owner === id) return { map };
  if (owner) return { problem: "taken", owner };
  if (map[id].length >= MOST_KEYS) return { problem: "full" };
  return { map: { ...map, [id]: [...map[id], code] } };
}

/** Take a key away from a deed: {map} or {problem: "last"}. */
export function unbind(map, id, code) {
  const left = map[id].filter((each) => each !== code);
  if (left.length === 0 && needsKey(id)) return { problem: "last" };
  return { map: { ...map, [id]: left } };
}

/** `over` laid over `map`: what is no map, or would leave a deed without a key or a key to two, counts for nothing. */
export function overlaid(map, over) {
  if (typeof over !== "object" || over === null) return map;
  const wanted = ACTIONS.map(([id]) => [id, Array.isArray(over[id]) ? over[id].filter(mayPress).slice(0, MOST_KEYS) : null]);
  const given = new Map(wanted.filter(([id, keys]) => keys && (keys.length > 0 || !needsKey(id))));
  const taken = new Set([...given.values()].flat());
  const found = Object.fromEntries(ACTIONS.map(([id]) => [id, given.get(id) ?? map[id].filter((code) => !taken.has(code))]));
  const all = Object.values(found).flat();
  const whole = new Set(all).size === all.length && ACTIONS.every(([id]) => found[id].length > 0 || !needsKey(id));
  return whole ? found : map;
}

/** The console's key that a key of the keyboard presses, or null. */
export function pressedBy(map, code) {
  const id = ownerOf(map, code);
  return id ? nameOf(id) : null;
}

/** What is written on the console's key of this name. */
export function capIn(map, name) {
  const [first] = map[idOf(name)] ?? [];
  return /^\d$/.test(name) || !first ? name : capOf(first);
}
