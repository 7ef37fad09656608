/** The drawing of the reader: a card above it, moving down, or lying on it while it is read. */

import { html } from "../../shared/html.js";

const Card = () => html`
  <g class="line-art paper-art" stroke-width="6"><rect x="288" y="38" width="392" height="238" rx="18" /></g>
  <g class="solid-art">
    <rect x="324" y="74" width="84" height="14" rx="7" /><rect x="324" y="108" width="148" height="14" rx="7" opacity=".38" />
    <rect x="324" y="142" width="172" height="14" rx="7" opacity=".38" /><rect x="324" y="166" width="120" height="14" rx="7" opacity=".38" />
    <rect x="324" y="224" width="320" height="18" rx="9" />
    <rect x="536" y="70" width="108" height="132" rx="8" opacity=".12" /><circle cx="590" cy="118" r="24" /><path d="M548 202c2-36 18-52 42-52s40 16 42 52z" />
  </g>`;

const Reader = ({ word }) => html`
  <g fill="none" stroke-width="6" stroke-linejoin="round">
    <path class="deep-art" d="M152 474h664v28a16 16 0 0 1-16 16H168a16 16 0 0 1-16-16z" />
    <path class="desk-art" d="M236 352h496l84 122H152z" />
    <path class="edge-art" stroke-width="3" d="M262 372h444l56 82H206z" />
  </g>
  ${word && html`<text x=${word === "READER" ? 484 : 489} y="431" text-anchor="middle" font-size="46" font-weight="700" class="word-art" letter-spacing="10">${word}</text>`}`;

/** "Put the card here." @param word what is written on the reader  @param label for screen readers */
export const PutCard = ({ word, label }) => html`
  <figure class="pic"><svg viewBox="120 16 728 528" role="img" aria-label=${label}>
    <${Reader} word=${word} />
    <g class="drop">
      <${Card} />
      <path fill="none" class="blue-art" stroke-width="14" stroke-linecap="round" stroke-linejoin="round" d="M484 288v42M456 306l28 28 28-28" />
    </g>
  </svg></figure>`;

/** "The card is being read": it lies on the reader, which answers with waves. */
export const ReadCard = ({ label }) => html`
  <figure class="pic"><svg viewBox="120 130 728 420" role="img" aria-label=${label}>
    <${Reader} />
    <g class="line-art" stroke-width="5" stroke-linejoin="round">
      <path class="paper-art" d="M352 378h264l34 66H318z" />
    </g>
    <g class="solid-art">
      <path d="M378 392h46l-3 9h-48z" /><path opacity=".38" d="M369 409h86l-3 8h-87z" />
      <path d="M358 428h198l4 8H354z" /><path opacity=".2" d="M528 388h62l12 34h-66z" />
    </g>
    <g class="waves blue-art" fill="none" stroke-width="14" stroke-linecap="round">
      <path d="M428 332a79 79 0 0 1 112 0" /><path d="M388 284a136 136 0 0 1 192 0" /><path d="M348 236a192 192 0 0 1 272 0" />
    </g>
  </svg></figure>`;
