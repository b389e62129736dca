// A megabyte pasted into the engine: what the page pays for it.
import { once } from "./suite.mjs";

const SHAPES = {
  letters: "a".repeat(1 << 20),
  "many labels": `jane@${"a.".repeat(1 << 19)}hk`,
  "many addresses": "jane@shop.hk, ".repeat(75_000),
  "closing comments": `jane@shop.hk${")".repeat(1 << 20)}`,
  ideographs: `${"例".repeat(350_000)}@shop.hk`,
};

/** Milliseconds for each shape: the verdict with its object. */
export function paste(engine) {
  const timed = ([name, text]) => [name, once(() => engine.check(text, {}))];
  return Object.fromEntries(Object.entries(SHAPES).map(timed));
}
