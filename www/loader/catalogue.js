// One language's sentences, for the engine, and the page's own words before them.
import { json } from "./files.js";
import { languageOf } from "./language.js";
import { setting } from "./settings.js";

const loaded = new Map();

/**
 * A promise of the sentences in the field's language, English where that one fails.
 * `data-say-<code>` on the field, its form or the script tag is said instead.
 */
export async function catalogue(field) {
  const lang = languageOf(field);
  if (!loaded.has(lang)) {
    loaded.set(lang, load(lang).catch(() => (lang === "en" ? undefined : load("en"))));
  }
  const words = await loaded.get(lang);
  return words && { ...words, sentence: (section, key) => setting(field, `say-${key}`) || words.sentence(section, key) };
}

async function load(lang) {
  const sections = await json(`messages/${lang}.json`);
  const sentence = (section, key) => {
    const words = sections[section];
    return words && Object.hasOwn(words, key) ? String(words[key]) : undefined;
  };
  return { lang, sentence };
}
