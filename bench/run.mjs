// One run in one place, Node or a page: all figures of the suite.
import { paste } from "./paste.mjs";
import { time } from "./suite.mjs";

/** `engines` by name: what the package and the tag ask for the same verdict. */
export function run(engines, texts) {
  const options = {};
  const ours = {};
  for (const [name, engine] of Object.entries(engines)) {
    ours[`${name}, the verdict with its object`] = (text) => engine.check(text, options);
    ours[`${name}, the domain to ask about`] = (text) => engine.domain_to_ask(text, options);
  }
  return { figures: time(texts, ours), paste: paste(Object.values(engines).at(-1)) };
}
