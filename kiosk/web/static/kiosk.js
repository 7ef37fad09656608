/** The touch page: one view of the agent in, one screen out. It decides nothing by itself. */

import { html, render } from "../shared/html.js";
import { createActs } from "./acts.js";
import { connect } from "./feed.js";
import { keepInside } from "./guard.js";
import { speaker } from "./i18n.js";
import { measure } from "./panel.js";
import { Said } from "./shell.js";
import { setNow } from "./time.js";
import { SCREENS } from "./views/index.js";

const page = { view: null, lost: false };

const acts = createActs({
  view: () => page.view,
  post,
  onReady: (ready) => (document.body.dataset.ready = ready),
});

function post(body) {
  return fetch("/act", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Kiosk": "1" },
    body: JSON.stringify(body),
    keepalive: true,
  });
}

function draw() {
  const { view, lost } = page;
  const lang = view?.lang === "en" ? "en" : "zh";
  dress(document.documentElement, view, lang);
  const s = speaker(lang);
  const state = lost || !view ? "lost" : view.asleep ? "asleep" : view.state;
  const Screen = SCREENS[state] ?? SCREENS.lost;
  document.body.dataset.state = state;
  document.title = s.t(`title.${state}`);
  render(html`<${Screen} key=${state} view=${view} s=${s} act=${acts.act} />
    <${Said} s=${s} view=${state === "lost" ? null : view} />`, document.body);
  document.body.dataset.rev = view?.rev ?? "";
}

/** How the page is read: language, size, contrast; and how large the panel is. */
function dress(root, view, lang) {
  root.lang = lang === "en" ? "en" : "zh-CN";
  if (view?.elder) root.dataset.text = "large";
  else delete root.dataset.text;
  if (view?.contrast) root.dataset.contrast = "high";
  else delete root.dataset.contrast;
  measure(view?.panel, root);
}

connect({
  onView(view) {
    setNow(view.now_ms);
    page.view = view;
    page.lost = false;
    draw();
    acts.onView(view); // after drawing: a slow machine draws longer than a hasty finger waits
  },
  onLost() {
    page.lost = true;
    acts.reset();
    draw();
  },
  onBack() {
    page.lost = page.view === null;
    draw();
  },
});

window.addEventListener("resize", draw);
keepInside({ onTouch: () => acts.touch() });
