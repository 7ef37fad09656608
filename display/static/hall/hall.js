/** The hall and zone display: `/screens/hall`, `/screens/zone/B`. Wires feed, stage and view. */
import { startHeart } from "../shared/heart.js";
import { html, render } from "../shared/html.js";
import { loadI18n } from "../shared/i18n.js";
import { connectLive } from "../shared/live.js";
import { boardMemory } from "../shared/memory.js";
import { drawOnChange, markShown, reportHealth, startBurnInShift } from "../shared/screen.js";
import { switches } from "../shared/switches.js";
import { beginAgain, screenAccess } from "../shared/token.js";
import { hallModel } from "./model.js";
import { applyLegibility, listDepth, stripLetters } from "./legibility.js";
import { announce, emptyStage, tick } from "./stage.js";
import { HallView } from "./view.js";

const DRAW_MS = 250;
const REFRESH_MS = 60 * 1000;
const CONNECTING = { state: "connecting", silentMs: 0, heardAt: null };

const zoneId = decodeURIComponent(location.pathname.match(/\/zone\/([^/]+)/)?.[1] ?? "");
const room = zoneId ? `zone:${zoneId}` : "hall";
const portrait = matchMedia("(orientation: portrait)");

async function main() {
  const words = await loadI18n(new URL("./i18n/", import.meta.url));
  const screen = { stage: emptyStage(), live: null, code: null, unreadable: null };
  const put = drawOnChange(({ model, code, unreadable }) =>
    render(html`<${HallView} model=${model} words=${words} code=${code} unreadable=${unreadable} />`, document.body));
  const keys = switches(() => draw());

  const draw = () => {
    const now = performance.now();
    screen.stage = tick(screen.stage, now);
    const link = screen.live?.link() ?? CONNECTING;
    const model = hallModel({
      state: screen.live?.state() ?? null, stage: screen.stage, link, tick: now, now: screen.live?.now() ?? Date.now(),
      room, depth: listDepth(link.state === "stale_banner"), letters: stripLetters(), portrait: portrait.matches, words,
      ...keys.state(),
    });
    put({ model, code: screen.code, unreadable: screen.unreadable });
  };

  draw();
  setInterval(draw, DRAW_MS);
  startBurnInShift(document.body);
  applyLegibility().then((problem) => { screen.unreadable = problem; draw(); });
  portrait.addEventListener("change", draw);

  const access = await screenAccess({
    name: zoneId ? `${zoneId} 区屏` : "大厅屏", room,
    onCode: (code) => { screen.code = code; draw(); },
    onAgent: () => startHeart(() => (screen.live?.link() ?? CONNECTING).state),
  });
  screen.code = null;
  if (!access.base) reportHealth(access.token);   // else the agent reports
  screen.live = connectLive({
    room, token: access.token, base: access.base, refreshMs: REFRESH_MS, memory: boardMemory(room),
    onLink: draw,
    onRefused: (problem) => beginAgain(problem),
    onState: draw,
    onCalls: (calls) => {
      screen.stage = announce(screen.stage, calls, performance.now());
      draw();
      markShown(calls.map((call) => call.seq));
    },
  });
}

main();
