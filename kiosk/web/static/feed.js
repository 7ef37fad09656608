/** The views of the agent, by Server-Sent Events, for as long as the page lives. */

export const SILENCE_MS = 5000; // the agent beats every 2 s
const RETRY_MS = 2000;

/** Calls onView at every view, onLost once after SILENCE_MS without a sound, onBack at the next. */
export function connect({ onView, onLost, onBack, url = "/events" }) {
  let source = null;
  let heard = performance.now();
  let tried = 0;
  let lost = false;

  function open() {
    source?.close();
    tried = performance.now();
    source = new EventSource(url);
    source.addEventListener("view", (event) => {
      hear();
      onView(JSON.parse(event.data));
    });
    source.addEventListener("hb", hear);
  }

  function hear() {
    heard = performance.now();
    if (lost) onBack();
    lost = false;
  }

  function watch() {
    const now = performance.now();
    const silent = now - heard > SILENCE_MS;
    if (silent && !lost) {
      lost = true;
      onLost();
    }
    // EventSource gives up for good after an HTTP error, and cannot see a half-open connection.
    const dead = source.readyState === EventSource.CLOSED;
    if ((silent || dead) && now - tried > RETRY_MS) open();
  }

  open();
  setInterval(watch, 250);
}
