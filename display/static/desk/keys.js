/** Keys of the desk: "/" searches, F2 takes a number. Neither while a question is open. */

const focus = (name) => {
  const box = document.querySelector(`[name=${name}]`);
  box?.focus();
  box?.select();
};

/** Listens for as long as the page lives; `turn(tab)` shows a tab. */
export function listenKeys({ turn }) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]") || !document.querySelector("main.desk")) return;
    if (event.key === "/" && !event.target.matches("input, select, textarea")) {
      event.preventDefault();
      focus("find");
    } else if (event.key === "F2") {
      event.preventDefault();
      turn("take");
      focus("item");
    }
  });
}
