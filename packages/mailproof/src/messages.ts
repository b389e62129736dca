// The sentences, one language at a time. `languages.ts` is made from the catalogues.
import { languages, type Language } from "./languages.js";
import type { Reason } from "./vocabulary.js";

export type { Language } from "./languages.js";

/** The sections of a page's catalogue. */
export interface Sentences {
  ui: Record<string, string>;
  reasons: Record<string, string>;
}

/** One language's sentences. */
export const sentences = async (lang: Language): Promise<Sentences> =>
  (await (languages[lang] ?? languages.en)()).default as unknown as Sentences;

/** The sentence about a reason, or of the interface; the code itself where there is none. */
export async function sentence(code: Reason | "did_you_mean", lang: Language = "en"): Promise<string> {
  const { ui, reasons } = await sentences(lang);
  return (code === "did_you_mean" ? ui[code] : reasons[code]) ?? code;
}
