/** Words of the screens: JSON catalogues, Chinese first, English second. */

/** `fill("还有 {n} 位", { n: 7 })` → "还有 7 位"; an unknown field stays visible. */
export const fill = (text, values = {}) =>
  text.replace(/\{(\w+)\}/g, (whole, field) => (field in values ? String(values[field]) : whole));

/**
 * `createI18n({ zh: {...}, en: {...} })` → `{ t(key, values), en(key, values), say(lang, key, values) }`.
 * A missing English word falls back to Chinese; a key nobody knows is shown as it is.
 */
export function createI18n(catalogues) {
  const say = (lang, key, values) =>
    fill(catalogues[lang]?.[key] ?? catalogues.zh?.[key] ?? key, values);
  return {
    say,
    t: (key, values) => say("zh", key, values),
    en: (key, values) => say("en", key, values),
    has: (lang, key) => key in (catalogues[lang] ?? {}),
  };
}

const LANGS = ["zh", "en"];
const OWN = new URL("./i18n/", import.meta.url);

/**
 * Loads `{folder}/{lang}.json` for each language, and the words that all screens share.
 * `folder` is a URL, e.g. `new URL("./i18n/", import.meta.url)`.
 */
export async function loadI18n(folder) {
  const read = async (from, lang) => (await fetch(new URL(`${lang}.json`, from))).json();
  const load = async (lang) => [lang, Object.assign({}, ...(await Promise.all([read(OWN, lang), read(folder, lang)])))];
  return createI18n(Object.fromEntries(await Promise.all(LANGS.map(load))));
}
