// One language's sentences, for the engine.
import { json } from "./files.js";
import { languageOf } from "./language.js";

const loaded = new Map();

/** A promise of the sentences in the field's language, English where that one fails. */
export function catalogue(field) {
  const lang = languageOf(field);
  if (!loaded.has(lang)) {
    loaded.set(lang, load(lang).catch(() => (lang === "en" ? undefined : load("en"))));
  }
  return loaded.get(lang);
}

async function load(lang) {
  const sections = await json(`messages/${lang}.json`);
  const sentence = (section, key) => {
    const words = sections[section];
    return words && Object.hasOwn(words, key) ? String(words[key]) : undefined;
  };
  return { lang, sentence };
}
