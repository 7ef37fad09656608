/** Who is signed in on this tab. The token lives in sessionStorage and dies with the tab. */
import { createRequest } from "../shared/request.js";
import { openStorage } from "../shared/storage.js";

const TOKEN = "jiaohao.staff.token";
const STAFF = "jiaohao.staff";

/** `openSession()` → {request, staff(), signIn(), signOut(), forget(), check(), token()}. */
export function openSession({ storage = openStorage("sessionStorage") } = {}) {
  const token = () => storage.get(TOKEN);
  const request = createRequest({ token });

  function keep(answer) {
    if (answer.token) storage.set(TOKEN, answer.token);
    const { staff_no, role, window: no = null } = answer;
    storage.set(STAFF, JSON.stringify({ staff_no, role, window: no }));
    return { staff_no, role, window: no };
  }

  function forget() {
    storage.remove(TOKEN);
    storage.remove(STAFF);
  }

  return {
    request,
    token,
    forget,
    /** {staff_no, role, window} as last heard, or null. */
    staff: () => (token() ? JSON.parse(storage.get(STAFF) ?? "null") : null),
    /** Sign in; throws `Problem` (wrong-password, too-many-requests, unreachable). */
    async signIn(staffNo, password) {
      forget();
      const answer = await createRequest().post("/api/v1/session", { staff_no: staffNo, password });
      return keep(answer);
    },
    /** Ask the controller whether the kept token still counts: the staff member or null. */
    async check() {
      if (!token()) return null;
      try {
        return keep(await request.get("/api/v1/session"));
      } catch (problem) {
        if (problem.status === 401 || problem.status === 403) forget();
        else throw problem;
        return null;
      }
    },
    /** End the session here and, when it can be reached, at the controller. */
    async signOut() {
      await request.del("/api/v1/session").catch(() => null);
      forget();
    },
  };
}
