/** Commands of one window over HTTP: a lost answer is asked for again under the same id. */
import { requestId } from "../shared/request.js";

/** Waits before the 1st, 2nd and 3rd repeat, ms. */
export const REPEAT_AFTER_MS = [300, 800, 1500];
const ANSWER_WITHIN_MS = 2500;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const isLost = (problem) => problem.code === "unreachable" || problem.status >= 500;

/**
 * `post(path, body)` → {answer} | {problem: Problem} | {lost: true}.
 * One id for all attempts: a command that did arrive is answered as the first time, never done twice.
 */
export async function post(request, path, body, { waits = REPEAT_AFTER_MS } = {}) {
  const id = requestId();
  const once = { id, tries: 1, timeoutMs: ANSWER_WITHIN_MS };
  for (const wait of [...waits, null]) {
    try {
      return { answer: await request.deed(path, body, once) };
    } catch (problem) {
      if (!isLost(problem)) return { problem };
    }
    if (wait !== null) await pause(wait);
  }
  return { lost: true };
}

/** The items of a CATALOGUE of the protocol. */
function withSkills({ items, skills }) {
  const names = Object.fromEntries(skills.map(({ id, name, name_en }) => [id, { skill_name: name, skill_name_en: name_en }]));
  return items.map((item) => ({ ...item, ...names[item.skill] }));
}

/** What a desk needs of the controller for window `no`. */
export function windowCommands(request, no) {
  const at = `/api/v1/windows/${no}`;
  let catalogue = null;
  const read = async () => (catalogue ??= await request.get("/api/v1/catalogue").catch(() => null));
  return {
    send: (deed, body = {}) => post(request, `${at}/${deed}`, body),
    /** The window's whole state, or null when it cannot be read now. */
    reload: () => request.get(`${at}/console`).then((answer) => answer.console, () => null),
    /** The hall's service items with the names of their skills, read once; none when they cannot be read now. */
    items: () => read().then((found) => (found ? withSkills(found) : [])),
    /** The keys of this hall's consoles, by deed; null when they cannot be read now. */
    hallKeys: () => read().then((found) => found?.keys ?? null),
  };
}
