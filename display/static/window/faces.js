/** The five levels of a rating and their faces, all alike in size and colour; the words are the official ones. */
import { html } from "../shared/html.js";

export const LEVELS = Object.freeze([5, 4, 3, 2, 1]);
export const REASONS = Object.freeze(["wait", "speed", "attitude", "explanation", "result", "place"]);
/** This level and the one below it are bad reviews, and may be given with reasons. */
export const LOW = 2;

const MOUTHS = {
  5: "M13 27c2.8 9.6 19.2 9.6 22 0", 4: "M15 29.5c3.6 4.8 14.4 4.8 18 0", 3: "M15.5 31.5h17",
  2: "M15 33.5c3.6-4.8 14.4-4.8 18 0", 1: "M13 35.5c2.8-9.6 19.2-9.6 22 0",
};

export const Face = ({ level }) => html`<svg class="face-sign" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="20" />
  <path d="M17 18.5v1.5M31 18.5v1.5" class="eyes" /><path d=${MOUTHS[level]} /></svg>`;
