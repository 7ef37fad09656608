/** No way out of the page: what a finger or a stray keyboard could do besides tapping is void. */

const SWALLOWED = [
  "contextmenu", "selectstart", "dragstart", "drop", "dragover", "copy", "cut", "paste",
  "auxclick", "gesturestart", "gesturechange",
];
const KEYS = new Set(["Tab", "Enter", " "]); // moving and pressing, for switch and screen-reader use

/** @param onTouch called after every touch, once the control under it has had its turn */
export function keepInside({ onTouch }) {
  const never = (event) => event.preventDefault();
  for (const name of SWALLOWED) document.addEventListener(name, never, { capture: true });
  for (const name of ["wheel", "touchmove"]) {
    document.addEventListener(name, never, { capture: true, passive: false });
  }
  document.addEventListener("keydown", (event) => {
    const plain = !(event.ctrlKey || event.altKey || event.metaKey);
    if (!plain || !KEYS.has(event.key)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, { capture: true });
  window.addEventListener("click", () => onTouch());
}
