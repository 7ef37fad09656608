/** What came out of the printer, and how it may be made to misbehave. */
import { html } from "/static/shared/html.js";
import { icon } from "/static/shared/icons.js";

/** Name, word on the switch, what the printer's line says: Chinese, English. */
const SWITCHES = [
  ["paper_near_end", "纸将尽", "Low", "纸快用完了", "Paper is running low"],
  ["paper_out", "缺纸", "No paper", "缺纸", "Out of paper"],
  ["cover_open", "开盖", "Open", "机盖开着", "The cover is open"],
  ["silent", "不应答", "Silent", "打印机不应答", "It does not answer"],
  ["offline", "断线", "Offline", "打印机断线", "It is not connected"],
];

export function PaperSlot({ state, act }) {
  const { paper, printer } = state;
  const wrong = SWITCHES.filter(([name]) => printer[name]);
  return html`<div class=${wrong.length ? "printer bad" : "printer"}>${icon("printer")}
      <span><b>${wrong.length ? wrong.map((one) => one[3]).join("、") : "打印机正常"}</b>
      <span lang="en">${wrong.length ? wrong.map((one) => one[4]).join(" · ") : "The printer is well"}</span></span></div>
    <div class="slot"></div>
    <div class="tray" tabindex="0" role="region" aria-label="打印出的号票 Printed tickets">
      ${paper.length === 0 && html`<p class="none">号票从这里出来<span lang="en">Tickets come out here</span></p>`}
      ${paper.map((slip, at) => html`<figure key=${slip.n} class=${at === 0 ? "slip newest" : "slip"}>
        <img src=${slip.url} alt=${`第 ${slip.n} 张号票 Ticket ${slip.n}`} />
        <figcaption>${timeOf(slip.at)}</figcaption></figure>`)}</div>
    <p class="do">试试故障<span lang="en">Try a fault</span></p>
    <ul class="switches">${SWITCHES.map(([name, zh, en]) => html`<li><button type="button" role="switch"
      data-switch=${name} aria-checked=${printer[name]} onClick=${() => act("/printer", { [name]: !printer[name] })}>
      ${zh}<span lang="en">${en}</span></button></li>`)}</ul>`;
}

const timeOf = (at) => new Date(at).toLocaleTimeString("zh-CN", { hour12: false });
