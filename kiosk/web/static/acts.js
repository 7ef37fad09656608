/** What a tap becomes: one act to the agent, and only one.
 *
 * - A second tap on a view that has already been answered is dropped (same `rev`).
 * - A tap within SETTLE_MS after a new screen was drawn was meant for the screen before it, and is dropped.
 * - 409 means that the agent ignored the act; if only the figures on the screen had changed
 *   meanwhile, it is sent again, once.
 * - Keys of a pad are typed faster than views arrive: they queue, and none is lost.
 */

export const SETTLE_MS = 350;
const PATIENCE_MS = 1500; // an act that changes nothing must not lock the page
const PADS = { pad_key: "pad", code_key: "code", search_key: "search" }; // the keys of which screen

/** @param view () => the view on the screen, or null  @param post (body) => Promise<{status}>
 *  @param onReady called with false at a new screen and with true once it accepts taps */
export function createActs({ view, post, onReady = () => {}, clock = () => performance.now() }) {
  let answeredRev = null;
  let shownAt = 0;
  let screen = null;
  let acted = false;
  let waiters = [];
  const keys = [];
  let typing = false;

  const newest = (ms) => new Promise((done) => {
    waiters.push(done);
    setTimeout(done, ms);
  });

  async function put(name, args) {
    try {
      return (await post({ rev: view().rev, act: name, ...args })).status;
    } catch {
      return 0;
    }
  }

  async function send(name, args, again = true) {
    const { rev } = view();
    const where = screenOf(view());
    answeredRev = rev;
    const status = await put(name, args);
    if (status === 409 && again) {
      if (view().rev === rev) await newest(500);
      if (view().rev !== rev && screenOf(view()) === where) return send(name, args, false);
    }
    if (status !== 200) release(rev);
    else setTimeout(() => release(rev), PATIENCE_MS);
  }

  function release(rev) {
    if (answeredRev === rev) answeredRev = null;
  }

  async function type(name, args) {
    keys.push(args);
    if (typing) return;
    typing = true;
    while (keys.length && view()?.state === PADS[name]) {
      const seen = view();
      const status = await put(name, keys[0]);
      if (view() === seen) await newest(300);
      if (status !== 409 || view()?.rev === seen.rev) keys.shift();
    }
    keys.length = 0;
    typing = false;
  }

  function settle(next) {
    screen = next;
    shownAt = clock();
    onReady(false);
    setTimeout(() => clock() - shownAt >= SETTLE_MS && onReady(true), SETTLE_MS + 10);
  }

  return {
    act(name, args = {}) {
      acted = true;
      const now = view();
      if (!now) return;
      if (clock() - shownAt < SETTLE_MS) return;
      if (name in PADS) return void type(name, args);
      if (answeredRev !== now.rev) send(name, args);
    },
    /** A touch that hit no control still shows that somebody is there. */
    touch() {
      if (!acted && view()) put("touch", {});
      acted = false;
    },
    onView(next) {
      if (screenOf(next) !== screen) settle(screenOf(next));
      if (answeredRev !== next.rev) answeredRev = null;
      const woken = waiters;
      waiters = [];
      woken.forEach((wake) => wake());
    },
    /** The agent is gone: what was under way is void, its revisions may start anew. */
    reset() {
      answeredRev = null;
      screen = null;
      keys.length = 0;
    },
  };
}

/** Two views with the same screen differ in figures only: a finger aims at the same things. */
const screenOf = ({ state, asleep, item, all, number }) =>
  [state, asleep, item?.code, all?.group?.id, all?.group?.page, number?.id, number?.state].join(" ");
