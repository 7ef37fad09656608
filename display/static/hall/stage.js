/**
 * The stage: which call stands in the big area. PURE: time is an argument (monotonic ms).
 *
 * A call heard live stands there for at least five seconds in all, whatever happens to it
 * meanwhile. Several at once take turns of four seconds. A new call takes the stage at once,
 * unless the one before it took it less than a second ago: then it waits for its turn (and is in
 * the list from the start), so that a burst does not flicker.
 */

export const STAY_MS = 5000;
export const PAGE_MS = 4000;
export const FLICKER_MS = 1000;

/** {items: [{seq, recall, call, shown, turns}], at: index|-1, since, heard} */
export const emptyStage = () => ({ items: [], at: -1, since: 0, heard: 0 });

/** The stage after calls were heard; a recall of a call that stands here starts its time again. */
export function announce(stage, calls, now) {
  let next = tick(stage, now);
  for (const heard of calls) next = announceOne(next, heard, now);
  return { ...next, heard: now };
}

function announceOne(stage, { seq, recall, call }, now) {
  const shownNow = onStage(stage);
  const items = stage.items.filter((item) => item.call.id !== call.id);
  items.push({ seq, recall, call, shown: 0, turns: 0 });
  const took = now - stage.since;
  const same = shownNow?.call.id === call.id;
  if (shownNow && !same && took < FLICKER_MS) {
    return { ...stage, items, at: items.indexOf(shownNow) };
  }
  const paused = items.map((item) => (item === shownNow ? { ...item, shown: item.shown + took } : item));
  return enter({ ...stage, items: paused.filter(unfinished) }, call.id, now);
}

/** The stage at a time: turns end, calls that had their five seconds leave. */
export function tick(stage, now) {
  const item = onStage(stage);
  if (!item) return stage;
  const took = now - stage.since;
  if (took < turnOf(stage, item)) return stage;
  const items = stage.items.map((one) => (one === item ? { ...one, shown: one.shown + took } : one)).filter(unfinished);
  if (!items.length) return { ...stage, items, at: -1 };
  return enter({ ...stage, items }, nextOf(items).call.id, now);
}

/** The item in the big area, or undefined. */
export const onStage = (stage) => stage.items[stage.at];

const unfinished = (item) => item.shown < STAY_MS;
const turnOf = (stage, item) => (stage.items.length > 1 ? PAGE_MS : STAY_MS - item.shown);

/** Who has been seen least, and of those who was called first. */
const nextOf = (items) => items.reduce((best, item) => (item.shown < best.shown ? item : best));

function enter(stage, id, now) {
  const items = stage.items.map((item) => (item.call.id === id ? { ...item, turns: item.turns + 1 } : item));
  return { ...stage, items, at: items.findIndex((item) => item.call.id === id), since: now };
}
