/** No way out of the page: what a finger or a stray keyboard could do besides tapping is void. */

const SWALLOWED = [
  "contextmenu", "selectstart", "dragstart", "drop", "dragover", "dragenter", "copy", "cut", "paste",
  "auxclick", "gesturestart", "gesturechange", "gestureend", "beforeinput",
];
const KEYS = new Set(["Tab", "Enter", " "]); // moving and pressing, for switch and screen-reader use

/** @param onTouch called after every touch, once the control under it has had its turn */
export function keepInside({ onTouch }) {
  const never = (event) => event.preventDefault();
  const capture = { capture: true, passive: false };
  for (const name of [...SWALLOWED, "wheel", "touchmove"]) document.addEventListener(name, never, capture);
  // a second finger is no pinch; the buttons of a mouse beside the first lead back and forth
  for (const name of ["touchstart", "touchend"]) {
    document.addEventListener(name, (event) => event.touches.length > 1 && event.preventDefault(), capture);
  }
  for (const name of ["mousedown", "mouseup", "pointerdown", "pointerup"]) {
    document.addEventListener(name, (event) => event.button > 0 && event.preventDefault(), capture);
  }
  for (const name of ["keydown", "keyup", "keypress"]) document.addEventListener(name, onlyPlain, capture);
  window.addEventListener("click", () => onTouch());
}

function onlyPlain(event) {
  const plain = !(event.ctrlKey || event.altKey || event.metaKey);
  if (plain && KEYS.has(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
}
