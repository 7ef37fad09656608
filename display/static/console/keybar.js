/** The keys along the bottom: drawn as they work at this moment. */
import { html } from "../shared/html.js";

/** After a click the focus leaves the key, so that a later Space presses nothing twice. */
const pressed = (desk, name) => (event) => {
  if (event.detail > 0) event.currentTarget.blur();
  desk.press(name);
};

export const keyLabel = (key, L) => {
  const label = L.t(`key.${key.label}`);
  return key.wait > 0 ? L.t("key.in", { label, s: key.wait }) : label;
};

/** One key. A key that refuses now stays in its place, outlined and disabled. */
export function Key({ desk, item, L, label = keyLabel(item, L) }) {
  const busy = desk.busy !== null && desk.busy === item.deed;
  return html`<button type="button" class=${`key ${item.look}${busy ? " busy" : ""}`}
    data-key=${item.key} data-no-enter=${item.deed === "finish" ? "" : null}
    disabled=${item.look === "dim"} aria-busy=${busy ? "true" : null} aria-keyshortcuts=${desk.cap(item.key)}
    onClick=${pressed(desk, item.key)}><kbd>${desk.cap(item.key)}</kbd>${label}</button>`;
}

export function KeyBar({ desk, L }) {
  return html`<nav class="keys" aria-label=${L.t("keys.label")}>
    ${desk.keys().map((item) => html`<${Key} key=${item.key} desk=${desk} item=${item} L=${L} />`)}
  </nav>`;
}
