// Which of the languages at hand a field speaks.
import { setting } from "./settings.js";

const AT_HAND = "en zh-Hans zh-Hant zh-Hant-HK ar de es fr ja ko pt-BR".split(" ");

/** `data-lang`, the nearest `[lang]` (the page's own at last), then the browser's. */
export function languageOf(field) {
  const named = setting(field, "lang");
  const wanted = named && named !== "auto" ? [named] : [];
  // Out of shadow roots, too: the host's surroundings have the language.
  for (let node = field; node; node = node.getRootNode().host) {
    const nearest = node.closest("[lang]")?.getAttribute("lang");
    if (nearest) {
      wanted.push(nearest);
      break;
    }
  }
  for (const tag of [...wanted, ...navigator.languages]) {
    const found = match(tag);
    if (found) return found;
  }
  return "en";
}

function match(tag) {
  // Most pages name a language and no script: the browser's tables stay closed, which take
  // milliseconds to open.
  const [plain] = tag.split("-");
  if (AT_HAND.includes(plain)) return plain;
  let locale;
  try {
    locale = new Intl.Locale(tag).maximize();
  } catch {
    return undefined;
  }
  const { language, script, region } = locale;
  // `zh-TW`, `zh-HK` and their like are written in the traditional script.
  const names = [`${language}-${script}-${region === "MO" ? "HK" : region}`, `${language}-${script}`, language];
  // Another country's variety is better than another language.
  return names.find((name) => AT_HAND.includes(name)) ?? AT_HAND.find((name) => name.startsWith(`${language}-`));
}
