import { html } from "./html.js";

/**
 * The icon set: 24 grid, 2 px stroke, round ends. Colour is `currentColor`, size is 1 em
 * (see `.icon` in tokens.css). Icons are decoration beside a word and hidden from readers.
 */
export const ICONS = Object.freeze({
  // arrows and signs
  "arrow-up": '<path d="M12 20.5V6M5.2 11 12 4.2l6.8 6.8"/>',
  "arrow-down": '<path d="M12 3.5V18M5.2 13l6.8 6.8 6.8-6.8"/>',
  "arrow-left": '<path d="M20.5 12H6M11 5.2 4.2 12l6.8 6.8"/>',
  "arrow-right": '<path d="M3.5 12H18M13 5.2l6.8 6.8-6.8 6.8"/>',
  upstairs: '<path d="M3 21h5v-4.6h4.8v-4.6h4.8V7.2h3.9"/><path d="M3.5 11.5 10 5M5 4.5h5.5V10"/>',
  downstairs: '<path d="M21 21h-5v-4.6h-4.8v-4.6H6.4V7.2H2.5"/><path d="m13.5 4.5 6.5 6.5M20.5 5v5.5H15"/>',
  chevron: '<path d="m9 5 7 7-7 7"/>',
  check: '<path d="m4.5 12.6 5 5L19.8 7"/>',
  cross: '<path d="M5.5 5.5l13 13M18.5 5.5l-13 13"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  circle: '<circle cx="12" cy="12" r="9"/>',
  ok: '<circle cx="12" cy="12" r="9"/><path d="m7.8 12.4 3 3 5.6-6"/>',
  info: '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.6"/><circle class="solid" cx="12" cy="7.6" r="1.2"/>',
  warning: '<path d="M12 3.5 22 20.5H2z"/><path d="M12 10v4.6"/><circle class="solid" cx="12" cy="17.5" r="1.15"/>',
  // states of calls, windows and links
  bell: '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.8 1.8H4.2zM10 21h4"/><path d="M12 5V3"/>',
  people: '<circle cx="9" cy="8" r="3.3"/><path d="M2.8 19.5c.5-4 2.9-6 6.2-6s5.7 2 6.2 6M15.6 5a3.2 3.2 0 0 1 0 6.1M17.4 13.8c2.2.6 3.5 2.5 3.9 5.7"/>',
  clock: '<circle cx="12" cy="12" r="9"/><path d="M12 6.8V12l3.6 2.4"/>',
  pause: '<circle cx="12" cy="12" r="9"/><path d="M9.5 8.5v7M14.5 8.5v7"/>',
  closed: '<path d="M5 21V3.5h10V21M3 21h18M12 12v.01"/><path d="M18 9v12"/>',
  flag: '<path d="M5.5 21.5v-18h13l-3 4.5 3 4.5h-13"/>',
  transfer: '<path d="M4 8.5h14M14.5 4.5l4 4-4 4M20 15.5H6M9.5 11.5l-4 4 4 4"/>',
  link: '<path d="M2.8 9.4a13.5 13.5 0 0 1 18.4 0M6 13a8.9 8.9 0 0 1 12 0M9.2 16.4a4.3 4.3 0 0 1 5.6 0"/><circle class="solid" cx="12" cy="19.6" r="1.3"/>',
  "link-lost": '<path d="M2.8 9.2A14 14 0 0 1 8 6.2M12.8 5.1a14 14 0 0 1 8.4 4.1M6 12.8a9.5 9.5 0 0 1 4.2-2.4M15.3 11a9.5 9.5 0 0 1 2.7 1.8M9.3 16.3a4.8 4.8 0 0 1 5.4 0M3.5 3.5l17 17"/><circle class="solid" cx="12" cy="19.6" r="1.3"/>',
  star: '<path d="m12 3.5 2.6 5.5 6 .8-4.4 4.2 1.1 6L12 17.1 6.7 20l1.1-6-4.4-4.2 6-.8z"/>',
  lock: '<rect x="5" y="10.5" width="14" height="10" rx="1.8"/><path d="M8 10.5v-3a4 4 0 0 1 8 0v3"/>',
  shelter: '<path d="M3 11.2 12 4l9 7.200M5.200 9.600V20h13.600V9.600M10 20v-6h4v6"/>',
  flame: '<path d="M12 21.5c-4.2 0-7-2.7-7-6.6 0-3 1.7-5 3.3-6.8.4 1.6 1 2.6 2 3.2-.3-3.7 1.100-6.700 4-8.800-.2 3 .9 4.500 2.400 6.300 1.300 1.600 2.300 3.300 2.300 5.900 0 4-2.800 6.800-7 6.800z"/><path d="M12 21.500c-1.900 0-3-1.300-3-3 0-1.800 1.300-2.700 2.200-4.200 2.100 1 3.800 2.300 3.800 4.300 0 1.700-1.200 2.900-3 2.900z"/>',
  mute: '<path d="M4 9.5v5h3.6l5 4.2V5.3l-5 4.2z"/><path d="m16.500 9.500 5 5M21.500 9.500l-5 5"/>',
  // the kiosk's tools
  text: '<path d="M3 19 8 6l5 13M4.8 14.5h6.4M14.5 19l3.2-8.5L21 19M15.6 16.2h4.3"/>',
  voice: '<path d="M4 9.5v5h3.6l5 4.2V5.3l-5 4.2z"/><path d="M16.2 8.8a4.5 4.5 0 0 1 0 6.4M18.8 6.2a8.2 8.2 0 0 1 0 11.6"/>',
  language: '<path d="M3.5 6h10M8.5 3.5V6M12 6c-1 4.2-3.8 7-8 8.7M5.5 9c1.2 2.6 3.3 4.5 6.2 5.6M12.5 20.5l4-10 4 10M13.9 17.2h5.2"/>',
  contrast: '<circle cx="12" cy="12" r="9"/><path class="solid" d="M12 4v16a8 8 0 0 0 0-16z"/>',
  search: '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5.5 5.5"/>',
  scan: '<path d="M3.5 8V3.5H8M16 3.5h4.5V8M20.5 16v4.5H16M8 20.5H3.5V16"/><path d="M8 8v8M11 8v8M16 8v8M13.6 8v8"/>',
  rejoin: '<path d="M4.2 12a7.8 7.8 0 1 1 2.4 5.6"/><path d="M3 17.8h4.2v-4.2"/>',
  guide: '<path d="M12 6.5C10 5 7 4.5 3.5 4.5v14c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2v-14c-3.5 0-6.5.5-8.5 2zM12 6.5v14"/>',
  back: '<path d="M20 12H4.5M11 5.2 4.2 12l6.8 6.8"/>',
  exit: '<path d="M13.5 4H5v16h8.5M10 12h11M17 8l4 4-4 4"/>',
  help: '<circle cx="12" cy="7" r="3.6"/><path d="M4.5 21c.6-4.8 3.6-7.2 7.5-7.2s6.9 2.4 7.5 7.2"/><path d="M5.6 8.4a6.5 6.5 0 0 1 12.8 0"/>',
  sign: '<path d="M8 12V5.6a1.5 1.5 0 0 1 3 0V11M11 10.5V4.2a1.5 1.5 0 0 1 3 0v6.3M14 10.8V5.6a1.5 1.5 0 0 1 3 0v8.6c0 4.2-2.2 6.8-5.6 6.8-2.6 0-4-1.2-5.2-3.4l-2.4-4.4a1.5 1.5 0 0 1 2.5-1.6L8 14"/>',
  printer: '<path d="M7 9V3.5h10V9M7 17H3.5V9h17v8H17"/><rect x="7" y="14" width="10" height="6.5"/>',
  ticket: '<path d="M6 2.8h12V21l-2-1.5-2 1.5-2-1.5-2 1.5-2-1.5L6 21z"/><path d="M9.5 8h5M9.5 12h5"/>',
  phone: '<rect x="6.5" y="2.5" width="11" height="19" rx="2"/><path d="M11 18.5h2"/>',
  // service items
  "id-card": '<rect x="2.5" y="5" width="19" height="14" rx="2"/><circle cx="8" cy="10.6" r="2"/><path d="M4.9 16c.5-1.7 1.7-2.5 3.1-2.5s2.6.8 3.1 2.5M14 10h4.5M14 14h4.5"/>',
  "no-card": '<path d="M6.5 5h13a2 2 0 0 1 2 2v10a2 2 0 0 1-.5 1.3M17.5 19h-13a2 2 0 0 1-2-2V7c0-.6.3-1.1.7-1.5M3 3l18 18"/>',
  "social-card": '<rect x="2.5" y="5" width="19" height="14" rx="2"/><rect x="6" y="9" width="4.4" height="3.6" rx=".6"/><path d="M6 16h6M15 16h3M14.5 10.2h3.6M16.3 8.4V12"/>',
  document: '<path d="M6 3h8l4.5 4.5V21H6z"/><path d="M14 3v4.5h4.5M9 12h6.5M9 16h6.5"/>',
  receipt: '<path d="M5.5 3h13v18l-3.2-2.2L12 21l-3.3-2.2L5.5 21z"/><path d="M9 8h6M9 12.2h6"/>',
  passport: '<rect x="5" y="2.8" width="14" height="18.4" rx="2"/><circle cx="12" cy="10" r="3.6"/><path d="M8.4 10h7.2M12 6.4c-1.7 2.1-1.7 5.1 0 7.2 1.7-2.1 1.7-5.1 0-7.2zM9 17.4h6"/>',
  permit: '<rect x="3.5" y="3" width="11" height="18" rx="2"/><path d="M6.6 8h4.8M6.6 16.8h4.8M9 12.4h11.4M17.2 9.2l3.3 3.2-3.3 3.2"/>',
  house: '<path d="M3 11.2 12 4l9 7.2M5.2 9.6V20h13.6V9.6"/><path d="M9.6 12.2 12 15l2.4-2.8M12 15v3M9.9 15.6h4.2"/>',
  money: '<circle cx="12" cy="12" r="9"/><path d="M8.6 7.2 12 11.6l3.4-4.4M12 11.6V17M9 12h6M9 14.6h6"/>',
  shield: '<path d="M12 3 4.5 5.8v5.7c0 4.6 3 7.8 7.5 9.5 4.5-1.7 7.5-4.9 7.5-9.5V5.8z"/><path d="m8.6 12 2.5 2.5 4.5-4.8"/>',
  calendar: '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 2.8V7M16 2.8V7M8.6 15l2.3 2.2 4.5-4.4"/>',
  collect: '<path d="M3.5 14v6.5h17V14M12 3v11.5M7.5 10.2 12 14.7l4.5-4.5"/>',
  enquiry: '<path d="M3.5 4.5h17v12h-8.2L7.6 20.4v-3.9H3.5z"/><path d="M10 8.9c.2-1 .9-1.5 2-1.5s2 .7 2 1.6c0 1.3-2 1.3-2 2.6"/><circle class="solid" cx="12" cy="13.7" r="1.1"/>',
  bundle: '<rect x="3" y="3.5" width="6.4" height="6.4" rx="1.2"/><rect x="14.6" y="3.5" width="6.4" height="6.4" rx="1.2"/><rect x="8.8" y="14.1" width="6.4" height="6.4" rx="1.2"/><path d="M9.4 6.7h5.2M7.4 9.9l2.5 4.2M16.6 9.9l-2.5 4.2"/>',
  all: '<rect x="3.5" y="3.5" width="6.8" height="6.8" rx="1"/><rect x="13.7" y="3.5" width="6.8" height="6.8" rx="1"/><rect x="3.5" y="13.7" width="6.8" height="6.8" rx="1"/><rect x="13.7" y="13.7" width="6.8" height="6.8" rx="1"/>',
  elder: '<circle cx="10" cy="4.8" r="2.2"/><path d="M10 8.8c-2.3.3-3.3 2.2-3.3 4.8v2h2l.6 5.6M10 8.8c1.5.2 2.3 1.4 3 3l3 1.4M12.3 16l-.6 5.2M17.5 21v-8"/>',
  wheelchair: '<circle cx="10.5" cy="4.5" r="1.8"/><path d="M10.5 8v6H16l2.5 5.5 1.8-.8M10.5 10.5H15M8 11.5a5.2 5.2 0 1 0 6.8 6.3"/>',
});

const MARK =
  '<path d="M6 44V10a6 6 0 0 1 6-6h24a6 6 0 0 1 6 6v34" fill="none" stroke="currentColor" stroke-width="3.5" stroke-linecap="square"/>' +
  '<path d="M24 44V17M24 31c-1-7-5-10.5-11-11 .3 6.5 4 11 11 11zM24 25c1-7 5-10.5 11-11-.3 6.5-4 11-11 11z" fill="none" stroke="currentColor" stroke-width="3.5" stroke-linejoin="round"/>';

/** `icon("bell")` → one icon of the set. An unknown name draws a plain document, never nothing. */
export function icon(name, cls = "") {
  const drawing = ICONS[name] ?? ICONS.document;
  return html`<svg class=${`icon ${cls}`.trim()} viewBox="0 0 24 24" aria-hidden="true"
    dangerouslySetInnerHTML=${{ __html: drawing }} />`;
}

/** The hall's mark; a placeholder that a hall replaces by its own. */
export const mark = () =>
  html`<svg class="mark" viewBox="0 0 48 48" aria-hidden="true" dangerouslySetInnerHTML=${{ __html: MARK }} />`;
