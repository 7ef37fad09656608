/** The language of the staff pages and the console: Chinese unless this browser chose English. */
import { createI18n } from "../shared/i18n.js";
import { openStorage } from "../shared/storage.js";

const KEY = "jiaohao.lang";
const TAGS = { zh: "zh-CN", en: "en" };

/** Load catalogues from several folders into one. */
export async function loadWords(...folders) {
  const read = async (folder, lang) => (await fetch(new URL(`${lang}.json`, folder))).json();
  const merged = async (lang) =>
    Object.assign({}, ...(await Promise.all(folders.map((folder) => read(folder, lang)))));
  const [zh, en] = await Promise.all([merged("zh"), merged("en")]);
  return createI18n({ zh, en });
}

/** `createLanguage(words, changed)` → {lang(), t(key, values), other(), say(problem)}. */
export function createLanguage(words, changed = () => {}, storage = openStorage()) {
  let lang = storage.get(KEY) === "en" ? "en" : "zh";
  const mark = () => document.documentElement.setAttribute("lang", TAGS[lang]);
  mark();
  return {
    lang: () => lang,
    t: (key, values) => words.say(lang, key, values),
    /** A refusal in the language of the page. */
    say: (problem) => problem.text(lang),
    other() {
      lang = lang === "zh" ? "en" : "zh";
      storage.set(KEY, lang);
      mark();
      changed();
    },
  };
}
