/** What came out of the printer, and what is wrong with it. */
import { html } from "/static/shared/html.js";
import { icon } from "/static/shared/icons.js";

export function PaperSlot({ hall, state }) {
  const { paper, weather } = state;
  const wrong = hall.switches.filter((one) => one.group === "printer" && weather[one.id].on);
  return html`<div class=${wrong.length ? "printer bad" : "printer"}>${icon("printer")}
      <span><b>${wrong.length ? wrong.map((one) => one.zh).join("、") : "打印机正常"}</b>
      <span lang="en">${wrong.length ? wrong.map((one) => one.en).join(" · ") : "The printer is well"}</span></span></div>
    <div class="slot"></div>
    <div class="tray" tabindex="0" role="region" aria-label="打印出的号票 Printed tickets">
      ${paper.length === 0 && html`<p class="none">号票从这里出来<span lang="en">Tickets come out here</span></p>`}
      ${paper.map((slip, at) => html`<figure key=${slip.n} class=${at === 0 ? "slip newest" : "slip"}>
        <img src=${slip.url} alt=${`第 ${slip.n} 张号票 Ticket ${slip.n}`} />
        <figcaption>${timeOf(slip.at)}</figcaption></figure>`)}</div>`;
}

const timeOf = (at) => new Date(at).toLocaleTimeString("zh-CN", { hour12: false });
