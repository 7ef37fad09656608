/** Nobody is there: the clock and one sentence on black, until somebody is felt, touches or lays a card.
 * The first touch only wakes the page: there is no button that it could hit. */

import { html } from "../../shared/html.js";
import { mark } from "../../shared/icons.js";
import { Sub } from "../parts.js";
import { Main } from "../shell.js";
import { useNow, wall } from "../time.js";

const PLACES = 3;

export function Asleep({ view, s }) {
  const at = useNow(1000);
  return html`
    <${Main} cls="asleep"><div data-at=${Math.floor(at / 60_000) % PLACES}>
      ${mark()}
      <time>${wall(at, view.tz_offset_min ?? 480).time}</time>
      <h1 id="headline" tabindex="-1">${s.t("asleep.say")}</h1><${Sub} s=${s} text=${s.sub("asleep.say")} /></div>
    <//>`;
}
