/** Where a ticket may be handed: open windows that do some of it, and other matters. Pure. */

/** So many matters are shown at once; typing more letters finds the others. */
const MOST_ITEMS = 12;

const plain = (text) => (text ?? "").toLowerCase().replaceAll(/[（）()\s]/g, "");

/**
 * What matches `typed`: [{key, to, no | code, name, name_en, note, note_en}], windows first.
 * Without a word only windows are offered: the hall has too many matters for a list.
 */
export function receivers(view, windows, items, typed) {
  const word = plain(typed);
  const found = windowsFor(view, windows).filter((w) => !word || String(w.no).startsWith(word) || plain(w.name + w.name_en).includes(word));
  return [...found.map(asWindow), ...(word ? itemsFor(view, items, word).map(asItem) : [])];
}

function windowsFor({ ticket, window: mine }, windows) {
  const needed = new Set(ticket.items.filter((item) => item.state !== "done").map((item) => item.skill_name));
  return windows.filter((w) => w.no !== mine.no && w.state === "open" && w.services.some((name) => needed.has(name)));
}

function itemsFor({ ticket }, items, word) {
  const open = new Set(ticket.items.filter((item) => item.state !== "done").map((item) => item.code));
  const fits = (item) => plain(`${item.code} ${item.initials} ${item.name} ${item.name_en} ${item.skill_name} ${item.skill_name_en}`).includes(word);
  return items.filter((item) => !open.has(item.code) && fits(item)).slice(0, MOST_ITEMS);
}

const asWindow = (w) => ({ key: `w${w.no}`, to: { to_window: w.no }, no: w.no, name: w.name, name_en: w.name_en,
  note: w.services.join(" · "), note_en: w.services_en.join(" · ") });

const asItem = (item) => ({ key: item.code, to: { to_item: item.code }, code: item.code, windows: item.windows,
  name: item.name, name_en: item.name_en, note: item.skill_name, note_en: item.skill_name_en });
