/** The switch of the living hall: simulated citizens and clerks, and how fast they are. */
import { html } from "/static/shared/html.js";
import { icon } from "/static/shared/icons.js";

const SPEEDS = [1, 5, 10, 30, 60];

const Count = ({ n, zh, en }) => html`<span class="count"><b>${n}</b>${zh}<span lang="en">${en}</span></span>`;

export function BusyBar({ busy, act }) {
  if (!busy) return null;
  const choose = (speed) => act("/busy", { on: busy.on, speed });
  return html`<section class=${`busy ${busy.on ? "on" : ""}`} aria-label="热闹的大厅 A living hall">
    <button type="button" class="switch" role="switch" aria-checked=${busy.on}
      onClick=${() => act("/busy", { on: !busy.on, speed: busy.speed })}><i></i>
      <span><b>热闹的大厅</b><span lang="en">A living hall</span></span></button>
    <div class="speeds" role="group" aria-label="速度 Speed">${SPEEDS.map((speed) => html`<button type="button" key=${speed}
      aria-pressed=${busy.speed === speed} onClick=${() => choose(speed)}>${speed}×</button>`)}</div>
    ${busy.on && busy.clock
      ? html`<p class="life"><span class="count">${icon("clock")}<b>${busy.clock}</b>模拟时间<span lang="en">simulated</span></span>
          <${Count} n=${busy.windows.length} zh="个窗口" en="windows" /><${Count} n=${busy.issued} zh="取号" en="taken" />
          <${Count} n=${busy.waiting} zh="等候" en="waiting" /><${Count} n=${busy.called} zh="叫号" en="called" />
          <${Count} n=${busy.finished} zh="办结" en="done" /></p>`
      : html`<p class="life quiet">${busy.windows?.length
          ? html`窗口正在办完手中的号，然后关窗<span lang="en">The windows finish what is in hand, then close</span>`
          : html`虚拟群众取号，虚拟窗口叫号；您可以随时加入<span lang="en">Simulated citizens and clerks; join them at any time</span>`}</p>`}
    <p class="yours">${busy.free.join("、")} 号窗口留给您<span lang="en">Windows ${busy.free.join(" and ")} are yours</span></p>
  </section>`;
}
