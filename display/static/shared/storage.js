/** The page's own storage. A browser may refuse it (private mode, policy): then it lasts as long as the page. */
export function openStorage(kind = "localStorage") {
  const memory = new Map();
  const attempt = (deed, otherwise) => {
    try {
      return deed(globalThis[kind]);
    } catch {
      return otherwise();
    }
  };
  return {
    get: (key) => attempt((s) => s.getItem(key), () => null) ?? memory.get(key) ?? null,
    set(key, value) {
      memory.set(key, value);
      attempt((s) => s.setItem(key, value), () => undefined);
    },
    remove(key) {
      memory.delete(key);
      attempt((s) => s.removeItem(key), () => undefined);
    },
  };
}
