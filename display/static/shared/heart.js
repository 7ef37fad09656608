/** Tells the display agent each second that this page lives, draws, and how its line to the controller is. */
import { createRequest } from "./request.js";

const BEAT_MS = 1000;

/** @param link () => the state of the live feed: "connecting" | "live" | "stale_dot" | "stale_banner" */
export function startHeart(link) {
  const agent = createRequest({ timeoutMs: BEAT_MS * 3 });
  let frames = 0;
  const draw = () => { frames += 1; requestAnimationFrame(draw); };
  requestAnimationFrame(draw);
  return setInterval(() => {
    agent.post("/agent/beat", { link: link(), frames }).catch(() => {});   // the agent misses it, and knows what to do
    frames = 0;
  }, BEAT_MS);
}
