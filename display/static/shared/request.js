/**
 * HTTP to the controller or the kiosk: bearer token, JSON in and out, refusals as `Problem`.
 */

/** A refusal (RFC 9457). `code` is stable, `zh`/`title` are for people. `code: "unreachable"` = no answer. */
export class Problem extends Error {
  constructor({ code = "unknown", status = 0, title = "", detail = "", zh = null, ...rest } = {}) {
    super(detail || title || code);
    this.name = "Problem";
    Object.assign(this, { code, status, title, detail, zh, rest });
  }

  /** What to show: Chinese first, English when there is no Chinese. */
  text(lang = "zh") {
    if (lang === "zh" && this.zh) return this.zh.detail || this.zh.title;
    return this.detail || this.title;
  }
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** A new id for one deed: 24 characters, 144 random bits. Works on plain HTTP, unlike randomUUID. */
export function requestId() {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (byte) => LETTERS[byte & 63]).join("");
}

const unreachable = () =>
  new Problem({
    code: "unreachable",
    title: "No answer",
    detail: "The controller did not answer.",
    zh: { title: "没有应答", detail: "主控没有应答，请稍候再试。" },
  });

async function answerOf(response) {
  if (response.status === 204) return null;
  const body = await response.json().catch(() => null);
  if (response.ok && body !== null) return body;
  throw new Problem({ ...(body ?? {}), status: response.status });
}

/**
 * `createRequest({ base, token })` → `{ get(path), post(path, body), del(path), deed(path, body, options) }`.
 * `token` is a string or a function that returns one. All throw `Problem`.
 * `deed` is a command: it carries one `request_id` and repeats the same deed (same id) when the
 * answer is lost, `tries` times in all, so that a lost answer never doubles it.
 */
export function createRequest({ base = "", token = null, timeoutMs = 5000 } = {}) {
  const bearer = () => (typeof token === "function" ? token() : token);

  async function send(method, path, body, limit = timeoutMs) {
    const headers = { Accept: "application/json" };
    if (bearer()) headers.Authorization = `Bearer ${bearer()}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), limit);
    try {
      const options = { method, headers, signal: stop.signal, cache: "no-store", credentials: "omit" };
      if (body !== undefined) options.body = JSON.stringify(body);
      return await answerOf(await fetch(base + path, options));
    } catch (error) {
      throw error instanceof Problem ? error : unreachable();
    } finally {
      clearTimeout(timer);
    }
  }

  async function deed(path, body = {}, { tries = 2, id = requestId(), timeoutMs: limit } = {}) {
    for (let left = tries; ; left -= 1) {
      try {
        return await send("POST", path, { ...body, request_id: id }, limit);
      } catch (error) {
        if (error.code !== "unreachable" || left <= 1) throw error;
      }
    }
  }

  return {
    get: (path) => send("GET", path),
    post: (path, body = {}) => send("POST", path, body),
    del: (path) => send("DELETE", path),
    deed,
  };
}
