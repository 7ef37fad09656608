/** The number that was just given: large on the page, and as a slip of 80 mm for any printer. */
import { html, useEffect, useRef } from "../shared/html.js";
import { icon } from "../shared/icons.js";
import { clock, hallDay } from "../shared/time.js";
import { waitText } from "../shared/waits.js";
import { grouped, named, wide } from "./names.js";

const itemsOf = (slip, L) => (L.lang() === "en" && slip.items_en?.every(Boolean) ? slip.items_en : slip.items.map(wide));
const waitOf = (slip, t) => (slip.wait ? waitText(t, slip.wait) : "");

export function Given({ desk, L, given }) {
  const { slip } = given;
  const next = useRef(null);
  useEffect(() => next.current?.focus(), []);
  return html`<section class="given" aria-labelledby="given-title"><h2 id="given-title">${L.t(slip.reprint ? "given.again" : "given.title")}</h2>
    <p class="big" aria-live="polite">${slip.number}</p>
    <p class="for">${slip.bundle ? named(slip, L, "bundle") : itemsOf(slip, L).join(L.t("list.sep"))}</p>
    <p class="where">${desk.plate(slip.zone.id)}<span>${named(slip.zone, L)}</span><b>${L.t("window.span", { span: slip.windows })}</b></p>
    <dl class="sums"><div><dt>${L.t("given.code")}</dt><dd class="code">${grouped(slip.short_code)}</dd></div>
      <div><dt>${L.t("ticket.ahead")}</dt><dd>${L.t("people", { n: slip.ahead })}</dd></div>
      <div><dt>${L.t("ticket.wait")}</dt><dd>${waitOf(slip, L.t) || L.t("wait.unknown")}</dd></div></dl>
    <p class="hint">${L.t(given.printed ? "given.printedHint" : "given.hint")}</p>
    <div class="row"><button type="button" class="plain" onClick=${desk.print}>${icon("printer")}${L.t("given.print")}</button>
      <button type="button" class="main" ref=${next} disabled=${desk.busy} onClick=${desk.givenAway}>${L.t(given.printed ? "given.nextPrinted" : "given.next")}<kbd>Enter</kbd></button></div>
    <${Paper} desk=${desk} slip=${slip} /></section>`;
}

/** Seen by a printer alone. In Chinese, as from a kiosk. */
function Paper({ desk, slip }) {
  const { hall, tz, policy } = desk.cat;
  const zh = (key, values) => desk.say("zh", key, values);
  return html`<section class="paper" lang="zh-CN" aria-hidden="true">
    <p class="hall">${hall.name}</p>${slip.reprint > 0 && html`<p class="again">补打</p>`}
    <p class="no">${slip.number}</p>
    <p class="what">${slip.bundle ? wide(slip.bundle) : slip.items.map(wide).join("、")}</p>
    <p class="to"><i>${slip.zone.letter}</i><span>${wide(slip.zone.name)} ${zh("window.span", { span: slip.windows })}</span></p>
    <dl><div><dt>前面</dt><dd><b>${slip.ahead}</b> 人</dd></div>${slip.wait && html`<div><dt>预计等候</dt><dd>${waitOf(slip, zh)}</dd></div>`}</dl>
    <p class="late"><b>过号怎么办</b>叫号后 ${policy.pass_after_s} 秒未到算过号。${policy.return_within_min} 分钟内到咨询台报到，排在 ${policy.return_behind} 位之后；再晚请重新取号。</p>
    <p class="code">短码 <b>${grouped(slip.short_code)}</b></p>
    <p class="time">取号 ${hallDay(slip.issued_at, tz)} ${clock(slip.issued_at, tz)}${slip.priority ? " ◇" : ""}</p>
    <p class="law">不含姓名和身份证号码。号码当日有效。</p></section>`;
}
