// The conversions of international names that the page lends to the core: the build with
// UTS #46, once somebody has typed such an address.
import { read, write } from "./border.js";

/** By the numbers that the core gives them (`crates/widget/src/engine.rs`). */
const CONVERSIONS = ["nfc", "to_ascii", "to_unicode"];

let build;

/** From now on these conversions are there. */
export const lend = (names) => (build = names);

/** For the core: converts the text of such a length; the length of the answer, or -1. */
export function convert(how, length) {
  const answer = build[CONVERSIONS[how]](read(length));
  return answer == null ? -1 : write(answer);
}
