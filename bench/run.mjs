// One run in one place, Node or a page: all figures of the suite.
import { paste } from "./paste.mjs";
import { time } from "./suite.mjs";

export function run(engine, texts) {
  const options = {};
  const figures = time(texts, {
    "Mailproof, the verdict with its object": (text) => engine.check(text, options),
    "Mailproof, the domain to ask about": (text) => engine.domain_to_ask(text, options),
  });
  return { figures, paste: paste(engine) };
}
