/** A screen never scrolls and never clips. When a catalogue's words need more room than the
 * panel has, the layout gives way in steps (`data-fit="1 2"`, see modes.css): first air, then
 * what is only helpful. Text never becomes smaller than the smallest size. */

const STEPS = ["", "1", "1 2", "1 2 3", "1 2 3 4"];

export function fit(main) {
  for (const step of STEPS) {
    main.dataset.fit = step;
    if (fits(main)) return;
  }
}

/** Every box lies within the box around it, and no line is wider than its box. (scrollHeight
 * would not do: a Chinese line's ink box is taller than its line.) */
function fits(main) {
  for (const el of main.querySelectorAll("*")) {
    if (el instanceof SVGElement || getComputedStyle(el).display === "inline") continue;
    if (el.scrollWidth > el.clientWidth + 2) return false;
    const box = el.getBoundingClientRect();
    if (!box.width) continue;
    const around = boxAround(el, main).getBoundingClientRect();
    if (box.bottom > around.bottom + 1 || box.right > around.right + 1) return false;
  }
  return true;
}

function boxAround(el, main) {
  let at = el.parentElement;
  while (at !== main && getComputedStyle(at).display === "inline") at = at.parentElement;
  return at;
}
