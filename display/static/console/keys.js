/** Keyboard and buttons: which presses belong to the console, and that one press is one press. */
import { padDigit, pressedBy } from "./keymap.js";

const isModified = ({ ctrlKey, altKey, metaKey }) => Boolean(ctrlKey || altKey || metaKey);
const isTyping = (target) => Boolean(target?.matches?.("input:not([type=radio], [type=checkbox]), select, textarea"));
const isAsked = (target) => Boolean(target?.closest?.("dialog"));

/** The digit of a keydown, also of the number pad with its lock off; null if it is none. */
export const digitOf = ({ key, code }) => (/^[0-9]$/.test(key) ? key : padDigit(code));

/**
 * What a keydown means under `map`: {press: name | null, prevent: boolean}.
 * A held key (`repeat`) and a key with Ctrl, Alt or Meta is never a press. The number pad types in a
 * field and chooses in a question, like the digits above the letters. Enter never presses a key of
 * the console.
 */
export function readKey(event, map) {
  const { key, code, repeat, target } = event;
  const none = { press: null, prevent: false };
  if (isModified(event)) return none;
  if (key === "Enter") return { press: null, prevent: Boolean(target?.closest?.("[data-no-enter]")) };
  const pad = /^Numpad/.test(code ?? "");
  if (pad && isTyping(target)) return none;
  const asked = isAsked(target);
  const name = (pad && padDigit(code) && asked ? null : pressedBy(map, code || key)) ?? (asked && key === "Escape" ? "Esc" : null);
  if (name) return { press: repeat ? null : name, prevent: true };
  const digit = digitOf(event);
  if (digit >= "1" && digit <= "5" && !isTyping(target)) return { press: repeat ? null : digit, prevent: false };
  return none;
}

/** Listen on `source`, by the map that `map()` returns; returns the function that stops listening. */
export function listen(press, map, source = window) {
  const onKeyDown = (event) => {
    const { press: name, prevent } = readKey(event, map());
    if (prevent) event.preventDefault();
    if (name) press(name);
  };
  source.addEventListener("keydown", onKeyDown);
  return () => source.removeEventListener("keydown", onKeyDown);
}
