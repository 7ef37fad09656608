/** The kiosk's weather: what can be broken, what it says, and how fast it is well again. */
import { html } from "/static/shared/html.js";
import { icon } from "/static/shared/icons.js";

/** What the kiosk's screen shows, by its state. */
const SHOWS = {
  enrol: ["等待登记", "Waiting to be let in"],
  idle: ["等人来取号", "Ready for the next person"],
  closed: ["停止取号", "Closed"],
  reading: ["正在读证件", "Reading a card"],
  pad: ["输入号码", "A number is typed"],
  home: ["选择事项", "Choosing a service"],
  all: ["选择事项", "Choosing a service"],
  bundles: ["选择事项", "Choosing a service"],
  item: ["看办理须知", "Reading about a service"],
  printing: ["正在打印", "Printing"],
  done: ["请取走号票", "Take the ticket"],
  timeout: ["还需要时间吗？", "Is more time needed?"],
};
const SILENT = ["取号机没有应答", "It does not answer"];

/** Parts of the kiosk, and their words when something is wrong with them. */
const PARTS = [
  ["link", "link", "网络", "Network", { offline: ["断网", "offline"] }],
  ["printer", "printer", "打印机", "Printer", {
    near_end: ["纸将尽", "paper low"], out: ["缺纸", "no paper"], cover: ["开盖", "open"],
    cutter: ["卡纸", "jammed"], offline: ["连不上", "unreachable"], silent: ["不应答", "silent"],
  }],
  ["reader", "id-card", "身份证读卡器", "ID reader", {}],
  ["chip", "social-card", "芯片读卡器", "Chip reader", {
    no_service: ["服务停了", "no service"], silent: ["不应答", "silent"],
  }],
];
const WELL = ["ok", "online"];
const GONE = ["不在", "gone"];

const GROUPS = [["cable", 1], ["printer", 2], ["reader", 1]];

export function WeatherBoard({ hall, state, act }) {
  const { weather, kiosk } = state;
  const on = hall.switches.filter((one) => weather[one.id].on);
  const mend = () => act("/weather", Object.fromEntries(on.map((one) => [one.id, false])));
  return html`<div class="now"><${Now} kiosk=${kiosk} chips=${!hall.no_chips} />
      <button type="button" class="mend" disabled=${!on.length} onClick=${mend}>全部复原 <span lang="en">Mend everything</span></button></div>
    <div class="skies">${GROUPS.map(([group, columns]) => html`<ul key=${group} class="flips" data-columns=${columns}>
      ${hall.switches.filter((one) => one.group === group).map((one) => html`<li key=${one.id}>
        <${Flip} flip=${one} told=${weather[one.id]} act=${act} /></li>`)}</ul>`)}</div>`;
}

function Now({ kiosk, chips }) {
  const [zh, en] = kiosk.title ? [kiosk.title, kiosk.title_en] : (SHOWS[kiosk.state] ?? SILENT);
  return html`<p class=${kiosk.title || !kiosk.state ? "shows bad" : "shows"} role="status">
      <span class="label">取号机现在<span lang="en">The kiosk now</span></span><b>${zh}</b><span lang="en">${en}</span></p>
    <ul class="parts">${PARTS.filter(([key]) => key !== "chip" || chips).map(([key, mark, zh, en, words]) => html`
      <${Part} key=${key} mark=${mark} zh=${zh} en=${en} word=${kiosk[key]} words=${words} />`)}</ul>`;
}

function Part({ mark, zh, en, word, words }) {
  const well = WELL.includes(word);
  const [wrong, wrong_en] = well ? [] : (words[word] ?? GONE);
  return html`<li class=${well ? "part" : "part bad"}>${icon(mark)}<span><b>${zh}${well ? "" : `：${wrong}`}</b>
    <span lang="en">${en}${well ? "" : `: ${wrong_en}`}</span></span>${icon(well ? "check" : "warning")}</li>`;
}

const Flip = ({ flip, told, act }) => html`<button type="button" class="flip" role="switch" data-switch=${flip.id}
    aria-checked=${told.on} onClick=${() => act("/weather", { [flip.id]: !told.on })}>
  <span class="lever"><i></i><${Mark} told=${told} /></span>
  <span><b>${flip.zh}<span lang="en">${flip.en}</span></b>
    <span>${flip.does}</span><span lang="en">${flip.does_en}</span></span></button>`;

/** Whether the kiosk has noticed, and how long it took to be well. */
function Mark({ told }) {
  if (told.noticed) return html`<em class="noticed">已发现<span lang="en">noticed</span></em>`;
  if (told.back_s === null) return null;
  return html`<em class="back">${told.back_s} 秒恢复<span lang="en">back ${told.back_s} s</span></em>`;
}
