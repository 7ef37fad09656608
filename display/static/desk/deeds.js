/** Deeds of the desk, each done once: what is sent again after a lost answer keeps its id. */
import { requestId } from "../shared/request.js";

const TRIES = 4;

/** `createDeeds(request)` → `post(path, body)`: the answer; throws `Problem`. */
export function createDeeds(request) {
  let lost = null; // the deed whose answer never came: {what, id}
  return async (path, body = {}) => {
    const what = `${path} ${JSON.stringify(body)}`;
    const id = lost?.what === what ? lost.id : requestId();
    try {
      const answer = await request.deed(path, body, { id, tries: TRIES });
      lost = null;
      return answer;
    } catch (problem) {
      lost = problem.code === "unreachable" ? { what, id } : null;
      throw problem;
    }
  };
}
