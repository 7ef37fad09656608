/** By what an appointment or a number is found: the card, a code before the scanner, or typed. */

import { html } from "../../shared/html.js";
import { icon } from "../../shared/icons.js";
import { lines, sense } from "../names.js";
import { Sub, Way } from "../parts.js";
import { Shell } from "../shell.js";
import { PutCard } from "./picture.js";

export function Find({ view, s, act }) {
  const { purpose, card, scans } = view.find;
  const booked = purpose === "booked";
  const k = `find.${booked ? "booked" : "look"}${card ? "" : "NoCard"}`;
  return html`<${Shell} view=${view} s=${s} act=${act} cls="find" lead=${{ k: "tool.back", name: "back", onClick: () => act("back") }}>
    <div class="say"><h1 id="headline" tabindex="-1">${lines(s.t(k))}</h1><span class="en" lang=${s.subTag}>${s.sub(k).replace("|", s.lang === "en" ? "" : " ")}</span>
      ${scans && html`<p class="scan">${icon("scan")}<span>${sense(s.t(booked ? "find.scanBooked" : "find.scanLook"))}<${Sub} s=${s} text=${s.sub(booked ? "find.scanBooked" : "find.scanLook")} /></span></p>`}</div>
    ${card && html`<${PutCard} word=${s.t("idle.plate")} label=${s.t("idle.pic")} />`}
    <div class="ways">
      <${Way} s=${s} k=${booked ? "find.code" : "find.number"} how=${booked ? "find.codeHow" : "find.numberHow"} name="all" main=${!card} onClick=${() => act("code_open")} />
      <${Way} s=${s} k="find.pad" how="find.padHow" name="no-card" onClick=${() => act("pad_open")} />
    </div>
  <//>`;
}
