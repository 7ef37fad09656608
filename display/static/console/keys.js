/** Keyboard and buttons: which presses belong to the console, and that one press is one press. */

const OURS = new Set(["F1", "F2", "F3", "F4", "F6", "F7", "F8", "F9", "F10"]);

/**
 * What a keydown means: {press: name | null, prevent: boolean}.
 * A held key (`repeat`) and a key with Ctrl, Alt or Meta is never a press. Digits belong to the
 * field that has the focus, if one has. Enter never presses a key of the console.
 */
export function readKey({ key, repeat, ctrlKey, altKey, metaKey, target }) {
  if (ctrlKey || altKey || metaKey) return { press: null, prevent: false };
  if (OURS.has(key)) return { press: repeat ? null : key, prevent: true };
  if (key === "Escape") return { press: repeat ? null : "Esc", prevent: true };
  if (key === "Enter") return { press: null, prevent: Boolean(target?.closest?.("[data-no-enter]")) };
  const typing = target?.matches?.("input:not([type=radio], [type=checkbox]), select, textarea");
  if (/^[1-5]$/.test(key) && !typing) return { press: repeat ? null : key, prevent: false };
  return { press: null, prevent: false };
}

/** Listen on `window`; returns the function that stops listening. */
export function listen(press, source = window) {
  const onKeyDown = (event) => {
    const { press: name, prevent } = readKey(event);
    if (prevent) event.preventDefault();
    if (name) press(name);
  };
  source.addEventListener("keydown", onKeyDown);
  return () => source.removeEventListener("keydown", onKeyDown);
}
