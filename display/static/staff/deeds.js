/** What the account and device lists share: reading again and again, doing once, asking twice. */
import { html, useCallback, useEffect, useState } from "../shared/html.js";

/** `useList(read, everyMs)` → {list, problem, again}: the last good list and why the newest reading failed. */
export function useList(read, everyMs) {
  const [list, setList] = useState(null);
  const [problem, setProblem] = useState(null);
  const again = useCallback(async () => {
    try {
      setList(await read());
      setProblem(null);
    } catch (error) {
      setProblem(error);
    }
  }, []);
  useEffect(() => {
    again();
    const timer = everyMs ? setInterval(again, everyMs) : null;
    return () => clearInterval(timer);
  }, []);
  return { list, problem, again };
}

/** `useDeed(request)` → {run(path, body), busy, problem}: one command at a time, a lost answer asked for again. */
export function useDeed(request) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  async function run(path, body = {}) {
    if (busy) return null;
    setBusy(true);
    setProblem(null);
    try {
      return await request.deed(path, body, { tries: 4 });
    } catch (error) {
      setProblem(error);
      return null;
    } finally {
      setBusy(false);
    }
  }
  return { run, busy, problem };
}

/** A button that asks once more before it does something that cannot be taken back. */
export function TwoStep({ label, sure, of, onSure, busy }) {
  const [armed, setArmed] = useState(false);
  return html`<button type="button" class=${armed ? "small danger sure" : "small danger"} disabled=${busy}
    aria-label=${armed ? `${sure}: ${of}` : of} onBlur=${() => setArmed(false)}
    onKeyDown=${(event) => event.key === "Escape" && setArmed(false)}
    onClick=${() => (armed ? onSure() : setArmed(true))}>${armed ? sure : label}</button>`;
}
