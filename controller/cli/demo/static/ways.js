/** The way to consoles, screens and the administrator's page. */
import { html, useState } from "/static/shared/html.js";
import { icon } from "/static/shared/icons.js";

export function Ways({ hall, state, chosen, choose }) {
  const window = hall.windows.find((one) => one.no === chosen) ?? hall.windows[0];
  return html`<a class="main-way" href=${hall.urls.hall} target="jiaohao-hall">${icon("all")}
      <span><b>打开大厅屏</b><span lang="en">Open the hall display</span></span>${icon("chevron")}</a>
    <p class="do">选一个窗口，登录后按 <kbd>F1</kbd> 叫号<span lang="en">Sign in at a window; F1 calls</span></p>
    <ul class="numbers">${hall.windows.map((one) => html`<li key=${one.no}><button type="button"
      aria-pressed=${one.no === window.no} aria-label=${`${one.no} 号窗口 Window ${one.no}`}
      onClick=${() => choose(one.no)}>${one.no}</button></li>`)}</ul>
    <${Window} key=${window.no} window=${window} staffNo=${state.staff[window.no]} password=${hall.password} />
    <p class="do">其他屏幕<span lang="en">More screens</span></p>
    <ul class="zones">${hall.zones.map((zone) => html`<li key=${zone.id}><a href=${zone.url} target="_blank"
      title=${`${zone.name} ${zone.name_en}`}><span class=${`plate ${plateOf(zone)}`}>${zone.letter}</span>${zone.name}</a></li>`)}</ul>
    <${Way} href=${hall.urls.desk} mark="people" zh="导办台" en="Guide desk: help, appointments, returns" no=${hall.guide} />
    <${Way} href=${hall.urls.supervisor} mark="clock" zh="值班长台" en="Supervisor: windows, roster, rules" no=${hall.supervisor} />
    <${Way} href=${hall.urls.why} mark="help" zh="为什么叫这个号" en="Why this number; which window to open" no=${hall.supervisor} />
    <${Way} href=${hall.urls.admin} mark="lock" zh="系统管理" en="Accounts and devices" no=${hall.admin} />`;
}

function Way({ href, mark, zh, en, no }) {
  return html`<a class="way" href=${href} target="_blank">${icon(mark)}<span><b>${zh}</b>
    <span lang="en">${en}</span></span><span class="secret">工号 <b>${no}</b>，密码同上<span lang="en">same password</span></span>${icon("chevron")}</a>`;
}

const plateOf = (zone) => (/^[A-E]$/.test(zone.letter) ? zone.letter.toLowerCase() : "x");

function Window({ window, staffNo, password }) {
  return html`<div class="desk">
    <h3><b>${window.no}</b><span>${window.name}<span lang="en">${window.name_en}</span></span></h3>
    ${staffNo
      ? html`<dl><${Entry} zh="工号" en="Staff no." text=${staffNo} /><${Entry} zh="密码" en="Password" text=${password} /></dl>`
      : html`<p class="none">正在开通账号<span lang="en">The account is being made</span></p>`}
    <div class="two"><a href=${window.console} target=${`jiaohao-console-${window.no}`}>${icon("people")}<span>窗口工作台<span lang="en">Console</span></span></a>
      <a href=${window.screen} target="_blank">${icon("bell")}<span>窗口屏<span lang="en">Window screen</span></span></a></div></div>`;
}

/** A word to type elsewhere, with a button that copies it. */
function Entry({ zh, en, text }) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard?.writeText(text).then(() => setCopied(true), () => null);
  }
  return html`<div><dt>${zh}<span lang="en">${en}</span></dt><dd><code>${text}</code>
    <button type="button" onClick=${copy} aria-label=${`复制${zh} Copy ${en}`}>${copied ? "已复制" : "复制"}</button></dd></div>`;
}
