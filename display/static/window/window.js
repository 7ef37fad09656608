/** The window screen: `/screens/window/5`. Wires feed and view. */
import { startHeart } from "../shared/heart.js";
import { html, render } from "../shared/html.js";
import { loadI18n } from "../shared/i18n.js";
import { connectLive } from "../shared/live.js";
import { boardMemory } from "../shared/memory.js";
import { createRequest } from "../shared/request.js";
import { drawOnChange, markShown, reportHealth, startBurnInShift } from "../shared/screen.js";
import { switches } from "../shared/switches.js";
import { beginAgain, screenAccess } from "../shared/token.js";
import { windowModel } from "./model.js";
import { createRating } from "./rating.js";
import { WindowView } from "./view.js";

const DRAW_MS = 250;
const REFRESH_MS = 60 * 1000;
const PULSE_MS = 5000;
const CONNECTING = { state: "connecting", silentMs: 0, heardAt: null };
const NOBODY = Object.freeze({ follow() {}, view: () => null });
const no = Number.parseInt(location.pathname.match(/\/window\/(\d+)/)?.[1] ?? "0", 10);
const room = `window:${no}`;

async function main() {
  const words = await loadI18n(new URL("./i18n/", import.meta.url));
  const screen = { live: null, code: null, heard: null, rating: NOBODY };
  const put = drawOnChange(({ model, code }) =>
    render(html`<${WindowView} model=${model} words=${words} code=${code} touch=${screen.rating} />`, document.body));
  const keys = switches(() => draw());

  const draw = () => {
    const state = screen.live?.state() ?? null;
    const window = state?.windows.find((one) => one.no === no);
    const shown = window?.number ?? null;
    screen.rating.follow(window);
    const heard = screen.heard?.number === shown ? screen.heard : null;
    const young = heard && performance.now() - heard.tick < PULSE_MS;
    const call = state?.calls.find((one) => one.window === no && one.number === shown);
    put({
      model: windowModel({
        state, no, words, link: screen.live?.link() ?? CONNECTING,
        recalled: (call?.times ?? 1) > 1, pulse: young ? `seq-${heard.seq}` : null,
        now: screen.live?.now() ?? Date.now(), rating: screen.rating.view(), ...keys.state(),
      }),
      code: screen.code,
    });
  };

  draw();
  setInterval(draw, DRAW_MS);
  startBurnInShift(document.body);

  const access = await screenAccess({
    name: `${no} 号窗口屏`, room,
    onCode: (code) => { screen.code = code; draw(); },
    onAgent: () => startHeart(() => (screen.live?.link() ?? CONNECTING).state),
  });
  screen.code = null;
  if (!access.base) reportHealth(access.token);   // else the agent reports
  // The display agent passes ratings on: a page may talk to whoever served it, and to nobody else.
  const request = createRequest({ token: access.base ? null : access.token });
  screen.rating = createRating({ no, request, now: () => screen.live?.now() ?? Date.now(), onChange: draw });
  screen.live = connectLive({
    room, token: access.token, base: access.base, refreshMs: REFRESH_MS, memory: boardMemory(room),
    onLink: draw,
    onRefused: (problem) => beginAgain(problem, { room }),
    onState: draw,
    onCalls: (calls) => {
      const mine = calls.filter(({ call }) => call.window === no).at(-1);
      if (mine) screen.heard = { seq: mine.seq, number: mine.call.number, tick: performance.now() };
      draw();
      markShown(calls.map((call) => call.seq));
    },
  });
}

main();
