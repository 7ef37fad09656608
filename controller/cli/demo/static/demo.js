/** The demo's first page: rack and readers, paper, the way to every page of the hall, the weather. */
import { html, render } from "/static/shared/html.js";
import { icon, mark } from "/static/shared/icons.js";
import { BusyBar } from "./busy.js";
import { CardRack } from "./rack.js";
import { PaperSlot } from "./paper.js";
import { Tour } from "./tour.js";
import { Ways } from "./ways.js";
import { WeatherBoard } from "./weather.js";

const POLL_MS = 500;

const page = { hall: null, state: null, lost: false, window: 5 };

async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  };
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`, { cause: answer.status });
  return answer.json();
}

/** Do something to a device and show at once what came of it. Whether it was done. */
async function act(path, body = {}) {
  let done = true;
  try {
    Object.assign(page.state, await ask(path, body));
  } catch (error) {
    done = false;
    page.lost ||= error.cause === undefined; // an answer, even a no, is a sign of life
  }
  draw();
  return done;
}

async function poll() {
  try {
    page.hall ??= await ask("/hall");
    page.state = await ask("/state");
    page.lost = false;
  } catch {
    page.lost = true;
  }
  draw();
  setTimeout(poll, POLL_MS);
}

function chooseWindow(no) {
  page.window = no;
  draw();
}

const Step = ({ n, zh, en, wide = false, children }) => html`<section class=${wide ? "step wide" : "step"}>
  <h2><i>${n}</i>${zh}<span lang="en">${en}</span></h2>${children}</section>`;

function Page() {
  const { hall, state, lost } = page;
  return html`<header class="bar">${mark()}<h1>叫号演示大厅<span lang="en">Demo hall</span></h1>
      ${hall && html`<p>${hall.name}<span lang="en">${hall.name_en}</span></p>`}
      <p class="fiction">人员与证件均为虚构<span lang="en">All people and cards are invented</span></p></header>
    ${lost && html`<p class="lost" role="alert">${icon("link-lost")}演示已结束，请重新运行
      <code>./jiaohao demo</code><span lang="en">The demo has ended. Start it again.</span></p>`}
    ${hall && state && html`<${BusyBar} busy=${state.busy} act=${act} /><main>
      <${Step} n="1" zh="取号" en="Take a number"><${CardRack} hall=${hall} state=${state} act=${act} /><//>
      <${Step} n="2" zh="号票" en="The ticket"><${PaperSlot} hall=${hall} state=${state} /><//>
      <${Step} n="3" zh="叫号" en="Call"><${Ways} hall=${hall} state=${state} chosen=${page.window} choose=${chooseWindow} /><//>
      <${Step} n="4" zh="风雨：弄坏它，看它恢复" en="Rough weather: break it, watch it recover" wide><${WeatherBoard} hall=${hall} state=${state} act=${act} /><//>
    </main><${Tour} />`}`;
}

const draw = () => render(html`<${Page} />`, document.body);

draw();
poll();
