/** The keys of the strip of 320 × 120: what the full page asks in a form is chosen by one digit here. */
import { DROPS, REASONS, mayDrop, phaseOf } from "./phase.js";

/** Which keys fit, the next one first. */
const KEYS = {
  idle: ["F1", "F7", "F9"], offered: ["F1", "F8"], called: ["F3", "F2", "F8"], arrived: ["F3", "F7"], serving: ["F4", "F7"], paused: ["F9"],
};

/** The names of the keys that are drawn. */
export function stripKeys(desk) {
  const names = KEYS[phaseOf(desk.view)] ?? [];
  return desk.view.incoming.length ? ["F6", ...names.filter((name) => name !== "F2")].slice(0, 3) : names;
}

/** The digits of the open question: [{id, label, deed}]; `label` is a key of the catalogue or a number. */
export function stripDigits(desk) {
  const { view } = desk;
  const [first] = view.incoming;
  const choices = {
    pause: () => REASONS.map(({ id, minutes }) => ({ id, label: `reason.${id}`, deed: () => desk.pause(id, minutes) })),
    drop: () => DROPS.filter((id) => mayDrop(view, id, desk.now(), Boolean(desk.about)))
      .map((id) => ({ id, label: `drop.${id}`, deed: () => desk.drop(id) })),
    held: () => view.held.map((brief) => ({ id: brief.id, label: brief.number, deed: () => desk.callBack(brief) })),
    incoming: () => [
      { id: "accept", label: "incoming.accept", deed: () => desk.accept(first) },
      { id: "back", label: "incoming.sendBack", deed: () => desk.sendBack(first) },
    ],
  };
  return choices[desk.overlay]?.() ?? null;
}

/** One press on the strip. Handing on needs words and a list: it is done on the full page. */
export function stripPress(desk, name) {
  const digits = desk.view && stripDigits(desk);
  if (digits && /^[1-5]$/.test(name)) return digits[name - 1]?.deed();
  if (name === "3" && desk.view && phaseOf(desk.view) === "serving" && desk.result === "supplement") return desk.say({ key: "mini.full" });
  const key = desk.keys().find((each) => each.key === name);
  if (key?.deed === "transfer" && key.look === "on") return desk.say({ key: "mini.full" });
  return desk.press(name);
}
